import {type Comparable, untold} from '../../domain/list/comparable.js';
import type {Marks, Row} from '../../domain/list/row.js';
import type {LockSight} from '../../domain/locks/lock-sight.js';
import type {Backend, WaitEvent} from '../../domain/session/backend.js';
import {isIdleInTransaction, isRunningState, states} from '../../domain/session/states.js';
import {lookUp} from '../../domain/text/look-up.js';

/** In the server's words. An idle session waits for its client, which says nothing. */
export function waitValue({value: {isVisible, state, wait}}: Row<Backend>): Comparable {
	if (!isVisible) return untold;
	return wait && state !== states.idle ? `${wait.type}:${wait.name}` : undefined;
}

/** Whose lock it waits for, or how many wait for it. Of a session that runs something its wait event, or `cpu`. Of one that is idle in transaction that its client is to go on. */
export function waitText({value: {isVisible, state, wait}, lock}: Row<Backend>, {word}: Marks): string {
	if (word === 'gone') return '';
	const blocking = lock && lockWords(lock);
	if (blocking !== undefined) return blocking;
	if (!isVisible) return '?';
	if (state === states.idle) return '';
	return wait ? wordsOf(wait, state) : isRunningState(state) ? 'cpu' : '';
}

/** From so many digits on a pid stands without blanks: it is never cut. */
const longPid = 6;

/** Every role sees who holds what, and who waits. */
function lockWords({under, isBlocker, blocks}: LockSight): string | undefined {
	if (!under) return isBlocker ? `blocks ${blocks}` : undefined;
	const who = under.pid === 0 ? 'prepared' : String(under.pid);
	const blank = who.length < longPid ? ' ' : '';
	return `${under.isQueued ? 'queue' : 'lock'}${blank}<${blank}${who}`;
}

/** How many workers it has. */
export const waitTail = (_: Row<Backend>, {workers}: Marks) => (workers === undefined ? '' : ` +${workers}`);

const locks: Readonly<Record<string, string>> = {transactionid: 'xid', virtualxid: 'vxid'};

/** The class of an event, where its name says no more than that something of the class is waited for. */
const classes: Readonly<Record<string, string>> = {Lock: 'lock ', LWLock: 'lwlock ', Extension: 'ext '};

/** Classes whose names tell enough by themselves. */
const telling: readonly string[] = ['Activity', 'BufferPin', 'Client', 'IO', 'IPC', 'Timeout'];

function wordsOf({type, name}: WaitEvent, state: string | undefined): string {
	if (type === 'Client' && name === 'ClientRead' && isIdleInTransaction(state)) return 'client';
	const before = lookUp(classes, type) ?? (telling.includes(type) ? '' : `${type}:`);
	return `${before}${(type === 'Lock' && lookUp(locks, name)) || name}`;
}
