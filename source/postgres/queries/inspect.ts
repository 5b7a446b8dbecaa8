import type {Inspected} from '../../domain/inspection.js';
import {clean, cleanLines} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {backendColumns, toBackend} from './backends.js';
import {integer, micros, toNumber, toText} from './integer.js';
import type {Cells} from './query.js';

/** Transactions until the server refuses to hand out more: 2^31 less what it keeps back. */
const wraparoundLimit = 2_146_483_648;

/** Everything of one session, read for its pid alone; the whole text of its query only for who looks at it. */
export const inspectText = (pid: number, isWhole: boolean, major: number) => `
	select ${backendColumns(major, 's.query')},
	       ${micros('clock_timestamp()')},
	       current_setting('server_encoding'),
	       s.backend_xid::text,
	       age(s.backend_xmin),
	       encode(textsend(s.client_hostname), 'escape'),
	       case when s.ssl then s.sslversion end,
	       ${major >= 14 ? 's.query_id' : 'null'},
	       ${isWhole ? "encode(textsend(s.query), 'escape')" : 'null'},
	       greatest(age(d.datfrozenxid), mxid_age(d.datminmxid))
	  from pg_stat_get_activity(${integer(pid, 'int4')}) s
	  left join pg_database d on d.oid = s.datid`;

export function readInspected(pid: number, [row]: readonly Cells[]): Inspected {
	if (!row) return {pid};
	const [at, encoding, xid, xminAge, hostname, tls, queryId, text, frozenAge] = row.slice(20);
	const age = toNumber(frozenAge);
	const port = toNumber(row[9]);
	const whole = toText(text);
	const database = toText(row[6]) ?? 'SQL_ASCII';
	const name = toText(hostname);
	return {
		pid,
		inspection: {
			at: Number(at),
			backend: toBackend(row, String(encoding)),
			...(typeof xid === 'string' && {xid}),
			...(xminAge !== null && {xminAge: Number(xminAge)}),
			...(name !== undefined && {clientHostname: clean(decodeBytes(name, String(encoding)))}),
			...(port !== undefined && port > 0 && {clientPort: port}),
			...(typeof tls === 'string' && {tls: clean(tls)}),
			...(queryId !== null && {queryId: String(queryId)}),
			...(whole !== undefined && {text: cleanLines(decodeBytes(whole, database))}),
			...(age !== undefined && {wraparound: age / wraparoundLimit}),
		},
	};
}
