import type {Command} from './command.js';
import type {HandState, StatusState} from './hand.js';
import {changed, closed, type Layer, opened} from './screen/layers.js';
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

export const withHand = (state: State, patch: Patch<HandState>): State => ({
	...state,
	hand: patched(state.hand, patch),
});

export const withStatus = (state: State, patch: Patch<StatusState>): State => ({
	...state,
	status: patched(state.status, patch),
});

export const withServer = (state: State, patch: Patch<ServerState>): State => ({
	...state,
	server: patched(state.server, patch),
});

/** Opens a layer over what is there. */
export const openLayer = (state: State, layer: Layer): State =>
	withScreen(state, {layers: opened(state.screen.layers, layer)});

/** Closes the uppermost layer, and the one under it shows again. */
export const closeLayer = (state: State): State => withScreen(state, {layers: closed(state.screen.layers)});

/** Puts another layer, or another state of the same one, in the place of the uppermost. */
export const changeLayer = (state: State, layer: Layer): State =>
	withScreen(state, {layers: changed(state.screen.layers, layer)});

/** Goes on from one step with another; the commands of both are carried out. */
export function andThen([state, commands]: Step, next: (state: State) => Step): Step {
	const [after, more] = next(state);
	return [after, more.length === 0 ? commands : [...commands, ...more]];
}
