import type {Action} from '../state/action.js';
import type {Command} from '../state/command.js';
import {nextWake} from '../state/deadlines.js';
import {looksAlike} from '../state/server/looks-alike.js';
import type {State} from '../state/state.js';
import {update} from '../state/update.js';

export type Dispatch = (action: Action) => void;

export type Store = {
	getState(): State;
	subscribe(listener: () => void): () => void;
	readonly dispatch: Dispatch;
	/** Names and times of the last actions, oldest first: what a bug followed. Bytes that were typed are not in it. */
	lastActions(): readonly {readonly at: number; readonly type: Action['type']}[];
	/** Starts what is due already. Without this call nothing moves. */
	start(): void;
	/** No timer fires any more. */
	stop(): void;
};

type Options = {
	/** Monotonic, in milliseconds. */
	now(): number;
	/** Whether the machine was suspended since this was asked last: then nothing on the screen counts as looked at. Absent, it never is. */
	hasSlept?(): boolean;
	/** Carries a command out; its result is dispatched as an action. */
	carryOut(command: Command, dispatch: Dispatch): void;
};

/** How many actions are kept for the report of a bug. */
const keptActions = 50;

/** Keeps the state outside React, with the only timer of the state. */
export function createStore(initial: State, {now, hasSlept, carryOut}: Options): Store {
	let state = initial;
	let timer: NodeJS.Timeout | undefined;
	let isStopped = true;
	const listeners = new Set<() => void>();
	const last: {readonly at: number; readonly type: Action['type']}[] = [];

	const dispatch: Dispatch = action => {
		if (hasSlept?.()) take({type: 'resumed'});
		take(action);
	};

	const take = (action: Action) => {
		const at = now();
		last.push({at, type: action.type});
		if (last.length > keptActions) last.shift();
		const [after, commands] = update(state, action, at);
		// A `drawn` action changes nothing on the screen: a frame because of it would be the same again.
		const isShown = action.type !== 'drawn' && !looksAlike(state, after);
		state = after;
		for (const command of commands) carryOut(command, dispatch);
		if (isShown) for (const listener of listeners) listener();
		schedule();
	};

	/** Through setImmediate, so that bytes that wait in the terminal are read first: a key that they follow is not alone. */
	const fire = () => setImmediate(() => isStopped || dispatch({type: 'wake'}));

	const schedule = () => {
		clearTimeout(timer);
		const next = isStopped ? undefined : nextWake(state);
		if (next !== undefined) timer = setTimeout(fire, Math.max(0, Math.ceil(next - now())));
	};

	return {
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		dispatch,
		lastActions: () => last,
		start() {
			isStopped = false;
			dispatch({type: 'wake'});
		},
		stop() {
			isStopped = true;
			clearTimeout(timer);
		},
	};
}
