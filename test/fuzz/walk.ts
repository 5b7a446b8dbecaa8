import fc from 'fast-check';
import type {Size} from '../../source/domain/list/window.js';
import type {Action} from '../../source/state/action.js';
import type {Command} from '../../source/state/command.js';
import {nextWake} from '../../source/state/deadlines.js';
import {initialState} from '../../source/state/initial.js';
import type {RunSettings, State} from '../../source/state/state.js';
import {update} from '../../source/state/update.js';
import {newestParts} from '../helpers/state/play.js';
import {configured, usualNames, usualSettings} from '../helpers/state/settings.js';
import {type Dice, happenings, type Replies} from './actions.js';
import {faultsIn, faultsOfCommand, faultsOnScreen} from './faults.js';
import {typedBytes} from './keys.js';
import {shownBy, type World} from './pictures.js';

const edges = {
	columns: [80, 80, 80, 1, 2, 39, 40, 41, 59, 60, 77, 78, 79, 81, 96, 112, 128],
	rows: [24, 24, 24, 1, 2, 9, 10, 11, 12, 15, 16, 21, 22, 33, 34],
};
const extremes: readonly Size[] = [
	{columns: 500, rows: 200},
	{columns: 500, rows: 1},
	{columns: 1, rows: 200},
];

/** From 1 x 1 to 500 x 200, with a liking for where the layout becomes another one. */
export function sizeBy(number: number): Size {
	const extreme = number % 61 === 60 ? extremes[number % 3] : undefined;
	if (extreme) return extreme;
	if (number % 13 === 12) return {columns: 1 + (number % 251), rows: 1 + (number % 59)};
	return {
		columns: edges.columns[number % edges.columns.length] ?? 80,
		rows: edges.rows[number % edges.rows.length] ?? 24,
	};
}

/** One thing that happens, so many milliseconds after the one before. */
export type Step = {
	readonly ms: number;
	/** The program is too busy to wake up meanwhile. */
	readonly isStall: boolean;
} & (
	| {readonly type: 'bytes'; readonly bytes: string}
	/** What comes back for a command: the latest of those that wait, or an older one. */
	| {readonly type: 'reply'; readonly dice: Dice}
	| {readonly type: 'happens'; readonly what: Exclude<Action['type'], 'bytes'>; readonly dice: Dice}
);

/** Two numbers, out of which everything else is made: that takes less time than to choose it. */
const dice: fc.Arbitrary<Dice> = fc
	.tuple(fc.nat(1e6), fc.nat(1e6))
	.map(([one, other]) => ({one, other, shown: shownBy(other), size: sizeBy(one)}));
const whats = Object.keys(happenings) as Exclude<Action['type'], 'bytes'>[];
const times = [
	0, 0, 0, 1, 30, 49, 50, 51, 60, 60, 60, 60, 200, 250, 499, 510, 510, 700, 710, 1100, 1500, 2000,
];
const ms = fc
	.nat(229)
	.map(one => (one === 229 ? 60_000 : one > 225 ? 10_000 : (times[one % times.length] ?? 0)));
const isStall = fc.nat(19).map(one => one === 0);

const typed = fc.record({type: fc.constant('bytes' as const), ms, isStall, bytes: typedBytes});
const happening = (...names: readonly (typeof whats)[number][]) =>
	fc.record({type: fc.constant('happens' as const), ms, isStall, what: fc.constantFrom(...names), dice});

const anyStep: fc.Arbitrary<Step> = fc
	.oneof(
		{weight: 10, arbitrary: typed},
		{weight: 5, arbitrary: fc.record({type: fc.constant('reply' as const), ms, isStall, dice})},
		{weight: 4, arbitrary: happening('drawn', 'sampled')},
		{weight: 2, arbitrary: happening(...whats)},
	)
	.map(told);

/** As a failed run lists it. */
function told(step: Step): Step {
	return Object.defineProperty(step, fc.toStringMethod, {value: () => wordsOf(step)});
}

function wordsOf(step: Step): string {
	const after = `${step.ms} ms${step.isStall ? ' stalled' : ''}: `;
	if (step.type === 'bytes') return `${after}${JSON.stringify(step.bytes.slice(0, 200))}`;
	const {one, other, shown, size} = step.dice;
	const {from, turn, rest} = shown;
	return (
		`${after}${step.type === 'reply' ? 'a reply' : step.what} ` +
		`${one}/${other} ${size.columns}x${size.rows} [${from} ${shown.size} ${turn} ${rest} ${shown.isUsual}]`
	);
}

const types = (bytes: string, after: number) => told({type: 'bytes', ms: after, isStall: false, bytes});
const happens = (what: (typeof whats)[number], one: Dice, after: number) =>
	told({type: 'happens', ms: after, isStall: false, what, dice: one});
const replies = (one: Dice, after: number) => told({type: 'reply', ms: after, isStall: false, dice: one});

/** Somebody selects a row, looks at it, and presses a key; then perhaps answers a question. */
const strikes: fc.Arbitrary<readonly Step[]> = fc
	.tuple(
		dice,
		fc.constantFrom('\u001B[B', '\u001B[F', '\u001B[B ', 'aT', 't\u001B[B'),
		fc.constantFrom('c', 'k'),
		fc.boolean(),
	)
	.map(([one, way, key, isAsked]) => [
		happens('linked', {...one, other: 0}, 0),
		happens('resized', {...one, size: {columns: 80, rows: 24}}, 0),
		happens('sampled', {...one, shown: {...one.shown, size: 6, isUsual: true}}, 60),
		types(way, 60),
		happens('drawn', {...one, one: 1}, 1),
		types(key, 710),
		replies({...one, one: 1}, 60),
		...(isAsked
			? [
					happens('facts-read', one, 60),
					happens('drawn', {...one, one: 1}, 1),
					types('y', 1600),
					replies(one, 60),
				]
			: []),
	]);

const someSteps = (maxLength: number) =>
	fc
		.array(fc.oneof({weight: 25, arbitrary: anyStep.map(step => [step])}, {weight: 1, arbitrary: strikes}), {
			minLength: 1,
			maxLength,
			size: 'max',
		})
		.map(all => all.flat());

/** Steps one after the other, and here and there somebody at work: mostly a few, at times many. */
export const anySteps: fc.Arbitrary<readonly Step[]> = fc.oneof(
	{weight: 9, arbitrary: someSteps(4)},
	{weight: 1, arbitrary: someSteps(20)},
);

export type Start = {
	readonly size: Size;
	readonly confirm: 'auto' | 'always' | 'never';
	readonly isReadOnly: boolean;
	readonly isDryRun: boolean;
	readonly isAscii: boolean;
	readonly production: boolean;
};

const rarely = fc.nat(7).map(one => one === 0);
export const anyStart: fc.Arbitrary<Start> = fc.record({
	size: fc.nat(1e6).map(sizeBy),
	confirm: fc.constantFrom('auto', 'auto', 'always', 'never'),
	isReadOnly: rarely,
	isDryRun: rarely,
	isAscii: rarely,
	production: rarely,
});

const ofLine = <Value>(value: Value) => ({value, from: 'line 1'});

/** The section of a server that is called so only later makes it production. */
const settingsOf = ({confirm, isReadOnly, isDryRun, isAscii, production}: Start): RunSettings => {
	const settings = configured({...usualSettings, confirm, isReadOnly, isDryRun, isAscii});
	const rules = {isProduction: ofLine(true), sort: ofLine({column: 'pid', isReversed: true})};
	const sections = production ? [{name: 'production', rules}] : [];
	return {...settings, configuration: {...settings.configuration, sections}};
};

/** What a command is answered with. */
const answersTo: {readonly [Type in Command['type']]: readonly (typeof whats)[number][]} = {
	connect: ['linked', 'linked', 'link-failed'],
	sample: ['sampled', 'sampled', 'sampled', 'sample-failed'],
	rights: ['rights-read', 'rights-failed'],
	names: ['names-read', 'names-failed'],
	signal: ['answered', 'answered', 'answered', 'unrecorded'],
	'record-outcome': [],
	look: ['looked', 'looked', 'look-failed'],
	locks: ['locks-read'],
	waiting: ['waiting-read'],
	inspect: ['inspected', 'inspected', 'inspect-failed'],
	facts: ['facts-read', 'facts-read', 'facts-failed'],
	format: ['formatted'],
	copy: ['copied'],
	processes: ['processes-read'],
	redraw: [],
	suspend: ['resumed'],
	quit: [],
};

type Read = {readonly at: number; readonly bytes: string};

function fault(sentence: string): never {
	throw new Error(`a fault: ${sentence}`);
}

/** Plays a run, and throws at the first fault. */
export class Walk {
	now = 0;
	state: State;
	/** How many signals were sent, lines looked at, and commands given. */
	readonly counts = {signals: 0, screens: 0, commands: 0};
	readonly #made: State[] = [];
	readonly #waiting: Command['type'][] = [];
	readonly #used = new Set<Read>();
	#last: Read | undefined;
	#isSampling = false;
	#isConnecting = false;

	readonly #world: World;
	readonly #replies: Replies;

	constructor(start: Start, world: World, replies: Replies) {
		this.#world = world;
		this.#replies = replies;
		this.state = initialState(settingsOf(start), start.size, 0, {parts: newestParts, names: usualNames});
		this.#does({type: 'wake'});
	}

	/** What a step does, once its time has passed. */
	step(step: Step): void {
		if (step.isStall) this.now += step.ms;
		else this.#passes(this.now + step.ms);
		const action = this.#actionOf(step);
		if (action) this.#does(action);
		this.#made.push(this.state);
		if (this.#made.length > 5) this.#made.shift();
	}

	/** Nothing happens any more. */
	rests(): void {
		for (let wakes = 0; wakes < 2; wakes++) {
			const wake = nextWake(this.state);
			if (wake === undefined) return;
			this.now = Math.max(this.now, wake);
			this.#does({type: 'wake'});
			if ((nextWake(this.state) ?? Infinity) <= this.now) fault('after a wake the next one is not later');
		}
	}

	looks(): void {
		this.counts.screens++;
		for (const found of faultsOnScreen(this.state)) fault(found);
	}

	#actionOf(step: Step): Action | undefined {
		const place = {
			state: this.state,
			now: this.now,
			made: this.#made,
			world: this.#world,
			replies: this.#replies,
		};
		if (step.type === 'bytes') return {type: 'bytes', bytes: Buffer.from(step.bytes, 'latin1')};
		if (step.type === 'happens') return happenings[step.what](place, step.dice);
		const {one} = step.dice;
		const index = one % 4 === 0 ? 0 : this.#waiting.length - 1;
		const [command] = this.#waiting.splice(Math.max(0, index), 1);
		const answers = command === undefined ? [] : answersTo[command];
		const what = answers[one % answers.length];
		return what && happenings[what](place, step.dice);
	}

	#passes(until: number): void {
		for (let wakes = 0; wakes < 2000; wakes++) {
			const wake = nextWake(this.state) ?? Infinity;
			if (wake > until) {
				this.now = until;
				return;
			}

			this.now = Math.max(this.now, wake);
			this.#does({type: 'wake'});
		}

		fault('it never comes to rest');
	}

	#does(action: Action): void {
		const before = this.state;
		if (action.type === 'bytes')
			this.#last = {at: this.now, bytes: Buffer.from(action.bytes).toString('latin1')};
		const isEnd = action.type === 'linked' || (action.type === 'lost' && before.server.link.type === 'up');
		if (isEnd || action.type === 'sampled' || action.type === 'sample-failed') this.#isSampling = false;
		if (action.type === 'linked' || action.type === 'link-failed') this.#isConnecting = false;
		const [state, commands] = update(before, action, this.now);
		this.state = state;
		for (const command of commands) this.#judge(command, action, before);
		for (const found of faultsIn(state)) fault(found);
	}

	#judge(command: Command, action: Action, before: State): void {
		this.counts.commands++;
		for (const found of faultsOfCommand(command)) fault(found);
		if (answersTo[command.type].length > 0) this.#waiting.push(command.type);
		if (command.type === 'sample') {
			if (this.#isSampling) fault('two refreshes are in flight');
			this.#isSampling = true;
		}

		if (command.type === 'connect') {
			if (this.#isConnecting) fault('two tries to connect are under way');
			this.#isConnecting = true;
		}

		if (command.type === 'signal') this.#judgeSignal(command, action, before);
	}

	/** It comes of one lone key of its own; the laws of test/state/laws say for whom. */
	#judgeSignal(
		{orders, isRepeated}: Extract<Command, {type: 'signal'}>,
		action: Action,
		{server, settings}: State,
	): void {
		this.counts.signals++;
		if (server.link.type !== 'up') fault('a signal without a connection');
		if (settings.isReadOnly) fault('a signal of a run that is read-only');
		if (isRepeated) {
			const isTooLate =
				action.type === 'answered' &&
				action.answer.type === 'answered' &&
				action.answer.held.includes('time');
			if (!isTooLate) fault('a signal is repeated that was not too late');
			return;
		}

		const key = this.#last;
		if (!key || !/^[cky]$/.test(key.bytes)) fault(`a signal without its key: ${JSON.stringify(key?.bytes)}`);
		if (this.#used.has(key)) fault('one key sends twice');
		if (this.now - key.at < 50) fault('a signal before it is known that its key came alone');
		this.#used.add(key);
		for (const {order} of orders)
			if (order.signal !== (key.bytes === 'c' ? 'cancel' : key.bytes === 'k' ? 'terminate' : order.signal))
				fault('a signal of another key');
	}
}
