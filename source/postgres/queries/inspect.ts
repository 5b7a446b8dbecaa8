import type {Part} from '../../domain/server/snapshot.js';
import type {Inspected} from '../../domain/session/inspection.js';
import {guardedReasons} from '../../domain/signal/verdict/reason.js';
import {clean, cleanLines} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import type {Hello} from '../hello.js';
import {joinsOf} from '../parts.js';
import {backendColumns, backendWidth, firstWithLeader, toBackend} from './backends.js';
import {given} from './given.js';
import {integer, micros, numberOf, toInteger, toNumber, toText, toWhole} from './integer.js';
import type {Names} from './names.js';
import type {Cells} from './query.js';
import {reasonText} from './signal/guard.js';
import {answererColumns, toAnswerer} from './signal/look.js';

/** Transactions until the server refuses to hand out more: 2^31 less what it keeps back. */
const wraparoundLimit = 2_146_483_648;

/** What only this statement reads, and may be refused apart from all else: ages in transactions, and reasons to ask. */
type Extra = 'ages' | 'reasons';

/** Which extras to ask for, first all of them. The guard still looks at reasons that are left out here. */
export const inspectWays: readonly (readonly Extra[])[] = [['ages', 'reasons'], ['reasons'], ['ages'], []];

/** Null for a session that this role may not see: its text would be `<insufficient privilege>`. */
const queryText = 'case when s.backend_type is not null then s.query end';

/** Whether VACUUM is at work on a table, in the session or in its leader. */
const vacuuming = (major: number) =>
	`exists (select from pg_stat_get_progress_info('VACUUM') p where p.pid ${major >= firstWithLeader ? 'in (s.pid, s.leader_pid)' : '= s.pid'})`;

/** Everything about one session, read for its pid alone. `isWhole`: somebody looks at the whole text of its query. */
export const inspectText = (
	pid: number,
	isWhole: boolean,
	{major, queryLimit}: Pick<Hello, 'major' | 'queryLimit'>,
	wanted: readonly Part[],
	extras: readonly Extra[],
) => `
	select ${backendColumns(major, queryText, wanted)},
	       ${micros('clock_timestamp()')},
	       s.backend_xid,
	       ${given(extras, 'ages', 'age(s.backend_xmin)')},
	       ${given(extras, 'reasons', vacuuming(major))},
	       ${given(wanted, 'applications', "encode(textsend(s.client_hostname), 'escape')")},
	       case when s.ssl then s.sslversion end,
	       ${major >= 14 ? 's.query_id' : 'null'},
	       ${isWhole ? given(wanted, 'texts', `encode(textsend(${queryText}), 'escape')`) : 'null'},
	       ${wanted.includes('databases') ? given(extras, 'ages', 'greatest(age(d.datfrozenxid), mxid_age(d.datminmxid))') : 'null'},
	       ${answererColumns(wanted)},
	       ${guardedReasons.map(reason => given(extras, 'reasons', reasonText(reason, major, queryLimit))).join(',\n\t       ')}
	  from (values (${integer(pid, 'int4')})) v(pid)
	  left join lateral pg_stat_get_activity(v.pid) s on true${joinsOf(wanted)}`;

/** Names are in the encoding of our own database. */
export function readInspected(
	pid: number,
	row: Cells,
	told: Hello,
	names: Names,
	wanted: readonly Part[],
): Inspected {
	const {encoding} = told;
	const [at, xid, xminAge, isVacuuming, hostname, tls, queryId, text, frozenAge, own, started, ...reasons] =
		row.slice(backendWidth);
	const answerer = toAnswerer(pid, [own, started]);
	if (row[0] === null) return {pid, ...answerer};
	const age = toNumber(frozenAge);
	const port = toNumber(row[10]);
	const whole = toWhole(text);
	const database = names.databases.get(toNumber(row[4]) ?? 0)?.encoding ?? 'SQL_ASCII';
	const name = toText(hostname);
	const [transaction, query] = [toInteger(xid), toInteger(queryId)];
	return {
		pid,
		...answerer,
		inspection: {
			at: numberOf(at),
			backend: toBackend(row, told, names, wanted),
			...answerer,
			reasons: guardedReasons.filter((_, index) => reasons[index] === true),
			...(transaction !== undefined && {xid: transaction}),
			// No age is told where a VACUUM can't be told from what holds one back.
			...(xminAge !== null && isVacuuming !== null && {xminAge: numberOf(xminAge)}),
			...(isVacuuming === true && {isVacuuming}),
			...(name !== undefined && {clientHostname: clean(decodeBytes(name, encoding))}),
			...(port !== undefined && port > 0 && {clientPort: port}),
			...(typeof tls === 'string' && {tls: clean(tls)}),
			...(query !== undefined && {queryId: query}),
			...(whole !== undefined && {text: cleanLines(decodeBytes(whole, database))}),
			...(age !== undefined && {wraparound: age / wraparoundLimit}),
		},
	};
}
