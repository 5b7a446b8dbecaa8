import type {ServerNames} from '../../../source/domain/configuration/server-names.js';
import {rowWith} from '../../../source/domain/list/row.js';
import type {Size} from '../../../source/domain/list/window.js';
import type {PartFacts} from '../../../source/domain/server/snapshot.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import type {Inspected, Inspection} from '../../../source/domain/session/inspection.js';
import type {Rights} from '../../../source/domain/session/rights.js';
import type {Answer, Answerer, HeldBy, Look} from '../../../source/domain/signal/look.js';
import type {Order} from '../../../source/domain/signal/target.js';
import {questionOf} from '../../../source/lines/foot/question-of.js';
import {statusLine} from '../../../source/lines/foot/status.js';
import {alertLine} from '../../../source/lines/head/alert.js';
import {textOf} from '../../../source/lines/line.js';
import {tableRows, topLines} from '../../../source/lines/screen.js';
import {partsOf, partTable} from '../../../source/postgres/parts.js';
import type {Action} from '../../../source/state/action.js';
import type {Command} from '../../../source/state/command.js';
import {nextWake} from '../../../source/state/deadlines.js';
import {initialState} from '../../../source/state/initial.js';
import {shownRows} from '../../../source/state/list/shown-rows.js';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import {pageOf} from '../../../source/state/screen/page.js';
import type {Settings, State} from '../../../source/state/state.js';
import type {Step} from '../../../source/state/step.js';
import {update} from '../../../source/state/update.js';
import {type Circumstances, noon, seenOf, snapshot} from './backend.js';
import {configured, usualNames, usualSettings} from './settings.js';

export const up = '\u001B[A';
export const down = '\u001B[B';
export const pageUp = '\u001B[5~';
export const pageDown = '\u001B[6~';
export const home = '\u001B[H';
export const end = '\u001B[F';
export const esc = '\u001B';

/** A command, and when it was given. */
export type Given = {readonly at: number; readonly command: Command};

type Linked = Extract<Action, {type: 'linked'}>;

type Happening = Exclude<Action, Linked> | (Omit<Linked, 'parts' | 'names'> & Partial<Linked>);

type Moment = {readonly now: number; readonly state: State; readonly commands: readonly Given[]};

/** What happened to the program so far; every step gives a new one. */
export type Play = Moment & {
	/** Anything that can happen. A new connection has the parts of the one before, and the usual names, unless told otherwise. */
	does(action: Happening): Play;
	/** Something that no key does yet. */
	steps(step: (state: State, now: number) => Step): Play;
	/** Until this time. */
	at(time: number): Play;
	/** So many milliseconds. */
	waits(ms: number): Play;
	/** So many milliseconds in which the program is too busy to wake up. */
	stalls(ms: number): Play;
	/** Until such a command is given again. */
	until(type: Command['type']): Play;
	/** A picture arrives; its clock is the present time unless told otherwise. */
	picture(backends: readonly Backend[], facts?: Circumstances): Play;
	/** A frame reaches the terminal. */
	draws(): Play;
	/** A frame reaches the terminal, and is looked at for a second. */
	looksAtIt(): Play;
	/** Bytes are read at once. */
	types(bytes: string | Uint8Array): Play;
	/** A key alone: nothing else comes for long enough before and after it. */
	presses(key: string): Play;
	/** The server answers the last signal. */
	answers(answer: Answer): Play;
	/** It says that the signal was sent. */
	sends(): Play;
	/** These parts of the guard held it back, the work if none is named, and the session is shown; without one the pid is gone. */
	holdsBack(session?: Backend, held?: readonly HeldBy[]): Play;
	/** A look at the pids that were asked for: one that is not named here is gone. */
	sees(...sessions: readonly Backend[]): Play;
	/** The same, with who it is that answers. */
	seesOn(answerer: Answerer, ...sessions: readonly Backend[]): Play;
	/** What was read of the session that was inspected last; without one its pid is gone. */
	reads(session?: Backend, facts?: Partial<Inspection>): Play;
	/** What was read of all sessions of a question: one that is not named here is gone. `facts` by pid. */
	readsAll(sessions: readonly Backend[], facts?: Readonly<Record<number, Partial<Inspection>>>): Play;
	/** The question that is on the screen, as text. */
	question(): string;
	/** What went to the server. */
	signals(): readonly Order[];
	/** The commands of this type. */
	given<Type extends Command['type']>(type: Type): readonly Extract<Command, {type: Type}>[];
	/** When commands of this type were given. */
	times(type: Command['type']): readonly number[];
	selected(): number | undefined;
	/** The pids in the window, each with the word that stands with it. */
	rows(): readonly string[];
	/** The row of this pid as it stands on the screen. */
	line(pid: number): string;
	status(): string;
	/** The alert line, with no more blanks than three before what stands at its end. */
	alert(): string;
	/** What stands above the rows. */
	topText(): string;
	/** The overlay that is open, a row or a line of it in each line. */
	page(): string;
	/** The rights are read. */
	has(rights: Rights): Play;
};

type Start = Partial<Settings> & {
	readonly size?: Size;
	/** The parts that the server has; absent, all. */
	readonly parts?: readonly PartFacts[];
	/** What the server is called. */
	readonly names?: ServerNames;
	/** Ids of the columns shown, where these are not all. */
	readonly columns?: readonly string[];
};

/** The parts of the newest server. */
export const newestParts = partsOf(partTable, Infinity);

/** The program without a terminal and a server, at 0 ms, before its first picture. */
export function play({
	size = {columns: 80, rows: 24},
	parts = newestParts,
	names = usualNames,
	columns,
	...settings
}: Start = {}): Play {
	const {screen, ...others} = initialState(configured({...usualSettings, ...settings}), size, 0, {
		parts,
		names,
	});
	const state = {...others, screen: {...screen, ...(columns && {columns})}};
	return playFrom({now: 0, state, commands: []});
}

/** The program after a second's look at this session, which the arrows have selected among all processes. */
export function lookingAt(
	session: Backend,
	{others = [], ...start}: Start & {readonly others?: readonly Backend[]} = {},
): Play {
	let moment = play(start)
		.picture([session, ...others])
		.types('a')
		.types(down);
	while (moment.selected() !== session.pid) moment = moment.types(down);
	return moment.looksAtIt();
}

const act = (moment: Moment, action: Action): Moment =>
	taken(moment, update(moment.state, action, moment.now));

function taken(moment: Moment, [state, commands]: Step): Moment {
	const given = commands.map((command): Given => ({at: moment.now, command}));
	return {now: moment.now, state, commands: [...moment.commands, ...given]};
}

/** Lets time pass, waking up whenever the state wants to. */
function pass(moment: Moment, time: number, isDone: (after: Moment) => boolean = () => false): Moment {
	let after = moment;
	for (let wakes = 0; wakes < 10_000; wakes++) {
		const wake = nextWake(after.state);
		const hasQuit = after.commands.some(({command}) => command.type === 'quit');
		if (wake === undefined || wake > time || hasQuit || isDone(after))
			return isDone(after) ? after : {...after, now: Math.max(after.now, time)};
		after = act({...after, now: Math.max(after.now, wake)}, {type: 'wake'});
	}

	throw new Error(`it never comes to rest at ${after.now} ms`);
}

const encode = (bytes: string) => new TextEncoder().encode(bytes);

function playFrom(moment: Moment): Play {
	const {now, state, commands} = moment;
	const clock = noon + now * 1000;
	const does = (action: Happening) =>
		playFrom(
			act(
				moment,
				action.type === 'linked' ? {parts: state.server.parts, names: usualNames, ...action} : action,
			),
		);
	const at = (time: number) => playFrom(pass(moment, time));
	const [layer] = state.screen.layers;
	const drawn: Action = {type: 'drawn', frame: frameOf(state)};
	const given = <Type extends Command['type']>(type: Type) =>
		commands.map(({command}) => command).filter(command => command.type === type) as Extract<
			Command,
			{type: Type}
		>[];
	const signals = () => given('signal').flatMap(({orders}) => orders.map(({order}) => order));
	const answers = (answer: Answer) => does({type: 'answered', number: signals().at(-1)?.number ?? 0, answer});
	const seesOn = (answerer: Answerer, sessions: readonly Backend[]) => {
		const asked = commands.findLast(({command}) => command.type === 'look')?.command;
		const looks = (asked?.type === 'look' ? asked.pids : []).map((pid): Look => {
			const session = sessions.find(one => one.pid === pid);
			return {pid, at: clock, ...answerer, ...(session && {seen: seenOf(session)})};
		});
		return does({type: 'looked', looks});
	};
	const times = (type: Command['type']) =>
		commands.flatMap(given => (given.command.type === type ? [given.at] : []));

	return {
		...moment,
		does,
		steps: step => playFrom(taken(moment, step(state, now))),
		at,
		waits: ms => at(now + ms),
		stalls: ms => playFrom({...moment, now: now + ms}),
		until(type) {
			const isGiven = ({commands: all}: Moment) =>
				all.slice(commands.length).some(({command}) => command.type === type);
			const after = pass(moment, now + 120_000, isGiven);
			if (!isGiven(after)) throw new Error(`no ${type} within two minutes`);
			return playFrom(after);
		},
		picture: (backends, facts = {}) =>
			does({type: 'sampled', snapshot: snapshot(backends, {at: clock, ...facts})}),
		draws: () => does(drawn),
		looksAtIt: () => playFrom(pass(act(moment, drawn), now + 1000)),
		types: bytes => does({type: 'bytes', bytes: typeof bytes === 'string' ? encode(bytes) : bytes}),
		presses(key) {
			const typed = act(pass(moment, now + 50), {type: 'bytes', bytes: encode(key)});
			return playFrom(pass(typed, typed.now + 50));
		},
		answers,
		sends() {
			const pid = signals().at(-1)?.target.pid ?? 0;
			return answers({type: 'answered', at: clock, sent: true, held: [], seen: {pid}});
		},
		holdsBack: (session, held = ['work']) =>
			answers({
				type: 'answered',
				held: session ? held : [],
				...(session && {at: clock, seen: seenOf(session)}),
			}),
		sees: (...sessions) => seesOn({}, sessions),
		seesOn: (answerer, ...sessions) => seesOn(answerer, sessions),
		reads(session, facts) {
			const asked = commands.findLast(({command: {type}}) => type === 'inspect' || type === 'facts')?.command;
			const pid = asked?.type === 'inspect' ? asked.pid : asked?.type === 'facts' ? asked.pids[0] : 0;
			const inspection = session && {at: clock, reasons: [], backend: session, ...facts};
			const {startedAt, isOwn} = facts ?? {};
			const answerer = {...(startedAt !== undefined && {startedAt}), ...(isOwn && {isOwn})};
			const inspected = {pid, ...answerer, ...(inspection && {inspection})};
			return does(
				asked?.type === 'inspect' ? {type: 'inspected', inspected} : {type: 'facts-read', facts: [inspected]},
			);
		},
		readsAll(sessions, facts = {}) {
			const pids = given('facts').at(-1)?.pids ?? [];
			return does({
				type: 'facts-read',
				facts: pids.map((pid): Inspected => {
					const session = sessions.find(one => one.pid === pid);
					return {
						pid,
						...(session && {inspection: {at: clock, reasons: [], backend: session, ...facts[pid]}}),
					};
				}),
			});
		},
		question: () => (questionOf(state) ?? []).map(textOf).join('\n'),
		given,
		signals,
		times,
		selected: () => rowWith(state.screen.rows, state.screen.selected)?.value.pid,
		rows: () =>
			shownRows(state).map(
				({
					row: {
						value: {pid},
					},
					marks: {word},
				}) => (word ? `${pid} ${word}` : String(pid)),
			),
		line: pid =>
			tableRows(state)
				.map(textOf)
				.find(line => line.includes(` ${pid} `)) ?? '',
		alert: () => textOf(alertLine(state, 120)).trimEnd().replace(/ {3,}/, '   '),
		topText: () => topLines(state).map(textOf).join('\n'),
		page() {
			const {fields = [], beside = [], lines = []} = pageOf(state) ?? {};
			// Without the mark of the chosen alert.
			const rows = [...fields, ...beside].map(
				({name, value}) => `${layer.type === 'alerts' ? name.slice(1) : name} ${value}`,
			);
			const texts = lines.map(line =>
				typeof line === 'string' ? line : line.map(({text}) => text).join(''),
			);
			return [...rows, ...texts].join('\n');
		},
		has: rights => does({type: 'rights-read', rights}),
		status: () => textOf(statusLine(state, 300)).trimEnd(),
	};
}
