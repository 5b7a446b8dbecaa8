import type {Row} from '../../domain/list/row.js';
import type {Style} from '../../domain/list/style.js';
import type {Backend} from '../../domain/session/backend.js';
import {isIdleInTransaction, isRunningState, states} from '../../domain/session/states.js';
import {stateAge, timeOf, xactAge} from '../../domain/session/time.js';

const minute = 60e6;

/** From when on a session that does nothing in its transaction is yellow, and from when on a transaction is; in microseconds. */
const oldFrom = {idleInTransaction: minute, transaction: 10 * minute};

const isFrom = (age: ReturnType<typeof xactAge>, from: number) => typeof age === 'number' && age >= from;

/** It holds up others, or will: who waits for a lock keeps what it has. */
const isWaitingForLock = ({value: {state, wait}, lock}: Row<Backend>) =>
	lock?.under !== undefined || (isRunningState(state) && wait?.type === 'Lock');

/** Who is to blame stands out among those that wait. */
const isRoot = ({lock}: Row<Backend>) => lock?.isBlocker === true && lock.under === undefined;

const hurtsOthers = (row: Row<Backend>) => isWaitingForLock(row) || row.lock?.isBlocker === true;

/** Statements that keep tables in order. */
const maintaining = /^\s*(?:vacuum|analy[sz]e|create\s+(?:unique\s+)?index|reindex|cluster|refresh\s+mat)/i;

const isMaintenance = ({kind, state, query}: Backend) =>
	kind === 'autovacuum worker' || (isRunningState(state) && maintaining.test(query?.text ?? ''));

const isOldIdle = ({value: backend, at}: Row<Backend>) =>
	isIdleInTransaction(backend.state) && isFrom(stateAge(backend, at), oldFrom.idleInTransaction);

/** The colour of what TIME is spent on: a long time alone has none. */
export function timeStyle(row: Row<Backend>): readonly Style[] {
	const {value: backend, at} = row;
	if (timeOf(backend, at) === undefined) return [];
	if (hurtsOthers(row)) return ['hurts'];
	if (isMaintenance(backend)) return ['maintenance'];
	// A worker's transaction is its leader's, whose row says so.
	const isOld = backend.leaderPid === undefined && isFrom(xactAge(backend, at), oldFrom.transaction);
	return isOldIdle(row) || isOld ? ['open'] : [];
}

export function stateStyle(row: Row<Backend>): readonly Style[] {
	const {value: backend} = row;
	if (isOldIdle(row)) return ['open'];
	const isAtWork = backend.state === states.active || backend.state === states.fastpath;
	return isAtWork && !isWaitingForLock(row) ? ['runs'] : [];
}

export function waitStyle(row: Row<Backend>): readonly Style[] {
	const {value: backend} = row;
	if (isRoot(row)) return ['hurts', 'bold'];
	if (hurtsOthers(row)) return ['hurts'];
	if (isMaintenance(backend)) return ['maintenance'];
	return backend.wait?.type === 'IO' ? ['io'] : [];
}
