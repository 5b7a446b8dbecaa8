import {type Comparable, untold} from '../../domain/list/comparable.js';
import type {Row} from '../../domain/list/row.js';
import type {Backend} from '../../domain/session/backend.js';
import {isProcess} from '../../domain/session/kind.js';
import {shortState} from '../../domain/session/states.js';
import type {Age} from '../../domain/session/time.js';
import {hasUntoldText} from '../../domain/session/words/query-text.js';
import {xidAge} from '../../domain/session/xid-age.js';
import {age, count} from '../../domain/text/format.js';

/** A value of a session: where this role may not see the session, what is missing may be there. */
export const seenValue = <Value>({isVisible}: Backend, value: Value | undefined) =>
	value ?? (isVisible ? undefined : untold);

export const ageValue = (backend: Backend, value: Age) =>
	value === '?' ? untold : seenValue(backend, value);

/** A missing age is `-`. */
const toldOr = (write: (value: number) => string) => (value: number | typeof untold | undefined) =>
	value === undefined ? '-' : value === untold ? '?' : write(value);

export const ageText = toldOr(age);

/** The age of a transaction id. Every role sees the ids of all sessions. */
export const xidValue = (xid: number | undefined, nextXid: number | undefined) =>
	xid === undefined || nextXid === undefined ? undefined : xidAge(xid, nextXid);

export const xidText = toldOr(count);

/** A prepared transaction has none, and the line of a queue is nothing that could have one. */
export const pidText = ({value: {pid, kind}}: Row<Backend>) =>
	isProcess(kind) ? String(pid) : kind === 'queue' ? '' : '-';

export const stateText = ({value: {state, isVisible}}: Row<Backend>) =>
	isVisible ? (state === undefined ? '' : shortState(state)) : '?';

export const queryValue = ({value: backend}: Row<Backend>): Comparable =>
	backend.query?.text || (hasUntoldText(backend) ? untold : undefined);
