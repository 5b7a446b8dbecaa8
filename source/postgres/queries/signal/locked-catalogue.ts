import {toNumber} from '../integer.js';
import type {Cells} from '../query.js';

/** Catalogues without which much can't be read or sent, by oid. A name would have to be looked up in one of them. */
const catalogues: Readonly<Record<number, string>> = {
	1255: 'pg_proc',
	1259: 'pg_class',
	1260: 'pg_authid',
	1261: 'pg_auth_members',
	1262: 'pg_database',
	2602: 'pg_amop',
	2615: 'pg_namespace',
	2617: 'pg_operator',
	3456: 'pg_collation',
};

/** In them the server looks up who may signal whom. */
const ofRights = ['pg_authid', 'pg_auth_members'];

/** Who keeps these catalogues from being read. */
export const lockedCatalogueText = `
	select l.relation::int8, l.pid
	  from pg_lock_status() l
	 where l.granted and l.mode = 'AccessExclusiveLock'
	   and l.relation in (${Object.keys(catalogues)
				.map(oid => `'${oid}'::oid`)
				.join(', ')})
	 order by 1`;

type Locked = {readonly name: string; readonly by: number | string};

/** Reads the rows of `lockedCatalogueText`. */
const lockedIn = (rows: readonly Cells[]): readonly Locked[] =>
	rows.flatMap(row => {
		const [relation = 0, pid] = row.map(toNumber);
		const name = catalogues[relation];
		return name === undefined ? [] : [{name, by: pid ?? 'a prepared transaction'}];
	});

/** Why something could not be read in time. Undefined where nobody holds such a lock by then. */
export function lockedWords(rows: readonly Cells[]): string | undefined {
	const [first] = lockedIn(rows);
	return first && `${first.name} was locked by ${first.by}`;
}

/** Why the server could not check in time who may signal whom, or what it was asked. */
export function rightsLockedWords(rows: readonly Cells[]): string {
	const all = lockedIn(rows);
	const found = all.find(({name}) => ofRights.includes(name)) ?? all[0];
	return found
		? `${found.name}${ofRights.includes(found.name) ? ' (rights)' : ''} is locked by ${found.by}`
		: 'a catalogue that it needs is locked; try again later';
}
