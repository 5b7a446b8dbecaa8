import {Socket} from 'node:net';
import type pg from 'pg';
import {expect, test} from 'vitest';
import {superuserOnly} from '../../../source/domain/session/rights.js';
import {type Order, targetOf} from '../../../source/domain/signal/target.js';
import {parts} from '../../../source/postgres/parts.js';
import {begin, prologue} from '../../../source/postgres/prologue.js';
import {backendsText} from '../../../source/postgres/queries/backends.js';
import {cutOf} from '../../../source/postgres/queries/cut.js';
import {inspectExtras, inspectText} from '../../../source/postgres/queries/inspect/inspect.js';
import {sessionLocksText} from '../../../source/postgres/queries/inspect/session-locks.js';
import {countersQuery} from '../../../source/postgres/queries/parts/counters.js';
import {
	recoveryQuery,
	selfQuery,
	startQuery,
	zoneQuery,
} from '../../../source/postgres/queries/parts/facts.js';
import {limitsQuery} from '../../../source/postgres/queries/parts/limits.js';
import {locksQuery, relationsQuery} from '../../../source/postgres/queries/parts/locks.js';
import {
	archiverQuery,
	receiverQuery,
	slotsQuery,
	standbysQuery,
	walQuery,
} from '../../../source/postgres/queries/parts/replication.js';
import {
	nextXidQuery,
	preparedQuery,
	vacuumsQuery,
	wraparoundQuery,
} from '../../../source/postgres/queries/parts/transactions.js';
import {readRights, rightsText, signalFunctions, toGrantee} from '../../../source/postgres/queries/rights.js';
import {
	calledFunctions,
	calledIn,
	guardFunctions,
	readTables,
} from '../../../source/postgres/queries/signal/called.js';
import {deniedText, readDenied} from '../../../source/postgres/queries/signal/denied.js';
import {locksText, lookText} from '../../../source/postgres/queries/signal/look.js';
import {signalText} from '../../../source/postgres/queries/signal/signal.js';
import {createSession} from '../../../source/postgres/session.js';
import {backend, noon} from '../../helpers/state/backend.js';

/** All that there are, and one that is not there yet. */
const majors = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

/** From this major on something stands there in place of what was there before. */
type Gate = readonly [from: number, before: string, since: string];

/** To a query that may be cancelled while it runs the same text in the same transaction. */
const order: Order = {
	number: 1,
	signal: 'cancel',
	target: targetOf(backend(1)),
	startedAt: noon,
	expiresAt: noon,
	work: 'query',
	asked: [],
};

const calledMeanings: Gate = [
	17,
	"has_function_privilege('pg_catalog.pg_lock_status()', 'execute'),",
	"has_function_privilege('pg_catalog.pg_lock_status()', 'execute'), has_function_privilege('pg_catalog.pg_get_wait_events()', 'execute'),",
];
const autovacuumRole =
	"(pg_has_role('pg_signal_autovacuum_worker', 'member') and not pg_has_role('pg_signal_autovacuum_worker', 'usage'))";
const signalRole =
	"(pg_has_role('pg_signal_backend', 'member') and not pg_has_role('pg_signal_backend', 'usage'))";

const hash: Gate = [11, 'hashtext(s.query)', 'hashtextextended(s.query, 0)'];
const calledHash: Gate = [11, 'pg_catalog.hashtext(text)', 'pg_catalog.hashtextextended(text, bigint)'];
const leader: Gate = [13, 's.pid, null, s.backend_type', 's.pid, s.leader_pid, s.backend_type'];
/** The last columns of a session. */
const queryId: Gate = [
	14,
	'null, s.backend_xid, s.backend_xmin',
	"case when s.state <> 'idle' then s.query_id end, s.backend_xid, s.backend_xmin",
];
const grantee: Gate = [18, signalRole, `${signalRole} or ${autovacuumRole}`];
const transactionTimeout: Gate = [
	17,
	'set local idle_in_transaction_session_timeout = 0',
	'set local idle_in_transaction_session_timeout = 0; set local transaction_timeout = 0',
];
const concurrently: Gate = [
	12,
	"(s.state = 'active' and false) is true",
	"(s.state = 'active' and s.pid in (select p.pid from pg_catalog.pg_stat_get_progress_info('CREATE INDEX') p where p.param1 in ('2'::int8, '4'::int8))) is true",
];

const waitStart: readonly Gate[] = [
	[14, 'order by pid', 'order by waitstart, pid'],
	[
		14,
		'null::int8[],',
		'case when not granted then (array_agg((extract(epoch from waitstart) * 1000000)::int8 order by waitstart, pid))[1:10000] end,',
	],
];

/** Everything that pgtop asks a server, and all that is not the same on every one: for 10, and what each major changes. */
const statements: Readonly<Record<string, {text(major: number): string; readonly gates: readonly Gate[]}>> = {
	prologue: {text: prologue, gates: [transactionTimeout]},
	'the beginning of a transaction': {text: major => begin(major, false), gates: [transactionTimeout]},
	'the beginning of one that is not logged': {
		text: major => begin(major, true),
		gates: [
			[
				13,
				'set local log_duration = off',
				'set local log_duration = off; set local log_min_duration_sample = -1',
			],
			transactionTimeout,
		],
	},
	'the sessions': {
		text: major => backendsText(major, parts),
		gates: [
			[
				11,
				"hashtext(case when s.state <> 'idle' then s.query end)",
				"hashtextextended(case when s.state <> 'idle' then s.query end, 0)",
			],
			leader,
			queryId,
		],
	},
	'the sessions with the last queries of idle ones': {
		text: major => backendsText(major, parts, [1, 2]),
		gates: [
			[
				11,
				"hashtext(case when s.state <> 'idle' then s.query end)",
				"hashtextextended(case when s.state <> 'idle' then s.query end, 0)",
			],
			leader,
			queryId,
		],
	},
	'the counters': {text: major => countersQuery.text({major}), gates: []},
	'the recovery': {text: major => recoveryQuery.text({major}), gates: []},
	'the start': {text: major => startQuery.text({major}), gates: []},
	'the zone': {text: major => zoneQuery.text({major}), gates: []},
	'the names of ourselves': {text: major => selfQuery.text({major}), gates: []},
	'the place in the WAL': {text: major => walQuery.text({major}), gates: []},
	'the next transaction id': {text: major => nextXidQuery.text({major}), gates: []},
	'the limits': {
		text: major => limitsQuery.text({major}),
		gates: [
			[
				13,
				'null, encode(textsend(current',
				"current_setting('max_slot_wal_keep_size'), encode(textsend(current",
			],
			[
				14,
				'null, null, current',
				"current_setting('vacuum_failsafe_age'), current_setting('vacuum_multixact_failsafe_age'), current",
			],
			[16, 'null,', "current_setting('reserved_connections'),"],
		],
	},
	'the oldest ids': {text: major => wraparoundQuery.text({major}), gates: []},
	'the slots': {text: major => slotsQuery.text({major}), gates: [[13, 'null,', 's.wal_status,']]},
	'the standbys': {text: major => standbysQuery.text({major}), gates: []},
	'the replay': {text: major => receiverQuery.text({major}), gates: []},
	'the archiver': {text: major => archiverQuery.text({major}), gates: []},
	'the prepared transactions': {text: major => preparedQuery.text({major}), gates: []},
	'who waits for whom': {text: major => locksQuery.text({major}), gates: waitStart},
	'the names of locked tables': {text: major => relationsQuery.text({major}), gates: []},
	'the running VACUUMs': {text: major => vacuumsQuery.text({major}), gates: []},
	'the details': {
		text: major =>
			inspectText(
				{pids: [1], isWhole: true, wanted: parts, extras: inspectExtras},
				{major, queryLimit: 1024},
			),
		gates: [
			[
				13,
				'greatest(age(r.xmin), age(r.catalog_xmin)) >= greatest(age(s.backend_xid), age(s.backend_xmin))',
				"greatest(age(r.xmin), age(r.catalog_xmin)) >= greatest(age(s.backend_xid), age(s.backend_xmin)) and r.wal_status is distinct from 'lost'",
			],
			[
				11,
				'hashtext(case when s.backend_type is not null then s.query end)',
				'hashtextextended(case when s.backend_type is not null then s.query end, 0)',
			],
			concurrently,
			[
				12,
				'then s.sslcipher end, null, null, null,',
				"then s.sslcipher end, s.gss_auth, s.gss_enc, encode(textsend(s.gss_princ), 'escape'),",
			],
			leader,
			[
				13,
				"(s.pid in (select p.pid from pg_stat_get_progress_info('VACUUM') p)) is true",
				"(s.pid in (select p.pid from pg_stat_get_progress_info('VACUUM') p) or s.leader_pid in (select p.pid from pg_stat_get_progress_info('VACUUM') p)) is true",
			],
			queryId,
			[
				14,
				"encode(textsend(s.gss_princ), 'escape'), null,",
				"encode(textsend(s.gss_princ), 'escape'), s.query_id,",
			],
			[
				17,
				') end, null, pg_backend_pid()',
				') end, (select w.description from pg_get_wait_events() w where w.type = s.wait_event_type and w.name = s.wait_event limit 1), pg_backend_pid()',
			],
		],
	},
	'the locks of a session': {
		text: major => sessionLocksText(1, major, true),
		gates: [
			[
				13,
				"l.pid = '1'::int4",
				"l.pid in (select s.pid from pg_stat_get_activity(null) s where '1'::int4 in (s.pid, s.leader_pid))",
			],
			[14, 'l.count, null,', 'l.count, (extract(epoch from l.waitstart) * 1000000)::int8,'],
			[14, 'count(*) as count', 'count(*) as count, min(l.waitstart) as waitstart'],
		],
	},
	'a look': {text: major => lookText([1, 2], major, parts), gates: [hash]},
	'the locks': {text: major => locksText(1, major, parts), gates: [hash]},
	'a signal': {text: major => signalText(order, major, 1024), gates: [hash, concurrently]},
	'a signal that is not sent': {
		text: major => signalText(order, major, 1024, true),
		gates: [hash, concurrently],
	},
	'what was missing for a signal': {
		text: major => deniedText(1, 'cancel', calledIn(signalText(order, major, 1024), major), major, parts),
		gates: [
			calledHash,
			[
				12,
				"has_function_privilege('pg_catalog.hashtextextended(text, bigint)', 'execute'),",
				"has_function_privilege('pg_catalog.hashtextextended(text, bigint)', 'execute'), has_function_privilege('pg_catalog.pg_stat_get_progress_info(text)', 'execute'),",
			],
			grantee,
			[
				18,
				"pg_has_role(s.usesysid, 'usage'), null,",
				"pg_has_role(s.usesysid, 'usage'), pg_has_role('pg_signal_autovacuum_worker', 'usage'),",
			],
		],
	},
	'the rights': {
		text: major => rightsText(major, parts, true),
		gates: [
			calledHash,
			[
				12,
				"current_setting('log_duration'), null,",
				"current_setting('log_duration'), current_setting('log_transaction_sample_rate'),",
			],
			[
				13,
				"current_setting('log_transaction_sample_rate'), null, null,",
				"current_setting('log_transaction_sample_rate'), current_setting('log_min_duration_sample'), current_setting('log_statement_sample_rate'),",
			],
			calledMeanings,
			grantee,
			[
				18,
				"pg_has_role('pg_signal_backend', 'usage'), null,",
				"pg_has_role('pg_signal_backend', 'usage'), pg_has_role('pg_signal_autovacuum_worker', 'usage'),",
			],
		],
	},
	'the rights without settings': {
		text: major => rightsText(major, parts, false),
		gates: [
			calledHash,
			calledMeanings,
			grantee,
			[
				18,
				"pg_has_role('pg_signal_backend', 'usage'), null,",
				"pg_has_role('pg_signal_backend', 'usage'), pg_has_role('pg_signal_autovacuum_worker', 'usage'),",
			],
		],
	},
	'what the guard calls': {
		text: major => guardFunctions(major).join(', '),
		gates: [
			calledHash,
			[
				12,
				'pg_catalog.hashtextextended(text, bigint)',
				'pg_catalog.hashtextextended(text, bigint), pg_catalog.pg_stat_get_progress_info(text)',
			],
		],
	},
	'what is called': {
		text: major => calledFunctions(major).join(', '),
		gates: [
			calledHash,
			[17, 'pg_catalog.pg_lock_status()', 'pg_catalog.pg_lock_status(), pg_catalog.pg_get_wait_events()'],
		],
	},
	'what cancels': {text: major => signalFunctions(major).cancel, gates: []},
	'what terminates': {
		text: major => signalFunctions(major).terminate,
		gates: [[14, 'pg_terminate_backend(integer)', 'pg_terminate_backend(integer, bigint)']],
	},
};

const onOneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

test.each(Object.entries(statements))(
	'%s: on every major as on the one before, but for what begins there',
	(_, {text, gates}) => {
		for (const major of majors.slice(1)) {
			const changed = gates
				.filter(([from]) => from === major)
				.reduce(
					(before, [, was, is]) => {
						expect(before, `PostgreSQL ${major - 1}`).toContain(was);
						return before.replaceAll(was, is);
					},
					onOneLine(text(major - 1)),
				);
			expect(onOneLine(text(major)), `PostgreSQL ${major}`).toBe(changed);
		}
	},
);

/** What every picture needs, and what is as good as part of the language. `v` is no function, but a list of values. */
const taken = new Set(
	`pg_stat_get_activity pg_backend_pid clock_timestamp extract age mxid_age pg_has_role has_function_privilege
	has_table_privilege pg_cancel_backend pg_terminate_backend any coalesce greatest count sum min max array_agg v`.split(
		/\s+/,
	),
);

/** The rights themselves are read from pg_roles. */
const readable: ReadonlySet<string> = new Set([...readTables, 'pg_catalog.pg_roles']);

const matchesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

test.each(Object.entries(statements))(
	'%s: calls and reads nothing but what the rights tell of',
	(_, {text}) => {
		for (const major of majors) {
			// What is only named stands in quotes.
			const code = onOneLine(text(major)).replaceAll(/'[^']*'|pg_catalog\./g, '');
			const listed = calledFunctions(major).flatMap(signature => matchesIn(signature, /(\w+)\(/g));
			const called = matchesIn(code, /\b([a-z]\w*)\(/g);
			const unlisted = called.filter(name => !listed.includes(name) && !taken.has(name));
			expect(unlisted, `PostgreSQL ${major}`).toEqual([]);
			const read = matchesIn(code, /\b(?:from|join) (pg_\w+)\b(?!\()/g);
			expect(
				read.filter(name => !readable.has(`pg_catalog.${name}`)),
				`PostgreSQL ${major}`,
			).toEqual([]);
		}
	},
);

const told = {encoding: 'UTF8', queryLimit: 1024, querySize: '1kB'};

/** Of a role that has the rights of pg_read_all_stats and pg_signal_backend. */
const rightsOf = (major: number) =>
	readRights([['dba', true, true, false, true, true, 'off', true, true, null, null, false, null]], {
		...told,
		major,
	});

const denied = (major: number, type: string | null) =>
	readDenied([['dba', true, true, false, true, type, null, null, true, false]], 'cancel', [], {
		...told,
		major,
	});

type Query = {readonly text: string; callback(error: null, result: {readonly rows: unknown[]}): void};

/** How many messages a statement alone is written in. */
function messagesOf(major: number): number {
	const sent: string[] = [];
	const client = {
		on() {},
		connection: {stream: new Socket()},
		query({text, callback}: Query) {
			sent.push(text);
			callback(null, {rows: []});
		},
	} as unknown as pg.Client;
	void createSession(client, major, false).message('select 1');
	return sent.length;
}

/** What is made of the same answer, or done with the same statement, before a major and since. */
test.each<[what: string, from: number, before: unknown, since: unknown, read: (major: number) => unknown]>([
	[
		'a text is cut at a character of its own database, and since 11 of the one that asks',
		11,
		{isSure: false, size: '1kB'},
		undefined,
		major => cutOf(1022, {...told, major, encoding: 'LATIN1'}, 'UTF8'),
	],
	[
		'what belongs to nobody is reached with pg_signal_backend on 10',
		11,
		'all',
		'none',
		major => rightsOf(major).signalsOwnerless,
	],
	[
		'autovacuum workers have a role of their own since 18',
		18,
		false,
		true,
		major => rightsOf(major).hasAutovacuumRole,
	],
	[
		'a role that inherits nothing has to be altered, and since 16 be granted with an option',
		16,
		'attribute',
		'option',
		major => toGrantee(['dba', true, false, false], {...told, major}).inheritsBy,
	],
	[
		'a membership without its rights is one of 16 and later',
		16,
		'itself',
		'option',
		major => toGrantee(['dba', true, true, true], {...told, major}).inheritsBy,
	],
	[
		'an autovacuum worker that was denied is for superusers, and since 18 for those with its role',
		18,
		superuserOnly,
		'needs GRANT pg_signal_autovacuum_worker TO "dba"',
		major => denied(major, 'autovacuum worker'),
	],
	[
		'of what is hidden and belongs to nobody, since 18 the server alone can tell',
		18,
		superuserOnly,
		undefined,
		major => denied(major, null),
	],
	[
		'a limit that is set in the message of the statement holds since 13: before that it takes three',
		13,
		3,
		1,
		messagesOf,
	],
])('%s', (_, from, before, since, read) => {
	expect(majors.map(major => [major, read(major)])).toEqual(
		majors.map(major => [major, major < from ? before : since]),
	);
});
