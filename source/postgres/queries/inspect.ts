import type {Inspected} from '../../domain/inspection.js';
import {clean, cleanLines} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {backendColumns, backendWidth, databaseJoin, toBackend} from './backends.js';
import {integer, micros, toNumber, toText} from './integer.js';
import type {Names} from './names.js';
import type {Cells} from './query.js';

/** Transactions until the server refuses to hand out more: 2^31 less what it keeps back. */
const wraparoundLimit = 2_146_483_648;

/** Of a session that this role may not see the text would be `<insufficient privilege>`. */
const queryText = 'case when s.backend_type is not null then s.query end';

/** Everything of one session, read for its pid alone; the whole text of its query only for who looks at it. */
export const inspectText = (pid: number, isWhole: boolean, major: number, hasNames: boolean) => `
	select ${backendColumns(major, queryText, hasNames)},
	       ${micros('clock_timestamp()')},
	       s.backend_xid,
	       age(s.backend_xmin),
	       encode(textsend(s.client_hostname), 'escape'),
	       case when s.ssl then s.sslversion end,
	       ${major >= 14 ? 's.query_id' : 'null'},
	       ${isWhole ? `encode(textsend(${queryText}), 'escape')` : 'null'},
	       ${hasNames ? 'greatest(age(d.datfrozenxid), mxid_age(d.datminmxid))' : 'null'}
	  from pg_stat_get_activity(${integer(pid, 'int4')}) s${hasNames ? databaseJoin : ''}`;

/** Names are in the encoding of our own database. */
export function readInspected(pid: number, row: Cells, encoding: string, names: Names): Inspected {
	const [at, xid, xminAge, hostname, tls, queryId, text, frozenAge] = row.slice(backendWidth);
	const age = toNumber(frozenAge);
	const port = toNumber(row[10]);
	const whole = toText(text);
	const database = names.databases.get(toNumber(row[4]) ?? 0)?.encoding ?? 'SQL_ASCII';
	const name = toText(hostname);
	return {
		pid,
		inspection: {
			at: Number(at),
			backend: toBackend(row, encoding, names),
			...(xid !== null && {xid: String(xid)}),
			...(xminAge !== null && {xminAge: Number(xminAge)}),
			...(name !== undefined && {clientHostname: clean(decodeBytes(name, encoding))}),
			...(port !== undefined && port > 0 && {clientPort: port}),
			...(typeof tls === 'string' && {tls: clean(tls)}),
			...(queryId !== null && {queryId: String(queryId)}),
			...(whole !== undefined && {text: cleanLines(decodeBytes(whole, database))}),
			...(age !== undefined && {wraparound: age / wraparoundLimit}),
		},
	};
}
