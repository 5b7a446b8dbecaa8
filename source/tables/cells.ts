import type {Row, ShownRow} from '../domain/list/row.js';
import type {Style} from '../domain/list/style.js';
import type {Backend} from '../domain/session/backend.js';
import {shownText} from '../domain/session/shown-text.js';
import {shortState, states} from '../domain/session/states.js';
import {type Age, isFastpath, isRunning, timeOf} from '../domain/session/time.js';
import {age} from '../domain/text/format.js';
import {lookUp} from '../domain/text/look-up.js';

export const stateText = ({backend: {state, isVisible}}: Row) =>
	isVisible ? (state === undefined ? '' : shortState(state)) : '?';

export const ageText = ({backend}: Row, value: Age) =>
	value === undefined ? (backend.isVisible ? '-' : '?') : age(value);

export function waitText({backend: {isVisible, state, wait}, word}: ShownRow): string {
	if (!isVisible) return '?';
	if (!wait || state === states.idle || word === 'gone') return '';
	return `${wait.type}:${wait.name}`;
}

/** The text of a query that has ended is preceded by what the session does since; a process that has none says what it is. */
export function queryText({
	backend,
	outcome,
}: {
	readonly backend: Backend;
	readonly outcome?: string;
}): string {
	if (outcome !== undefined) return outcome;
	if (!backend.isVisible) return '?';
	// Of an idle session the text is not asked for, and one that is not tracked has none.
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

/** Long ones stand out: yellow from one minute, red from ten. */
export function timeStyle({backend, at}: Row): readonly Style[] {
	const time = timeOf(backend, at);
	if (time === undefined || time === '?') return [];
	return time >= 10 * minute ? ['red'] : time >= minute ? ['yellow'] : [];
}

const stateStyles: Readonly<Record<string, readonly Style[]>> = {
	[states.active]: ['green'],
	[states.idleInTransaction]: ['yellow'],
	[states.aborted]: ['red'],
};

export const stateStyle = ({backend}: Row) => lookUp(stateStyles, backend.state ?? '') ?? [];

export const waitStyle = ({backend}: Row): readonly Style[] =>
	backend.wait?.type === 'Lock' ? ['yellow'] : [];
