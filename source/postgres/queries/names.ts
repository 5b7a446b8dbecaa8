import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {toNumber, toText} from './integer.js';
import type {Cells} from './query.js';

type Database = {readonly name: string; readonly encoding: string};

/** Names by oid, safe to print, as they were last read. A picture without names uses them, when the catalogues are locked. */
export type Names = {
	readonly roles: Map<number, string>;
	readonly databases: Map<number, Database>;
};

/** Takes over the names in rows of `backendColumns`. */
export function remember({roles, databases}: Names, rows: readonly Cells[], encoding: string): void {
	const name = (escaped: string) => clean(decodeBytes(escaped, encoding));
	for (const row of rows) {
		const [userId, databaseId] = row.slice(3, 5).map(toNumber);
		const [user, database, own] = row.slice(5, 8).map(toText);
		if (userId && user !== undefined) roles.set(userId, name(user));
		if (databaseId && database !== undefined)
			databases.set(databaseId, {name: name(database), encoding: own ?? 'SQL_ASCII'});
	}
}
