import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import {states} from '../../domain/session/states.js';

export type Toggles = {readonly showsIdle: boolean; readonly showsBackground: boolean};

/** Whether the toggles let a session be listed. */
export function passes(
	backend: Backend,
	{showsIdle, showsBackground}: Toggles,
	{ownPid}: Pick<Snapshot, 'ownPid'>,
): boolean {
	if (!showsBackground) {
		const isWorker = backend.kind === 'parallel worker' && backend.leaderPid !== undefined;
		if (backend.pid === ownPid || (backend.kind !== 'client' && !isWorker)) return false;
	}

	return showsIdle || backend.state !== states.idle;
}
