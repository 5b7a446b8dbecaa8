import type {LockRow, Locks} from '../../../domain/locks/lock-row.js';
import {micros, numberOf, toClean, toNumber, toWhole} from '../integer.js';
import type {Cells, PartQuery} from '../query.js';
import {nameIn} from './transactions.js';

/** In 14 the server began to tell since when a lock is waited for. */
export const firstWithWaitStart = 14;

/** What tells one object from another: all that pg_locks says of it. What is null is the same for all objects of a type. */
const key =
	"concat_ws(' ', locktype, database, relation, page, tuple, virtualxid, transactionid, classid, objid, objsubid)";

/** How many pids of one row are read, and how many rows. */
const most = {pids: 10_000, rows: 5000};

/** One row with nothing in it but the time. */
const clock = `select ${micros('clock_timestamp()')}, ${Array.from({length: 10}, () => 'null').join(', ')}`;

/**
Every lock on the objects that somebody waits for, one row for each object, mode and granted, so that a long queue is one row. Besides, locks on tuples, which name the table of a wait for a row, and on the ids of prepared transactions, which lead to their names.

With nobody waiting there are no rows, and no key is built. What comes first and last is the clock: what stands between cost the server so long.
*/
export const locksQuery: PartQuery = {
	text({major}) {
		const hasStart = major >= firstWithWaitStart;
		const byWait = `order by ${hasStart ? 'waitstart, ' : ''}pid`;
		const since = hasStart
			? `case when not granted then (array_agg(${micros('waitstart')} ${byWait}))[1:${most.pids}] end`
			: 'null::int8[]';
		return `
		${clock}
		 union all (
		with l as (select * from pg_lock_status() where mode <> 'SIReadLock'),
		     w as (select distinct ${key} as k from l where not granted)
		select count(*), ${key}, locktype, database::int8, relation::int8, transactionid::text::int8, mode, granted,
		       (array_agg(coalesce(pid, 0) ${byWait}))[1:${most.pids}],
		       ${since},
		       array_agg(virtualtransaction) filter (where pid is null)
		  from l
		 where exists (select from w)
		   and (${key} in (select k from w) or locktype = 'tuple' or locktype = 'transactionid' and pid is null)
		 group by 2, 3, 4, 5, 6, 7, 8
		 limit ${most.rows + 1})
		 union all ${clock}`;
	},
	read: rows => ({locks: readLocks(rows)}),
};

export function readLocks(rows: readonly Cells[]): Locks {
	const [first, ...others] = rows;
	const last = others.pop();
	const read = others.slice(0, most.rows).map(toLockRow);
	const isCut =
		others.length > most.rows ||
		read.some(({count, pids, prepared = []}) => count > pids.length + prepared.length);
	const serverMs = (numberOf(last?.[0]) - numberOf(first?.[0])) / 1000;
	return {rows: read, serverMs, ...(isCut && {isCut})};
}

/** An array of numbers, or of what has no comma and no quote in it, as the server writes it: `{1,2,NULL}`. */
function arrayOf(cell: unknown): readonly (string | null)[] {
	const written = toWhole(cell)?.slice(1, -1);
	return written ? written.split(',').map(one => (one === 'NULL' ? null : one)) : [];
}

function toLockRow([
	count,
	key,
	type,
	database,
	relation,
	xid,
	mode,
	granted,
	pids,
	since,
	prepared,
]: Cells): LockRow {
	const holders = arrayOf(pids).map(numberOf);
	const starts = arrayOf(since).map(toNumber);
	const virtual = arrayOf(prepared).flatMap(one => toClean(one) ?? []);
	// 0 stands for none: what all databases share. Of a token the transaction's id stands there.
	const isOfDatabase = !/^spec/.test(String(type));
	const databaseId = isOfDatabase ? toNumber(database) || undefined : undefined;
	const [relationId, xidNumber] = [toNumber(relation), toNumber(xid)];
	return {
		key: toClean(key) ?? '',
		type: toClean(type) ?? '',
		...(databaseId !== undefined && {databaseId}),
		...(relationId !== undefined && {relationId}),
		...(xidNumber !== undefined && {xid: xidNumber}),
		mode: toClean(mode) ?? '',
		isGranted: granted === true,
		// A prepared transaction has none.
		pids: holders.filter(pid => pid !== 0),
		count: numberOf(count),
		...(starts.length > 0 && {since: starts}),
		...(virtual.length > 0 && {prepared: virtual}),
	};
}

/** Our own database, without a look into a catalogue, which somebody may have locked. */
export const ownDatabase = 'select o.datid from pg_stat_get_activity(pg_backend_pid()) o';

/** Tables of our own database that are waited for, or whose rows are, and those that all databases share. Only these have names here. */
export const relationsQuery: PartQuery = {
	text: () => `
		select c.oid::int8, encode(textsend(n.nspname::text), 'escape'), encode(textsend(c.relname::text), 'escape')
		  from pg_class c
		  join pg_namespace n on n.oid = c.relnamespace
		 where c.oid in (
		       select l.relation
		         from pg_lock_status() l
		        where (not l.granted or l.locktype = 'tuple')
		          and (l.database = 0 or l.database in (${ownDatabase})))
		 limit 1000`,
	read: (rows, encoding) => ({
		relations: rows.map(([id, schema, name]) => ({
			id: numberOf(id),
			name: tableName(nameIn(schema, encoding), nameIn(name, encoding)),
		})),
	}),
};

/** As psql writes it where `public` is in the search path. */
export const tableName = (schema = '', name = '') => (schema === 'public' ? name : `${schema}.${name}`);
