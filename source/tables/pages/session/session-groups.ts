import type {ServerFacts, Snapshot} from '../../../domain/server/snapshot.js';
import type {Backend} from '../../../domain/session/backend.js';
import type {Inspection} from '../../../domain/session/inspection.js';
import type {ProcessUse} from '../../../domain/session/process-use.js';
import type {SeenStatement} from '../../../domain/session/seen.js';
import {states} from '../../../domain/session/states.js';
import {
	type Age,
	ageSince,
	isFastpath,
	isRunning,
	queryAge,
	stateAge,
	xactAge,
} from '../../../domain/session/time.js';
import {cutWords} from '../../../domain/session/words/shown-text.js';
import {snapshotWords} from '../../../domain/session/words/snapshot-words.js';
import {tookWords} from '../../../domain/session/words/took-words.js';
import {waitWords} from '../../../domain/session/words/wait-words.js';
import {age, dataWords, percent} from '../../../domain/text/format.js';
import type {Field} from '../page.js';
import {blockRows, heldRows} from './lock-rows.js';

/** A row whose value may not be known: then it is left out. */
type Row = readonly [name: string, value: string | undefined];

const ago = (since: Age) => (since === undefined ? '-' : age(since));

const isDisabled = ({state}: Backend) => state === states.disabled;

function stateWords(backend: Backend, at: number): string | undefined {
	if (isDisabled(backend)) return 'disabled: track_activities is off for it';
	return backend.state && `${backend.state} for ${ago(stateAge(backend, at))}`;
}

function waitOf({backend: {wait}, waitMeaning}: Inspection): string | undefined {
	if (!wait) return undefined;
	const meaning = waitMeaning ?? waitWords(wait);
	return `${wait.type}:${wait.name}${meaning === undefined ? '' : `: ${meaning}`}`;
}

/** How long the query runs; of one that has ended, when, and how long it ran. */
function queryTimes(backend: Backend, at: number): string {
	const runs = queryAge(backend, at);
	if (runs !== undefined) return `running for ${age(runs)}`;
	if (isFastpath(backend)) return 'the one before a fastpath call';
	const {queryStart, stateChange} = backend;
	if (isRunning(backend) || queryStart === undefined || stateChange === undefined) return 'ended';
	const ran = stateChange - queryStart;
	return `ended ${ago(stateAge(backend, at))} ago${ran < 0 ? '' : `, it ran ${age(ran)}`}`;
}

function queryWords(backend: Backend, at: number): string | undefined {
	const {query, isUnread} = backend;
	if (isDisabled(backend)) return 'not tracked';
	if (!query) return isUnread && "can't be read";
	// A process that runs no queries.
	if (query.bytes === 0) return undefined;
	const cut = query.cut ? `, ${cutWords(query.cut)}` : '';
	return `${queryTimes(backend, at)}, ${query.bytes} bytes${cut}`;
}

const nowRows = (read: Inspection, picture: Snapshot | undefined): readonly Row[] => [
	['state', stateWords(read.backend, read.at)],
	['wait', waitOf(read)],
	...blockRows(read, picture),
	['query', queryWords(read.backend, read.at)],
];

/** Newest first: how long ago each was seen last, and how long it ran. */
const beforeRows = ({at}: Inspection, seen: readonly SeenStatement[]): readonly Row[] =>
	seen.toReversed().map(statement => {
		const {endedAt, lastRun, text} = statement;
		return [`${age(ageSince(endedAt ?? lastRun, at) ?? 0)} ago`, `ran ${tookWords(statement)}: ${text}`];
	});

function transactionRows(read: Inspection, recovery: ServerFacts['recovery']): readonly Row[] {
	const {backend, at, xid, isOldest, wraparound} = read;
	const snapshot = snapshotWords(read, recovery);
	// Without an xid, ending the session loses nothing that was written.
	const written = xid === undefined ? '' : `, has written, xid ${xid}`;
	const holds =
		snapshot === undefined && xid !== undefined && isOldest && recovery === 'PRIMARY'
			? "none, but it has written: vacuum can't clean up behind it"
			: undefined;
	return [
		['open', backend.xactStart === undefined ? undefined : `for ${ago(xactAge(backend, at))}${written}`],
		['snapshot', snapshot ?? holds],
		['wraparound', wraparound === undefined ? undefined : `its database is at ${percent(wraparound)}`],
	];
}

const whoRows = ({backend, at, queryId}: Inspection): readonly Row[] => [
	['user', backend.user],
	['database', backend.database],
	['application', backend.application],
	['type', backend.type],
	['leader', backend.leaderPid?.toString()],
	[
		'connected',
		backend.backendStart === undefined ? undefined : `${ago(ageSince(backend.backendStart, at))} ago`,
	],
	['query id', queryId],
];

function clientRows({backend, clientPort, clientHostname, tls, gss}: Inspection): readonly Row[] {
	const isRemote = clientPort !== undefined;
	const byGss = gss && (gss.isEncrypted ? 'by GSSAPI' : undefined);
	const byTls = tls && [tls.version, tls.cipher].filter(part => part !== undefined).join(' ');
	return [
		['address', isRemote ? `${backend.client ?? '?'} port ${clientPort}` : backend.client],
		['host name', clientHostname],
		['encrypted', byTls ?? byGss ?? (isRemote && backend.isVisible ? 'no' : undefined)],
		['GSSAPI', gss && (gss.principal ?? 'used')],
	];
}

function processRow({cpu, memory, read, written}: ProcessUse): Row {
	const known = [
		cpu === undefined ? [] : [`CPU ${percent(cpu, 0)}`],
		memory === undefined ? [] : [`memory ${dataWords(memory)}`],
		read === undefined ? [] : [`reads ${dataWords(read)}/s`],
		written === undefined ? [] : [`writes ${dataWords(written)}/s`],
	];
	return ['uses', known.flat().join('  ')];
}

/** Rows of a group, of those that are known. */
export function groupOf(group: string, rows: readonly Row[]): readonly Field[] {
	const known = rows.flatMap(([name, value]) =>
		value === undefined || value === '' ? [] : [{name, value: String(value)}],
	);
	return known.map((field, index) => (index === 0 ? {...field, group} : field));
}

type Known = {
	/** Who else there is. */
	readonly picture: Snapshot | undefined;
	readonly seen: readonly SeenStatement[];
	readonly use: ProcessUse | undefined;
};

/** What a session does and did, and who it is: what decides comes first. */
export const sessionGroups = (
	read: Inspection,
	{picture, seen, use}: Known,
): {readonly does: readonly Field[]; readonly is: readonly Field[]} => ({
	does: [
		...groupOf('now', nowRows(read, picture)),
		...groupOf('before', beforeRows(read, seen)),
		...groupOf('transaction', transactionRows(read, picture?.server.recovery)),
		...groupOf('locks', heldRows(read)),
	],
	is: [
		...groupOf('who', whoRows(read)),
		...groupOf('client', clientRows(read)),
		...groupOf('process', use ? [processRow(use)] : []),
	],
});
