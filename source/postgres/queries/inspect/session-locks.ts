import type {SessionLock} from '../../../domain/locks/lock-row.js';
import {firstWithLeader} from '../backends.js';
import {integer, micros, numberOf, toClean, toNumber} from '../integer.js';
import type {Names} from '../names.js';
import {firstWithWaitStart, ownDatabase, tableName} from '../parts/locks.js';
import {nameIn} from '../parts/transactions.js';
import type {Cells} from '../query.js';

/** Strongest first. */
const modes = [
	'AccessExclusiveLock',
	'ExclusiveLock',
	'ShareRowExclusiveLock',
	'ShareLock',
	'ShareUpdateExclusiveLock',
	'RowExclusiveLock',
	'RowShareLock',
	'AccessShareLock',
];

/** How many lines are read at most. */
const mostLines = 200;

const order = 'granted, strength, locktype, relation, page, tuple, classid, objid';

/**
The locks that a session and its parallel workers hold and wait for: those that wait first, then the strongest. Without the one that every transaction has on its own virtual id, unless somebody waits for it.

`hasNames`: with the names of tables, for which it looks into catalogues that somebody may have locked.
*/
export const sessionLocksText = (pid: number, major: number, hasNames: boolean) => `
	select l.mode, l.granted, l.count, ${major >= firstWithWaitStart ? micros('l.waitstart') : 'null'},
	       l.locktype, l.database::int8, l.database in (${ownDatabase}),
	       l.relation::int8, l.page, l.tuple, l.virtualxid, l.transactionid::text::int8,
	       l.classid::int8, l.objid::int8, l.objsubid,
	       ${hasNames ? ['n.nspname', 'c.relname', 'k.relname'].map(name => `encode(textsend(${name}::text), 'escape')`).join(', ') : 'null, null, null'}
	  from (select l.mode, l.granted, l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid,
	               l.classid, l.objid, l.objsubid,
	               case l.mode ${modes.map((mode, index) => `when '${mode}' then ${index}`).join(' ')} end as strength,
	               count(*) as count${major >= firstWithWaitStart ? ', min(l.waitstart) as waitstart' : ''}
	          from pg_lock_status() l
	         where l.mode <> 'SIReadLock'
	           and not (l.locktype = 'virtualxid' and l.fastpath)
	           and ${
								major >= firstWithLeader
									? `l.pid in (select s.pid from pg_stat_get_activity(null) s where ${integer(pid, 'int4')} in (s.pid, s.leader_pid))`
									: `l.pid = ${integer(pid, 'int4')}`
							}
	         group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
	         order by ${order}
	         limit ${mostLines}) l${hasNames ? nameJoins : ''}
	 order by ${order}`;

const nameJoins = `
	  left join pg_class c on c.oid = l.relation and (l.database = 0 or l.database in (${ownDatabase}))
	  left join pg_namespace n on n.oid = c.relnamespace
	  left join pg_class k on k.oid = l.classid and l.locktype = 'object'`;

/** Reads the rows of `sessionLocksText`. */
export const readSessionLocks = (
	rows: readonly Cells[],
	names: Names,
	encoding: string,
): readonly SessionLock[] =>
	rows.map(row => {
		const [mode, granted, count, start, ...object] = row;
		const isGranted = granted === true;
		const since = isGranted ? undefined : toNumber(start);
		return {
			mode: toClean(mode) ?? '',
			isGranted,
			on: objectName(object, names, encoding),
			count: numberOf(count),
			...(since !== undefined && {since}),
		};
	});

/** What is locked, named as in pg_locks, with the database where it is another one. */
function objectName(cells: Cells, {databases}: Names, encoding: string): string {
	const [typeCell, databaseCell, isHere, ...others] = cells;
	const [relationId, page, tuple] = others.slice(0, 3).map(toNumber);
	const virtualXid = toClean(others[3]);
	const [xid, classId = 0, objectId = 0, part = 0] = others.slice(4, 8).map(toNumber);
	const [schema, name, catalogue] = others.slice(8).map(cell => nameIn(cell, encoding));
	const type = toClean(typeCell) ?? '';
	const databaseId = toNumber(databaseCell) || undefined;
	const table = name === undefined ? String(relationId) : tableName(schema, name);
	// Of a token the transaction's id stands in the place of the database.
	if (/^spec/.test(type)) return `${type} ${databaseId}`;
	const where =
		databaseId === undefined || isHere === true ? '' : ` in ${databases.get(databaseId)?.name ?? databaseId}`;
	switch (type) {
		case 'relation':
		case 'extend':
			return `${type} ${table}${where}`;
		case 'page':
			return `page ${page} of ${table}${where}`;
		case 'tuple':
			return `tuple (${page},${tuple}) of ${table}${where}`;
		case 'transactionid':
			return `transactionid ${xid}`;
		case 'virtualxid':
			return `virtualxid ${virtualXid}`;
		case 'object':
			return `object ${objectId} of ${catalogue ?? classId}${where}`;
		case 'advisory':
			return `advisory ${advisoryKey(classId, objectId, part)}${where}`;
		case 'frozenid':
			return `frozenid${where}`;
		default:
			return `${type} ${classId} ${objectId} ${part}${where}`;
	}
}

/** As the functions take it: one bigint, or two integers. */
const advisoryKey = (first: number, second: number, form: number): string =>
	form === 1
		? String(BigInt.asIntN(64, (BigInt(first) << 32n) | BigInt(second)))
		: // pg_locks has them without their signs.
			`(${first | 0},${second | 0})`;
