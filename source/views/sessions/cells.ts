import type {Marks, Row} from '../../domain/list/row.js';
import type {Style} from '../../domain/list/style.js';
import type {Backend} from '../../domain/session/backend.js';
import {shownText} from '../../domain/session/shown-text.js';
import {shortState, states} from '../../domain/session/states.js';
import {type Age, isFastpath, isRunning, timeOf} from '../../domain/session/time.js';
import {age} from '../../domain/text/format.js';
import {lookUp} from '../../domain/text/look-up.js';

export const stateText = ({value: {state, isVisible}}: Row<Backend>) =>
	isVisible ? (state === undefined ? '' : shortState(state)) : '?';

export const ageText = ({value: backend}: Row<Backend>, value: Age) =>
	value === undefined ? (backend.isVisible ? '-' : '?') : age(value);

export function waitText({value: {isVisible, state, wait}}: Row<Backend>, {word}: Marks): string {
	if (!isVisible) return '?';
	if (!wait || state === states.idle || word === 'gone') return '';
	return `${wait.type}:${wait.name}`;
}

/** Words before the text say that a query has ended, or what the session does since. Processes other than clients and parallel workers begin with their type. */
export function queryText(backend: Backend): string {
	if (!backend.isVisible) return '?';
	// The text of an idle session is not asked for, and a session that is not tracked has none.
	const unread =
		backend.isUnread && backend.state !== states.idle && backend.state !== states.disabled ? '?' : '';
	const text = backend.query ? shownText(backend.query) : unread;
	const isNamed = backend.kind !== 'client' && backend.kind !== 'parallel worker';
	const said =
		isNamed && backend.type !== undefined ? `${backend.type}${text === '' ? '' : `: ${text}`}` : text;
	if (text === '') return said;
	if (isFastpath(backend)) return `fastpath, after: ${said}`;
	return isRunning(backend) ? said : `last: ${said}`;
}

const minute = 60e6;

/** Long times stand out: yellow from one minute, red from ten. */
export function timeStyle({value: backend, at}: Row<Backend>): readonly Style[] {
	const time = timeOf(backend, at);
	if (time === undefined || time === '?') return [];
	return time >= 10 * minute ? ['red'] : time >= minute ? ['yellow'] : [];
}

const stateStyles: Readonly<Record<string, readonly Style[]>> = {
	[states.active]: ['green'],
	[states.idleInTransaction]: ['yellow'],
	[states.aborted]: ['red'],
};

export const stateStyle = ({value: backend}: Row<Backend>) => lookUp(stateStyles, backend.state ?? '') ?? [];

export const waitStyle = ({value: backend}: Row<Backend>): readonly Style[] =>
	backend.wait?.type === 'Lock' ? ['yellow'] : [];
