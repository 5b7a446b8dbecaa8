import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import {states} from '../../domain/session/states.js';

type Toggles = {readonly showsIdle: boolean; readonly showsBackground: boolean};

/** `serviceRoles`: sessions of these are of the hosting service, and shown with the background processes. */
export type ShownBy = Toggles & {readonly serviceRoles: ReadonlySet<string>};

/** In 11 parallel workers got a type of their own: before, they look like the workers of an extension. */
const firstWithTypes = 11;

/** It does an extension's jobs in a database, as somebody. Extensions name the types of their workers. */
const isOfExtension = ({kind, type, user, database}: Backend, major: number) =>
	major >= firstWithTypes &&
	(kind === 'background worker' || (kind === 'unknown' && type !== undefined)) &&
	user !== undefined &&
	database !== undefined;

/** Whether a session is listed; a prepared transaction is where it blocks somebody. */
export function passes(
	backend: Backend,
	{showsIdle, showsBackground, serviceRoles}: ShownBy,
	picture: Snapshot,
): boolean {
	if (!showsBackground) {
		const {id, pid, kind, leaderPid, user} = backend;
		const {ownPid, server} = picture;
		if (kind === 'prepared transaction') return lockGraphOf(picture).sights.get(id)?.isBlocker === true;
		if (user !== undefined && serviceRoles.has(user)) return false;
		const isWorker = kind === 'parallel worker' && leaderPid !== undefined;
		if (pid === ownPid || !(kind === 'client' || isWorker || isOfExtension(backend, server.major)))
			return false;
	}

	// Who holds what others wait for does harm by doing nothing.
	return showsIdle || backend.state !== states.idle || lockGraphOf(picture).sights.has(backend.id);
}
