import {isTooSmall, layoutFor} from '../../../source/domain/list/window.js';
import type {RowId} from '../../../source/domain/row-id.js';
import type {Snapshot} from '../../../source/domain/server/snapshot.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {isGuarded} from '../../../source/domain/signal/verdict/reason.js';
import {statusLine} from '../../../source/lines/foot/status.js';
import {textOf} from '../../../source/lines/line.js';
import {bottomLines} from '../../../source/lines/screen.js';
import type {Action} from '../../../source/state/action.js';
import {shownRows} from '../../../source/state/list/shown-rows.js';
import type {Question} from '../../../source/state/screen/layers.js';
import {hasCome} from '../../../source/state/signal/question/asked.js';
import type {State} from '../../../source/state/state.js';
import type {Given, Run} from './run.js';
import {stepShown, type Why} from './sessions.js';

/** A row in the frames since it came on the screen, and everything that stood in it. */
export type Sight = {
	readonly line?: number;
	/** Since when it stands in that line. */
	readonly since: number;
	readonly values: readonly {
		readonly backend: Backend;
		/** The clock of the picture, and of which server that is. */
		readonly at: number;
		readonly startedAt?: number;
		readonly drawnAt: number;
	}[];
};

/** A question in the frames since it has said what it says. */
export type Asked = {
	readonly id: RowId;
	readonly key: string;
	readonly isMoved: boolean;
	/** The reasons that can be read in it. */
	readonly whys: readonly string[];
	readonly backend: Backend;
	readonly startedAt?: number;
	readonly since: number;
};

/** A question about all that is tagged, since it has said what it says. */
export type AskedOfMany = {
	readonly key: string;
	/** Those that it says a yes is for. */
	readonly ids: ReadonlySet<RowId>;
	readonly whys: readonly string[];
	readonly startedAts: ReadonlySet<number | undefined>;
	readonly since: number;
};

/**
What somebody in front of the terminal has seen so far: worked out from the lines of the frames alone.

It knows nothing of what the program holds to have been looked at.
*/
export type Eye = {
	readonly isUp: boolean;
	/** Another's screen, or no connection, was there: nothing counts before a picture that was asked for later. */
	readonly blindSince?: number;
	readonly sights: ReadonlyMap<RowId, Sight>;
	readonly highlighted?: {readonly id: RowId; readonly since: number};
	readonly question?: Asked;
	readonly many?: AskedOfMany;
	/** How long the question has to be read: longer when no key has opened it. */
	readonly patience: number;
	/** The question has to be read anew by the program before it counts. */
	readonly isOld: boolean;
	/** An answer said that this session is at something else, and since when that is on the screen. */
	readonly told?: {readonly id: RowId; readonly pid: number; readonly drawnAt?: number};
	/** When the postmaster of the last picture had started, and its checkpointer. */
	readonly startedAt?: number;
	readonly checkpointer?: number;
	/** When the picture on its way was asked for. */
	readonly askedAt?: number;
};

export const openEye: Eye = {
	isUp: true,
	sights: new Map(),
	patience: 500,
	isOld: false,
};

type Frame = {
	readonly rows: readonly (Omit<Sight['values'][number], 'drawnAt'> & {readonly line?: number})[];
	readonly highlighted?: RowId;
	readonly question?: Omit<Asked, 'since'>;
	readonly many?: Omit<AskedOfMany, 'since'>;
};

const words: readonly (readonly [Why, RegExp])[] = [
	['standby', /the standby|ends its wait/],
	['special', /invalid object|prepared transaction|CONCURRENTLY or PREPARED/],
	['comment', /behind a comment/],
	['rights', /pg_read_all_stats|another session could have its pid/],
	['state', /what it runs is not tracked/],
	['walsender', /a walsender: /],
	['vacuum', /an autovacuum worker/],
	['audit', /audit file/],
];

/** The same behind a number, where it is said of many. */
const wordsOfMany: readonly (readonly [Why, RegExp])[] = [
	['standby', /\d in SyncRep/],
	['special', /\d CONCURRENTLY or PREPARED/],
	['comment', /\d behind a comment/],
	['rights', /\d not verifiable/],
	['state', /\d not tracked/],
	['walsender', /\d (walsender|no client session)/],
	['vacuum', /\d no client session/],
	['audit', /audit file/],
];

/** What stands in a frame of this state. */
function readFrame(state: State): Frame {
	const {size, selected} = state.screen;
	const [layer] = state.screen.layers;
	if (isTooSmall(size)) return {rows: []};
	const under = layer.type === 'question' ? state.screen.layers[1] : layer;
	const question = layer.type === 'question' && hasCome(layer) ? questionIn(state) : undefined;
	const many = layer.type === 'question' && hasCome(layer) ? manyIn(state, layer) : undefined;
	const isAsked = question !== undefined || many !== undefined;
	const {headerLines, hasAlertLine} = layoutFor(size.rows);
	const top = headerLines + (hasAlertLine ? 1 : 0) + 1;
	// What is typed at the bottom leaves the list where it is.
	const isList = under?.type === 'table' || under?.type === 'filter' || under?.type === 'pid';
	// A question pushes the list up: only the highlighted row is sure to be there, if any has room.
	const hasRoom = !isAsked || size.rows - bottomLines(state).length > top;
	const rows = isList && hasRoom ? shownRows(state) : [];
	const startedAt = state.server.snapshot?.server.startedAt;
	const shown = rows.flatMap(({row: {value: backend, at, isGone}}, index) =>
		isGone || (isAsked && backend.id !== selected)
			? []
			: [{backend, at, ...(startedAt !== undefined && {startedAt}), ...(!isAsked && {line: top + index})}],
	);
	const isHighlighted = shown.some(({backend}) => backend.id === selected);
	return {
		rows: shown,
		...(isHighlighted && selected !== undefined && {highlighted: selected}),
		...(question && {question}),
		...(many && {many}),
	};
}

/** The number that it names is that of those which it would signal. */
function manyIn(state: State, {asked, isTagged}: Question): Frame['many'] {
	if (!isTagged) return undefined;
	const lines = bottomLines(state).map(textOf);
	const text = lines.join(' ').replace(/\s+/g, ' ');
	const [, key = '', all] = /^(c|k): .* of (\d+) tagged\?/.exec(lines[0] ?? '') ?? [];
	const yes = lines.findLast(line => /^y: (?:yes, )?(?:end|cancel) /.test(line)) ?? '';
	const aimed = asked.filter(({leftOut}) => leftOut === undefined);
	if (Number(all) !== asked.length || !yes.match(` ${aimed.length} `))
		throw new Error(`the question does not name ${aimed.length} of ${asked.length}: ${text}`);
	return {
		key,
		ids: new Set(aimed.map(one => one.aimed.backend.id)),
		whys: wordsOfMany.filter(([, word]) => word.test(text)).map(([why]) => why),
		startedAts: new Set(aimed.map(({facts}) => facts?.startedAt)),
	};
}

function questionIn(state: State): Frame['question'] {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question' || layer.isTagged || !layer.asked[0].facts) return undefined;
	const lines = bottomLines(state).map(textOf);
	const text = lines.join(' ').replace(/\s+/g, ' ');
	const [, key = '', pid] = /^(c|k): .* (\d+)\?/.exec(lines[0] ?? '') ?? [];
	const {backend, startedAt} = layer.asked[0].facts;
	if (Number(pid) !== backend.pid) throw new Error(`the question does not name ${backend.pid}: ${text}`);
	return {
		id: backend.id,
		key,
		isMoved: /^ {2}(on its next |has (ended|begun|done|logged) .*since)/.test(lines[1] ?? ''),
		whys: words.filter(([, word]) => word.test(text)).map(([why]) => why),
		backend,
		...(startedAt !== undefined && {startedAt}),
	};
}

function sees(eye: Eye, shown: State, now: number): Eye {
	const {highlighted: id, question, many, rows} = readFrame(shown);
	const {blindSince, isOld, told, highlighted: before, question: asked, many: all, ...others} = eye;
	const isBlind = blindSince !== undefined;
	return {
		...others,
		isOld,
		...(isBlind && {blindSince}),
		sights: new Map(isBlind ? [] : rows.map(row => [row.backend.id, seenIn(eye, row, now)])),
		...(!isBlind && id !== undefined && {highlighted: before?.id === id ? before : {id, since: now}}),
		...(question && !isOld && {question: readIn(asked, question, now)}),
		...(many && !isOld && {many: readMany(all, many, now)}),
		...(told && {told: told.drawnAt === undefined && says(shown, told.pid) ? {...told, drawnAt: now} : told}),
	};
}

/** Whether the status line says of this session that it is at something else. */
const says = (shown: State, pid: number) =>
	new RegExp(`^${pid} has (ended that|begun a|logged in).*, now `).test(
		textOf(statusLine(shown, shown.screen.size.columns)),
	);

function seenIn({sights}: Eye, {line, ...value}: Frame['rows'][number], now: number): Sight {
	const before = sights.get(value.backend.id);
	const values = before?.values ?? [];
	const last = values.at(-1);
	const isSame =
		last?.backend === value.backend && last.at === value.at && last.startedAt === value.startedAt;
	return {
		...(line !== undefined && {line}),
		since: before && before.line === line && line !== undefined ? before.since : now,
		values: isSame ? values : [...values, {...value, drawnAt: now}],
	};
}

/** It goes on when it asks the same as before, for no more reasons. */
function readIn(before: Asked | undefined, question: Omit<Asked, 'since'>, now: number): Asked {
	const goesOn =
		before?.id === question.id &&
		before.key === question.key &&
		before.isMoved === question.isMoved &&
		(question.isMoved || isSame(before.backend, question.backend, question.key)) &&
		question.whys.every(why => before.whys.includes(why));
	return {...question, since: goesOn ? before.since : now};
}

/** It goes on when it names no more sessions, and no new reason. */
function readMany(
	before: AskedOfMany | undefined,
	many: Omit<AskedOfMany, 'since'>,
	now: number,
): AskedOfMany {
	const goesOn =
		before?.key === many.key &&
		[...many.ids].every(id => before.ids.has(id)) &&
		many.whys.every(why => before.whys.includes(why));
	return {...many, since: goesOn ? before.since : now};
}

const nameOf = (backend: Backend, key: string) =>
	stepShown(backend)?.named[key === 'c' ? 'cancel' : 'terminate'];

const isSame = (one: Backend, other: Backend, key: string) => nameOf(one, key) === nameOf(other, key);

/** What is seen once this has happened; `run` is before it. */
export function watch(run: Run, action: Action, after: Pick<Run, 'state' | 'given'>): Eye {
	return follows(hears(run, action), after.state, after.given.slice(run.given.length));
}

function hears({eye, now, state, made = state}: Run, action: Action): Eye {
	const {pausedAt} = state.screen;
	const [layer] = state.screen.layers;
	const {askedAt = now, ...idle} = eye;
	switch (action.type) {
		case 'drawn':
			return sees(eye, made, now);
		case 'bytes':
			return layer.type !== 'question' && isSignalKey(action.bytes) ? {...eye, patience: 500} : eye;
		case 'sampled':
			return pausedAt !== undefined && askedAt <= pausedAt ? idle : hearsOf(idle, action.snapshot, askedAt);
		case 'sample-failed':
			return idle;
		case 'linked':
			return {...idle, isUp: true};
		case 'lost':
			return eye.isUp ? {...blind(idle, now), isUp: false} : eye;
		case 'resumed':
			return {...blind(eye, now), ...((eye.question ?? eye.many) && {patience: 1500}), isOld: true};
		case 'facts-read':
			return layer.type === 'question' &&
				action.facts.some(({pid}) => layer.asked.some(({aimed}) => pid === aimed.backend.pid))
				? {...eye, isOld: false}
				: eye;
		case 'unrecorded':
			return {...eye, patience: 1500};
		case 'answered':
			return hearsAnswer(eye, state, action);
		default:
			return eye;
	}
}

/** A picture tells which server answers: of another one, and after a crash, nothing is true that was said before. */
function hearsOf(eye: Eye, {server: {startedAt}, backends}: Snapshot, askedAt: number): Eye {
	const {blindSince, told, ...others} = eye;
	const checkpointer = backends.find(({type}) => type === 'checkpointer')?.backendStart ?? eye.checkpointer;
	const isSame =
		(eye.startedAt ?? startedAt) === startedAt && (eye.checkpointer ?? checkpointer) === checkpointer;
	return {
		...others,
		...(told && isSame && {told}),
		...(blindSince !== undefined && askedAt < blindSince && {blindSince}),
		...(startedAt !== undefined && {startedAt}),
		...(checkpointer !== undefined && {checkpointer}),
	};
}

function hearsAnswer(eye: Eye, state: State, {number, answer}: Extract<Action, {type: 'answered'}>): Eye {
	const [layer] = state.screen.layers;
	const signalled = state.server.signals.find(({order}) => order.number === number);
	if (signalled?.phase.type !== 'asked' || answer.type !== 'answered') return eye;
	const {held} = answer;
	const {signal, target} = signalled.order;
	const isAlone = state.server.signals.every(
		one => one === signalled || one.pressedAt !== signalled.pressedAt,
	);
	// Of many nobody is asked anew.
	if (held.length > 0 && held.every(isGuarded)) return isAlone ? {...eye, patience: 1500} : eye;
	if (held[0] !== 'work' || signal === 'cancel') return eye;
	// Either the question stays, about something else, or a second k may follow.
	const {question: _, ...closed} = eye;
	return layer.type === 'question' && layer.asked[0].sent === number
		? {...closed, isOld: true}
		: {...eye, told: {id: target.id, pid: target.pid}};
}

const isSignalKey = (bytes: Uint8Array) => /^[ck]$/.test(new TextDecoder().decode(bytes));

function blind({highlighted: _, question: __, many: ___, ...eye}: Eye, now: number): Eye {
	return {...eye, sights: new Map(), blindSince: now};
}

/** What the commands tell, and whether the question is still there. */
function follows(eye: Eye, {screen}: State, given: readonly Given[]): Eye {
	const [layer] = screen.layers;
	const sample = given.findLast(({command}) => command.type === 'sample');
	const hasSent = given.some(({command}) => command.type === 'signal');
	const isOpen = layer.type === 'question' && hasCome(layer);
	if (!sample && !hasSent && isOpen) return eye;
	const {question, many, told, ...others} = eye;
	return {
		...others,
		...(question && isOpen && {question}),
		...(many && isOpen && {many}),
		...(told && !hasSent && {told}),
		...(sample && {askedAt: sample.at}),
		...(!isOpen && {isOld: false}),
	};
}
