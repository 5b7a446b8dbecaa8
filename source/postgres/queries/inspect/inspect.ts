import type {Part} from '../../../domain/server/snapshot.js';
import type {Inspected} from '../../../domain/session/inspection.js';
import {guardedReasons} from '../../../domain/signal/verdict/reason.js';
import type {Some} from '../../../domain/some.js';
import {clean, cleanLines} from '../../../domain/text/clean.js';
import {decodeBytes} from '../../../domain/text/decode-bytes.js';
import type {Hello} from '../../hello.js';
import {joinsOf} from '../../parts.js';
import {backendColumns, backendWidth, firstWithLeader, toBackend} from '../backends.js';
import {given} from '../given.js';
import {micros, numberOf, toClean, toInteger, toNumber, toText, toWhole} from '../integer.js';
import type {Names} from '../names.js';
import {locksQuery, readLocks} from '../parts/locks.js';
import type {Cells} from '../query.js';
import {sessionsOf} from '../sessions-of.js';
import {firstWithMeanings} from '../signal/called.js';
import {reasonText} from '../signal/guard.js';
import {answererColumns, toAnswerer} from '../signal/look.js';
import {readSessionLocks, sessionLocksText} from './session-locks.js';

/** Transactions until the server refuses to hand out more: 2^31 less what it keeps back. */
const wraparoundLimit = 2_146_483_648;

/** What may be refused apart from all else: ages in transactions, reasons to ask, who else keeps old rows, what a wait event means, who waits for whom, the locks of the session, and the names of what these are on. The guard still looks at reasons that are left out here. */
export const inspectExtras = [
	'ages',
	'reasons',
	'others',
	'meanings',
	'locks',
	'session locks',
	'lock names',
] as const;

export type InspectExtra = (typeof inspectExtras)[number];

/** Null for a session that this role may not see: its text would be `<insufficient privilege>`. */
const queryText = 'case when s.backend_type is not null then s.query end';

/** Whether VACUUM is at work on a table, in the session or in its leader. */
const vacuuming = (major: number) =>
	`(${['s.pid', ...(major >= firstWithLeader ? ['s.leader_pid'] : [])].map(pid => `${pid} in (select p.pid from pg_stat_get_progress_info('VACUUM') p)`).join(' or ')}) is true`;

const meaning =
	'(select w.description from pg_get_wait_events() w where w.type = s.wait_event_type and w.name = s.wait_event limit 1)';

/** How many transactions ago the oldest began that the session keeps rows for. */
const keptFor = 'greatest(age(s.backend_xid), age(s.backend_xmin))';

/** In 13 slots began to tell whether they are lost: for such a one nothing is kept any more. */
const firstWithWalStatus = 13;

/** Whether nobody keeps older rows than this session, or is the reason why it keeps them: a snapshot is as old as the oldest transaction that was open. A VACUUM of tables keeps none, whatever its snapshot is. */
const isOldest = (
	major: number,
) => `case when s.backend_xid is not null or s.backend_xmin is not null then not exists (
	         select from pg_stat_get_activity(null) o
	          where o.pid <> s.pid
	            and (age(o.backend_xmin) > ${keptFor} or age(o.backend_xid) >= ${keptFor})
	            and not exists (select from pg_stat_get_progress_info('VACUUM') p where p.pid = o.pid)
	       ) and not exists (
	         select from pg_get_replication_slots() r where greatest(age(r.xmin), age(r.catalog_xmin)) >= ${keptFor}${major >= firstWithWalStatus ? " and r.wal_status is distinct from 'lost'" : ''}
	       ) and not exists (
	         select from pg_prepared_xact() x where age(x.transaction) >= ${keptFor}
	       ) end`;

/** From this major on GSSAPI can be used, and encrypt. */
const firstWithGss = 12;

/** What is asked of sessions. */
export type InspectAsk = {
	readonly pids: Some<number>;
	/** Somebody looks at everything, with the whole text of the query: then it is about one session. */
	readonly isWhole: boolean;
	/** The parts that a picture can have. */
	readonly wanted: readonly Part[];
	readonly extras: readonly InspectExtra[];
};

type Told = Pick<Hello, 'major' | 'queryLimit'>;

const asksOwnLocks = ({isWhole, extras}: InspectAsk) => isWhole && extras.includes('session locks');

/** The statements that read everything about these sessions, in the order of `readInspected`. */
export const inspectTexts = (ask: InspectAsk, told: Told): readonly string[] => [
	inspectText(ask, told),
	ask.extras.includes('locks') ? locksQuery.text(told) : nothing,
	asksOwnLocks(ask) ? sessionLocksText(ask.pids[0], told.major, ask.extras.includes('lock names')) : nothing,
];

/** No row, and no column. */
const nothing = 'select where false';

/** All that stands in one row, read for these pids alone: one that no backend has gives a row of nulls. */
export const inspectText = ({pids, isWhole, wanted, extras}: InspectAsk, {major, queryLimit}: Told) => `
	select ${backendColumns(major, queryText, wanted)},
	       ${micros('clock_timestamp()')},
	       s.backend_xid,
	       ${given(extras, 'ages', 'age(s.backend_xmin)')},
	       ${given(extras, 'reasons', vacuuming(major))},
	       ${given(wanted, 'applications', "encode(textsend(s.client_hostname), 'escape')")},
	       case when s.ssl then s.sslversion end,
	       case when s.ssl then s.sslcipher end,
	       ${major >= firstWithGss ? 's.gss_auth, s.gss_enc' : 'null, null'},
	       ${major >= firstWithGss ? given(wanted, 'applications', "encode(textsend(s.gss_princ), 'escape')") : 'null'},
	       ${major >= 14 ? 's.query_id' : 'null'},
	       ${isWhole ? given(wanted, 'texts', `encode(textsend(${queryText}), 'escape')`) : 'null'},
	       ${wanted.includes('databases') ? given(extras, 'ages', 'greatest(age(d.datfrozenxid), mxid_age(d.datminmxid))') : 'null'},
	       ${isWhole ? given(extras, 'others', isOldest(major)) : 'null'},
	       ${isWhole && major >= firstWithMeanings ? given(extras, 'meanings', meaning) : 'null'},
	       ${answererColumns(wanted)},
	       ${guardedReasons.map(reason => given(extras, 'reasons', reasonText(reason, major, queryLimit))).join(',\n\t       ')}
	  from ${sessionsOf(pids)}${joinsOf(wanted)}
	 order by v.position`;

/** Reads the rows of `inspectTexts`, in the order of the pids. Names are in the encoding of our own database. */
export function readInspected(
	ask: InspectAsk,
	[rows = [], lockRows = [], ownLocks = []]: readonly (readonly Cells[])[],
	told: Hello,
	names: Names,
): readonly Inspected[] {
	// The graph of one and the same is made once for all sessions.
	const locks = lockRows.length > 0 ? readLocks(lockRows) : undefined;
	const sessionLocks = asksOwnLocks(ask) ? readSessionLocks(ownLocks, names, told.encoding) : undefined;
	return ask.pids.map((pid, index) => {
		const read = readSession(pid, rows[index] ?? [], ask.wanted, told, names);
		const {inspection} = read;
		return inspection
			? {
					...read,
					inspection: {...inspection, ...(locks && {locks}), ...(sessionLocks && {sessionLocks})},
				}
			: read;
	});
}

function readSession(pid: number, row: Cells, wanted: readonly Part[], told: Hello, names: Names): Inspected {
	const {encoding} = told;
	const [at, xid, xminAge, isVacuuming, hostname, ...others] = row.slice(backendWidth);
	const [tls, cipher, isByGss, isGssEncrypted, principal, queryId, text, frozenAge, ...more] = others;
	const [isOldest, meaning, own, started, ...reasons] = more;
	const answerer = toAnswerer(pid, [own, started]);
	if (row[0] === null) return {pid, ...answerer};
	const age = toNumber(frozenAge);
	const port = toNumber(row[10]);
	const whole = toWhole(text);
	const database = names.databases.get(toNumber(row[4]) ?? 0)?.encoding ?? 'SQL_ASCII';
	const name = toText(hostname);
	const [transaction, query] = [toInteger(xid), toInteger(queryId)];
	const [version, suite, means] = [tls, cipher, meaning].map(toClean);
	const who = toText(principal);
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
			...(isOldest === true && {isOldest}),
			...(version !== undefined && {tls: {version, ...(suite !== undefined && {cipher: suite})}}),
			...((isByGss === true || isGssEncrypted === true) && {
				gss: {
					isEncrypted: isGssEncrypted === true,
					...(who !== undefined && {principal: clean(decodeBytes(who, encoding))}),
				},
			}),
			...(means !== undefined && {waitMeaning: means}),
			...(query !== undefined && {queryId: query}),
			...(whole !== undefined && {text: cleanLines(decodeBytes(whole, database))}),
			...(age !== undefined && {wraparound: age / wraparoundLimit}),
		},
	};
}
