import type {LoginAgain} from '../domain/server/login-again.js';
import type {Trouble} from '../domain/server/trouble.js';
import type {Connect, Server} from '../ports/connect.js';
import {type Failure, isFailure} from '../ports/failure.js';
import type {Dispatch} from './store.js';

/** What is told of a failure. */
export const troubleOf = ({sentence, hint}: Failure): Trouble => ({
	why: sentence,
	...(hint !== undefined && {hint}),
});

export type Connection = {
	/** The server that is asked now. */
	server(): Server;
	/** The connection broke. `number` is that of the one that did, counted from one: the end of an old one means nothing for the present one. */
	lose(failure: Failure, dispatch: Dispatch, number?: number): void;
	renew(dispatch: Dispatch, again: LoginAgain | undefined): void;
	/** Ends a try to connect that is under way, too. */
	close(): void;
};

/** One connection at a time, each new one in the place of the one before. `over` ends the tries. `onBug` is told what is no `Failure`. */
export function holdConnection(
	first: Server,
	connect: Connect,
	over: AbortController,
	onBug: (error: unknown) => void,
): Connection {
	let server = first;
	let connections = 1;

	const lose: Connection['lose'] = (failure, dispatch, number = connections) => {
		if (number !== connections) return;
		server.close();
		dispatch({type: 'lost', ...troubleOf(failure)});
	};

	return {
		server: () => server,
		lose,
		renew(dispatch, again) {
			const number = ++connections;
			const made = connect(failure => lose(failure, dispatch, number), over.signal, again).then(
				next => {
					if (over.signal.aborted) {
						next.close();
						return;
					}

					server = next;
					const {name, parts, names} = next;
					dispatch({type: 'linked', ...(name !== undefined && {name}), parts, names});
				},
				(error: unknown) => {
					if (over.signal.aborted && (isFailure(error) || error === over.signal.reason)) return;
					if (!isFailure(error)) throw error;
					const {sentence: why, isFinal, isOld, passwordFor} = error;
					dispatch({
						type: 'link-failed',
						why,
						...(isFinal && {isFinal}),
						...(isOld && {isOld}),
						...(passwordFor !== undefined && {passwordFor}),
					});
				},
			);
			made.catch(onBug);
		},
		close() {
			over.abort();
			server.close();
		},
	};
}
