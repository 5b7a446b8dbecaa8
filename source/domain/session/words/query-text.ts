import {queueWords} from '../../locks/tree/queue-line.js';
import type {Micros} from '../../micros.js';
import {uptime} from '../../text/format.js';
import type {Backend} from '../backend.js';
import {states} from '../states.js';
import {isFastpath, isInTransaction, isRunning, stateAge} from '../time.js';
import {shownText} from './shown-text.js';

/** The text of an idle session is not asked for, and a session that is not tracked has none. */
export const hasUntoldText = ({isVisible, isUnread, state}: Backend) =>
	!isVisible || (isUnread && state !== states.idle && state !== states.disabled);

/** How long nothing has been running: `6s` `14m` `1h02m` `3d04h`. Without seconds from one minute on, so that it seldom changes. */
function idleAge(backend: Backend, at: Micros): string {
	const since = stateAge(backend, at);
	return since === undefined ? '?' : uptime(since).replace(/m\d\ds$/, 'm');
}

/** Words before the text say that a query has ended, and how long ago, or what the session does since. Processes other than clients and parallel workers begin with their type. Of a prepared transaction it is the gid. */
export function queryText(backend: Backend, at: Micros): string {
	if (backend.prepared) return backend.prepared.gid;
	if (backend.queue) return queueWords(backend.queue.count);
	if (!backend.isVisible) return '?';
	const text = backend.query ? shownText(backend.query) : hasUntoldText(backend) ? '?' : '';
	const isNamed = backend.kind !== 'client' && backend.kind !== 'parallel worker';
	const said =
		isNamed && backend.type !== undefined ? `${backend.type}${text === '' ? '' : `: ${text}`}` : text;
	if (text === '') return said;
	if (isFastpath(backend)) return `fastpath, after: ${said}`;
	if (isRunning(backend)) return said;
	const isIdle = backend.state === states.idle || isInTransaction(backend);
	return isIdle ? `idle ${idleAge(backend, at)}: ${said}` : `last: ${said}`;
}
