import type {Command} from './command.js';
import type {ScreenState, ServerState, State} from './state.js';

/** A new state, and what the store has to carry out because of it. */
export type Step = readonly [State, readonly Command[]];

/** `undefined` takes a field away. */
type Patch<T> = {readonly [K in keyof T]?: T[K] | undefined};

function patched<T extends object>(value: T, patch: Patch<T>): T {
	const result = {...value, ...patch} as T;
	for (const key of Object.keys(patch) as (keyof T)[]) if (result[key] === undefined) delete result[key];
	return result;
}

export const withScreen = (state: State, patch: Patch<ScreenState>): State => ({
	...state,
	screen: patched(state.screen, patch),
});

export const withServer = (state: State, patch: Patch<ServerState>): State => ({
	...state,
	server: patched(state.server, patch),
});

/** What the status line says of the last key, until the next one. */
export const say = (state: State, text: string, isBad = false): State =>
	withScreen(state, {said: {text, isBad}});

/** Carries one step on with another. */
export function andThen([state, commands]: Step, next: (state: State) => Step): Step {
	const [after, more] = next(state);
	return [after, more.length === 0 ? commands : [...commands, ...more]];
}
