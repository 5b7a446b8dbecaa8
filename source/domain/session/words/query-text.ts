import type {Backend} from '../backend.js';
import {states} from '../states.js';
import {isFastpath, isRunning} from '../time.js';
import {shownText} from './shown-text.js';

/** The text of an idle session is not asked for, and a session that is not tracked has none. */
export const hasUntoldText = ({isVisible, isUnread, state}: Backend) =>
	!isVisible || (isUnread && state !== states.idle && state !== states.disabled);

/** Words before the text say that a query has ended, or what the session does since. Processes other than clients and parallel workers begin with their type. */
export function queryText(backend: Backend): string {
	if (!backend.isVisible) return '?';
	const text = backend.query ? shownText(backend.query) : hasUntoldText(backend) ? '?' : '';
	const isNamed = backend.kind !== 'client' && backend.kind !== 'parallel worker';
	const said =
		isNamed && backend.type !== undefined ? `${backend.type}${text === '' ? '' : `: ${text}`}` : text;
	if (text === '') return said;
	if (isFastpath(backend)) return `fastpath, after: ${said}`;
	return isRunning(backend) ? said : `last: ${said}`;
}
