import type {Snapshot} from '../../server/snapshot.js';
import type {Backend} from '../../session/backend.js';
import {type Age, ageSince} from '../../session/time.js';
import {age} from '../../text/format.js';
import {shorten} from '../../text/shorten.js';
import type {LockRow} from '../lock-row.js';
import type {LockSight, LockWait, WaitsUnder} from '../lock-sight.js';
import {preparedId} from '../prepared-session.js';
import {pidWords} from './frees-words.js';

type Waiter = Pick<Backend, 'pid' | 'database'>;

/** How long a lock is waited for; a wait that has begun just now may have no start yet. */
export const waitedFor = ({since}: LockWait, at: number): Age => ageSince(since, at) ?? 0;

/** The same in words; `<=` where it can't have been for longer. */
export const waitedWords = (wait: LockWait, at: number): string =>
	`${wait.isSinceGuessed ? '<=' : ''}${age(waitedFor(wait, at) ?? 0)}`;

/** Names are known of our own database only, and of what belongs to none: the same number may be another table elsewhere. */
function relationWords({databaseId, relationId}: LockRow, {database}: Waiter, picture: Snapshot): string {
	const isKnown = databaseId === undefined || database === picture.server.database;
	const name = isKnown ? picture.relations?.find(({id}) => id === relationId)?.name : undefined;
	if (name !== undefined) return name;
	return isKnown || database === undefined ? String(relationId) : `${relationId} in ${database}`;
}

/** What stands behind the type in the key of an object. */
const partsOfKey = ({key, type}: LockRow) => key.slice(type.length).trim();

/** pg_locks has the two halves of a bigint, or two integers. */
function advisoryKey(lock: LockRow): string {
	const [, first = '', second = '', kind] = partsOfKey(lock).split(' ');
	if (!/^\d+$/.test(first) || !/^\d+$/.test(second)) return '';
	return kind === '1'
		? String(BigInt.asIntN(64, (BigInt(first) << 32n) | BigInt(second)))
		: [first, second].map(half => Number(half) | 0).join(', ');
}

/** The table whose row is waited for: who stands first in the queue for a row has its tuple. */
function rowOf(waiter: Waiter, picture: Snapshot): string {
	const tuple = picture.locks?.rows.find(
		({type, isGranted, pids}) => type === 'tuple' && isGranted && pids.includes(waiter.pid),
	);
	return tuple ? `, a row of ${relationWords(tuple, waiter, picture)}` : '';
}

function objectWords(lock: LockRow, waiter: Waiter, picture: Snapshot): string {
	const {type, relationId, xid} = lock;
	switch (type) {
		case 'relation':
			return `relation ${relationWords(lock, waiter, picture)}`;
		case 'transactionid':
			return `transactionid ${xid ?? ''}${rowOf(waiter, picture)}`;
		case 'virtualxid':
			return `virtualxid ${partsOfKey(lock)}`;
		case 'advisory':
			return `advisory ${advisoryKey(lock)}`;
		default:
			return relationId === undefined ? type : `${type} of relation ${relationWords(lock, waiter, picture)}`;
	}
}

/** What is waited for, in PostgreSQL's words: `ExclusiveLock on relation orders`. */
export const lockWords = (lock: LockRow, waiter: Waiter, picture: Snapshot): string =>
	`${lock.mode} on ${objectWords(lock, waiter, picture).trim()}`;

/** How long a gid may be where it is only named: a transaction manager makes up to 200 bytes of it. */
const longestGid = 24;

/** As a sentence names a prepared transaction. */
export const preparedWords = (gid: string): string => `prepared transaction ${shorten(gid, longestGid)}`;

function underWords({id, pid, more}: WaitsUnder, {prepared = []}: Snapshot): string {
	const gid = pid === 0 ? prepared.find(one => preparedId(one) === id)?.gid : undefined;
	const who = gid === undefined ? pidWords(pid) : preparedWords(gid);
	return more === 0 ? who : `${who} and ${more} more`;
}

/** For whom a session waits, for how long and for what: `for 4388, 4m12s: ShareLock on transactionid 771`. Undefined where it waits for no lock. */
export function waitsForWords(
	{wait, under}: LockSight,
	waiter: Waiter,
	picture: Snapshot,
	at: number = picture.at,
): string | undefined {
	if (!wait) return undefined;
	const who = under && `${under.isQueued ? 'behind' : 'for'} ${underWords(under, picture)}, `;
	return `${who ?? ''}${waitedWords(wait, at)}: ${lockWords(wait.lock, waiter, picture)}`;
}
