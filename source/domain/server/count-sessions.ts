import type {Micros} from '../micros.js';
import {ofLast} from '../of-last.js';
import type {Backend} from '../session/backend.js';
import {isTelling, states} from '../session/states.js';
import {isInTransaction, isRunning, xactAge} from '../session/time.js';

/** What the client sessions of a picture are at, without our own. */
export type SessionCounts = {
	readonly running: number;
	/** For a lock, of those that run. */
	readonly waiting: number;
	readonly idle: number;
	readonly inTransaction: number;
	/** Those that show what they do, and those of which it can't be seen. */
	readonly told: number;
	readonly untold: number;
	/** The one with the oldest transaction. */
	readonly oldest?: Backend;
	/** Of those that are idle in transaction the one that has been so for longest. */
	readonly idlest?: Backend;
	/** Of some transaction nobody can tell how old it is. */
	readonly hasUnknownAge: boolean;
};

/** What can't be seen never counts as none. A visible session without a state is at its login, and does nothing else. */
const isUntold = ({isVisible, state}: Backend) => !isVisible || (state !== undefined && !isTelling(state));

/** In one pass: there may be thousands of sessions, and the header is drawn with every key. */
export const countSessions = ofLast(
	(backends: readonly Backend[], ownPid: number, at: Micros): SessionCounts => {
		let [running, waiting, idle, inTransaction, told, untold] = [0, 0, 0, 0, 0, 0];
		let oldest: Backend | undefined;
		let idlest: Backend | undefined;
		let hasUnknownAge = false;
		for (const backend of backends) {
			const {kind, pid, state, stateChange, wait, xactStart} = backend;
			if (kind !== 'client' || pid === ownPid) continue;
			if (isRunning(backend)) {
				running++;
				if (wait?.type === 'Lock') waiting++;
			}

			if (state === states.idle) idle++;
			if (isInTransaction(backend)) {
				inTransaction++;
				if ((stateChange ?? Infinity) < (idlest?.stateChange ?? Infinity)) idlest = backend;
			}

			if (isUntold(backend)) untold++;
			if (state !== states.starting && isTelling(state)) told++;
			if (xactStart === undefined) continue;
			if (xactStart < (oldest?.xactStart ?? Infinity)) oldest = backend;
			hasUnknownAge ||= xactAge(backend, at) === '?';
		}

		const counts = {running, waiting, idle, inTransaction, told, untold, hasUnknownAge};
		return {...counts, ...(oldest && {oldest}), ...(idlest && {idlest})};
	},
);
