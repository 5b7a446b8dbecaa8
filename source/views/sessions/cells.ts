import {type Comparable, textOfValue, untold} from '../../domain/list/comparable.js';
import type {Marks, Row} from '../../domain/list/row.js';
import type {Style} from '../../domain/list/style.js';
import type {Backend} from '../../domain/session/backend.js';
import {shortState, states} from '../../domain/session/states.js';
import {type Age, timeOf} from '../../domain/session/time.js';
import {hasUntoldText} from '../../domain/session/words/query-text.js';
import {age} from '../../domain/text/format.js';
import {lookUp} from '../../domain/text/look-up.js';

/** A value of a session: where this role may not see the session, what is missing may be there. */
export const seenValue = <Value>({isVisible}: Backend, value: Value | undefined) =>
	value ?? (isVisible ? undefined : untold);

export const ageValue = (backend: Backend, value: Age) =>
	value === '?' ? untold : seenValue(backend, value);

export const ageText = (value: ReturnType<typeof ageValue>) =>
	value === undefined ? '-' : value === untold ? '?' : age(value);

export const stateText = ({value: {state, isVisible}}: Row<Backend>) =>
	isVisible ? (state === undefined ? '' : shortState(state)) : '?';

export function waitValue({value: {isVisible, state, wait}}: Row<Backend>): Comparable {
	if (!isVisible) return untold;
	return wait && state !== states.idle ? `${wait.type}:${wait.name}` : undefined;
}

export const waitText = (row: Row<Backend>, {word}: Marks) =>
	word === 'gone' && row.value.isVisible ? '' : textOfValue(waitValue(row));

export const queryValue = ({value: backend}: Row<Backend>): Comparable =>
	backend.query?.text || (hasUntoldText(backend) ? untold : undefined);

const minute = 60e6;

/** Long times stand out: yellow from one minute, red from ten. */
export function timeStyle({value: backend, at}: Row<Backend>): readonly Style[] {
	const time = timeOf(backend, at);
	if (time === undefined || time === '?') return [];
	return time >= 10 * minute ? ['hurts'] : time >= minute ? ['open'] : [];
}

const stateStyles: Readonly<Record<string, readonly Style[]>> = {
	[states.active]: ['runs'],
	[states.idleInTransaction]: ['open'],
	[states.aborted]: ['hurts'],
};

export const stateStyle = ({value: backend}: Row<Backend>) => lookUp(stateStyles, backend.state ?? '') ?? [];

export const waitStyle = ({value: backend}: Row<Backend>): readonly Style[] =>
	backend.wait?.type === 'Lock' ? ['open'] : [];
