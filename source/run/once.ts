import type {Size} from '../domain/list/window.js';
import type {Connect} from '../ports/connect.js';
import {isFailure} from '../ports/failure.js';
import type {Action} from '../state/action.js';
import {initialState} from '../state/initial.js';
import type {Settings, State} from '../state/state.js';
import {update} from '../state/update.js';

/** Any size will do: nothing of a single picture depends on the screen. */
const size: Size = {columns: 80, rows: 24};

/** Takes one picture, with what this role may see and do, and closes the connection. Rejects with a `Failure`. */
export async function takeOnce(connect: Connect, settings: Settings): Promise<State> {
	const server = await connect(() => {}, new AbortController().signal);
	try {
		const snapshot = await server.sample();
		// Without rights no row is marked, and all else is there.
		const rights = await server.inspector.rights().then(
			(read): Action => ({type: 'rights-read', rights: read}),
			(error: unknown): Action => {
				if (!isFailure(error)) throw error;
				return {type: 'rights-failed', why: error.sentence};
			},
		);
		const actions: readonly Action[] = [{type: 'sampled', snapshot}, rights];
		return actions.reduce(
			(state, action) => update(state, action, 0)[0],
			initialState(settings, size, 0, server.parts),
		);
	} finally {
		server.close();
	}
}
