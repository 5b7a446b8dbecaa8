import {clean} from '../../../domain/text/clean.js';
import {decodeBytes} from '../../../domain/text/decode-bytes.js';
import {micros, numberOf, toNumber, toText} from '../integer.js';
import type {PartQuery} from '../query.js';

/** Works on a standby, too, and gives out no id. */
export const nextXidQuery: PartQuery = {
	text: () => `
		select txid_snapshot_xmax(txid_current_snapshot())`,
	read([row]) {
		const nextXid = toNumber(row?.[0]);
		return nextXid === undefined ? {} : {nextXid};
	},
};

/** Each database with the age of its oldest id that is not frozen. */
export const wraparoundQuery: PartQuery = {
	text: () => `
		select encode(textsend(d.datname::text), 'escape'), age(d.datfrozenxid), mxid_age(d.datminmxid)
		  from pg_database d`,
	read: (rows, encoding) => ({
		wraparound: rows.map(([database, xidAge, multixactAge]) => ({
			database: nameIn(database, encoding) ?? '',
			xidAge: numberOf(xidAge),
			multixactAge: numberOf(multixactAge),
		})),
	}),
};

export const preparedQuery: PartQuery = {
	text: () => `
		select encode(textsend(p.gid), 'escape'),
		       encode(textsend(pg_get_userbyid(p.ownerid)::text), 'escape'),
		       encode(textsend(d.datname::text), 'escape'),
		       ${micros('p.prepared')},
		       p.transaction
		  from pg_prepared_xact() p
		  left join pg_database d on d.oid = p.dbid`,
	read: (rows, encoding) => ({
		prepared: rows.map(([gid, owner, database, preparedAt, xid]) => ({
			gid: nameIn(gid, encoding) ?? '',
			...(![gid, database].every(name => isShownAsItIs(name, encoding)) && {isCleaned: true}),
			owner: nameIn(owner, encoding) ?? '',
			database: nameIn(database, encoding) ?? '',
			preparedAt: numberOf(preparedAt),
			xid: numberOf(xid),
		})),
	}),
};

export const vacuumsQuery: PartQuery = {
	text: () => `
		select p.pid from pg_stat_get_progress_info('VACUUM') p`,
	read: rows => ({vacuums: rows.map(([pid]) => numberOf(pid))}),
};

/** A name as escaped bytes, made safe to print. */
export function nameIn(value: unknown, encoding: string): string | undefined {
	const escaped = toText(value);
	return escaped === undefined ? undefined : clean(decodeBytes(escaped, encoding));
}

/** Whether making it safe to print changes nothing, and every byte is part of a character: only then it can be pasted. */
function isShownAsItIs(value: unknown, encoding: string): boolean {
	const escaped = toText(value);
	if (escaped === undefined) return false;
	const name = decodeBytes(escaped, encoding);
	return clean(name) === name && !name.includes('\uFFFD');
}
