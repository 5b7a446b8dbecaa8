import type {Size} from '../domain/list/window.js';
import type {Connect} from '../ports/connect.js';
import type {Failure} from '../ports/failure.js';
import {initialState} from '../state/initial.js';
import {frameOf} from '../state/screen/frame-of.js';
import type {RunSettings, State} from '../state/state.js';
import {holdConnection} from '../store/connection.js';
import {createEffects, type Surroundings} from '../store/effects.js';
import {createStore, type Store} from '../store/store.js';
import {whyNoSignals} from '../tables/why-no-signals.js';
import {openClock} from './clock.js';

/** The program but for its terminal. */
export type Loop = Pick<Store, 'getState' | 'subscribe' | 'start' | 'lastActions'> & {
	/** What is typed. */
	read(bytes: Uint8Array): void;
	resize(size: Size): void;
	/** A frame of this state has reached the terminal. */
	drawn(state: State): void;
	/** As Ctrl-Z does. */
	suspend(): void;
	/** Somebody else had the terminal, for nobody knows how long. */
	resumed(): void;
	/** Nothing moves any more, and what has no answer yet has none. */
	end(): void;
};

type Given = Surroundings & {
	readonly settings: RunSettings;
	readonly connect: Connect;
	/** How large the screen is by the time that the server has answered. */
	size(): Size;
};

/** Wires server, effects and store together. Nothing moves before `start`. Rejects with a `Failure` when the first connection can't be made. */
export async function openLoop({settings, connect, size, ...surroundings}: Given): Promise<Loop> {
	let onLost: ((failure: Failure) => void) | undefined;
	const over = new AbortController();
	const first = await connect(failure => onLost?.(failure), over.signal);
	const connection = holdConnection(first, connect, over, surroundings.onBug);
	const carryOut = createEffects(connection, surroundings, () => whyNoSignals(store.getState()));
	const clock = openClock(
		() => performance.now(),
		() => Date.now(),
	);
	const initial = initialState(settings, size(), clock.now(), first);
	const {dispatch, stop, ...store} = createStore(initial, {...clock, carryOut});
	onLost = failure => connection.lose(failure, dispatch);
	return {
		...store,
		read: bytes => dispatch({type: 'bytes', bytes}),
		resize: to => dispatch({type: 'resized', size: to}),
		drawn: state => dispatch({type: 'drawn', frame: frameOf(state)}),
		suspend: () => carryOut({type: 'suspend'}, dispatch),
		resumed: () => dispatch({type: 'resumed'}),
		end() {
			stop();
			try {
				dispatch({type: 'leaving'});
			} finally {
				connection.close();
			}
		},
	};
}
