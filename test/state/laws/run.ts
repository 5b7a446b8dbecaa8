import type {SignalFacts} from '../../../source/domain/signal/record.js';
import type {Order} from '../../../source/domain/signal/target.js';
import type {Action} from '../../../source/state/action.js';
import type {Command} from '../../../source/state/command.js';
import {nextWake} from '../../../source/state/deadlines.js';
import {initialState} from '../../../source/state/initial.js';
import type {Settings, State} from '../../../source/state/state.js';
import {update} from '../../../source/state/update.js';
import {newestParts} from '../../helpers/state/play.js';
import {configured, usualNames, usualSettings} from '../../helpers/state/settings.js';
import {type Eye, openEye, watch} from './eye.js';
import type {Step} from './sessions.js';

/** What the server really is at. */
export type World = {readonly steps: readonly Step[]; readonly startedAt: number};

export type Given = {readonly at: number; readonly command: Command};

export type Run = {
	readonly now: number;
	readonly state: State;
	/** Everything that the program has ordered, and when. */
	readonly given: readonly Given[];
	readonly world: World;
	/** The state of a frame that is on its way to the terminal. */
	readonly made?: State;
	readonly eye: Eye;
};

/** One thing that happens: time passes, the server goes on, a frame is made, or the program is told something. */
export type Move = {
	readonly name: string;
	readonly ms?: number;
	/** The program is too busy to wake up. */
	readonly isStall?: true;
	readonly makesFrame?: true;
	readonly changes?: (run: Run) => World;
	readonly tells?: (run: Run) => Action | undefined;
};

/** What was read when, with what could be seen until then. */
export type Read = {
	readonly at: number;
	readonly bytes: string;
	readonly eye: Eye;
	readonly isTagged: boolean;
};

/** What the server said to a signal, and when. */
export type Heard = {readonly at: number; readonly action: Extract<Action, {type: 'answered'}>};

export type Sent = {
	readonly at: number;
	readonly order: Order;
	/** What is written down of it. */
	readonly facts: SignalFacts;
	readonly isRepeated: boolean;
	readonly isUnrecorded: boolean;
	/** All that the same command sends. */
	readonly orders: readonly {readonly order: Order}[];
};

/** All that went on in a run. */
export type Log = {
	readonly settings: Settings;
	readonly reads: readonly Read[];
	readonly heard: readonly Heard[];
	readonly sent: readonly Sent[];
	/** How it was then. */
	readonly end: Pick<Run, 'now' | 'state'>;
};

export type Start = Pick<Settings, 'confirm' | 'isReadOnly'> & {
	readonly size: {readonly columns: number; readonly rows: number};
};

function happens(run: Run, action: Action): Run {
	const {now, given} = run;
	const [state, commands] = update(run.state, action, now);
	const after = {
		...run,
		state,
		...(commands.length > 0 && {given: [...given, ...commands.map(command => ({at: now, command}))]}),
	};
	return {...after, eye: watch(run, action, after)};
}

/** Lets time pass; the program wakes up whenever it wants to. */
function passes(run: Run, ms: number): Run {
	const until = run.now + ms;
	let after = run;
	for (let wakes = 0; wakes < 10_000; wakes++) {
		const wake = nextWake(after.state) ?? Infinity;
		if (wake > until) return {...after, now: until};
		after = happens({...after, now: Math.max(after.now, wake)}, {type: 'wake'});
	}

	throw new Error('it never comes to rest');
}

/** Something is tagged, and the list is there. */
const isTagging = ({screen: {tags, layers}}: State) => tags.size > 0 && layers[0].type === 'table';

/** Plays the moves, with somebody who watches. */
export function playAll({size, ...chosen}: Start, world: World, moves: readonly Move[]): Log {
	const settings = configured({...usualSettings, ...chosen});
	const reads: Read[] = [];
	const heard: Heard[] = [];
	let run: Run = {
		now: 0,
		state: initialState(settings, size, 0, {parts: newestParts, names: usualNames}),
		given: [],
		world,
		eye: openEye,
	};
	for (const {ms, isStall, makesFrame, changes, tells} of moves) {
		const {now, state, eye} = run;
		if (ms !== undefined) run = isStall ? {...run, now: now + ms} : passes(run, ms);
		if (makesFrame) run = {...run, made: state};
		if (changes) run = {...run, world: changes(run)};
		const action = tells?.(run);
		if (!action) continue;
		if (action.type === 'bytes')
			reads.push({at: now, bytes: new TextDecoder().decode(action.bytes), eye, isTagged: isTagging(state)});
		if (action.type === 'answered') heard.push({at: now, action});
		run = happens(run, action);
		if (action.type === 'drawn') {
			const {made: _, ...others} = run;
			run = others;
		}
	}

	const sent = passes(run, 3000).given.flatMap(({at, command}) =>
		command.type === 'signal' ? command.orders.map(one => ({at, ...command, ...one})) : [],
	);
	return {settings, reads, heard, sent, end: run};
}
