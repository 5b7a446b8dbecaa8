import {toNumber} from '../integer.js';
import type {Cells} from '../query.js';

/** The catalogues in which the server looks up who may signal whom, by oid. */
const catalogues: Readonly<Record<number, string>> = {1260: 'pg_authid', 1261: 'pg_auth_members'};

/** Who keeps these catalogues from being read. Names no table: a name would have to be looked up. */
export const rightsLocksText = `
	select l.relation::int8, l.pid
	  from pg_lock_status() l
	 where l.granted and l.mode = 'AccessExclusiveLock'
	   and l.database = 0 and l.relation in (${Object.keys(catalogues)
				.map(oid => `'${oid}'::oid`)
				.join(', ')})
	 order by 1`;

/** Reads the rows of `rightsLocksText`. Whoever held the lock may have let it go by then. */
export function rightsLockedWords([row]: readonly Cells[]): string {
	const [relation, pid] = (row ?? []).map(toNumber);
	const catalogue = catalogues[relation ?? 0];
	if (catalogue === undefined) return 'what tells the rights was locked. Press it again';
	return `${catalogue} (rights) is locked by ${pid ?? 'a prepared transaction'}`;
}
