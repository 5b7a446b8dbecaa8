import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {
	askedBy,
	type GuardedReason,
	guardedReasons,
} from '../../../../source/domain/signal/verdict/reason.js';
import {doneHere, type Verdict, verdictOn} from '../../../../source/domain/signal/verdict/verdict.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
	second,
	unread,
} from '../../../helpers/state/backend.js';

const verdict = (signal: 'cancel' | 'terminate', one: Backend, seen: readonly GuardedReason[] = []) =>
	verdictOn(signal, one, ownPid, noon, seen);
const reasons = (signal: 'cancel' | 'terminate', one: Backend, seen: readonly GuardedReason[] = []) => {
	const asked = verdict(signal, one, seen);
	return asked.type === 'ask' ? asked.reasons : [];
};
const words = (signal: 'cancel' | 'terminate', one: Backend, seen: readonly GuardedReason[] = []) =>
	reasons(signal, one, seen).map(({text}) => text);
const waiting = (type: string, name: string) => ({wait: {type, name}});

test.each<[what: string, one: Backend, c: Verdict['type'], k: Verdict['type']]>([
	['an active session', backend(1), 'go', 'go'],
	['a session in a fastpath call', backend(1, {state: 'fastpath function call'}), 'go', 'go'],
	['a session that waits for a lock', backend(1, waiting('Lock', 'transactionid')), 'go', 'go'],
	['an idle session', idleBackend(1), 'refuse', 'go'],
	['a session idle in transaction', backend(1, {state: 'idle in transaction'}), 'refuse', 'go'],
	['an aborted one', backend(1, {state: 'idle in transaction (aborted)'}), 'refuse', 'go'],
	['one that is starting', backend(1, {state: 'starting'}), 'refuse', 'go'],
	['one that is not tracked', backend(1, {state: 'disabled'}), 'ask', 'ask'],
	['one in a state that is not known', backend(1, {state: 'dreaming'}), 'ask', 'ask'],
	['one without a state', backend(1, {state: undefined}), 'ask', 'ask'],
	['one that may not be seen', invisible(1), 'ask', 'ask'],
	['pgtop itself', backend(ownPid), 'refuse', 'refuse'],
	['pgtop itself where it may not be seen', invisible(ownPid), 'refuse', 'refuse'],
	['a parallel worker', processOf(1, 'parallel worker', {leaderPid: 2, state: 'active'}), 'refuse', 'refuse'],
	['a parallel worker of 10', processOf(1, 'parallel worker', {state: 'active'}), 'refuse', 'refuse'],
	['the checkpointer', processOf(1, 'checkpointer'), 'refuse', 'refuse'],
	['the walreceiver', processOf(1, 'walreceiver', {state: 'active'}), 'refuse', 'refuse'],
	['an io worker', processOf(1, 'io worker'), 'refuse', 'refuse'],
	['a walsender', processOf(1, 'walsender', {state: 'active'}), 'ask', 'ask'],
	['an autovacuum worker', processOf(1, 'autovacuum worker', {state: 'active'}), 'ask', 'ask'],
	['a launcher', processOf(1, 'autovacuum launcher'), 'ask', 'ask'],
	['a logical replication worker', processOf(1, 'logical replication worker'), 'ask', 'ask'],
	['a worker of an extension', processOf(1, 'background worker', {state: 'active'}), 'ask', 'ask'],
	['a type that is not known', processOf(1, 'slotsync worker'), 'ask', 'ask'],
	['a commit that waits for its standby', backend(1, waiting('IPC', 'SyncRep')), 'ask', 'ask'],
	['one that waits for another process', backend(1, waiting('IPC', 'BgWorkerShutdown')), 'go', 'go'],
	[
		'one whose event has that name, but another type',
		backend(1, waiting('Extension', 'SyncRep')),
		'go',
		'go',
	],
])('%s: c may %s, k may %s', (_, one, c, k) => {
	expect(verdict('cancel', one).type).toBe(c);
	expect(verdict('terminate', one).type).toBe(k);
});

describe.each(['cancel', 'terminate'] as const)('statements that a %s leaves half done', signal => {
	test.each([
		'CREATE INDEX CONCURRENTLY i ON t (a)',
		'create unique index concurrently if not exists i on t (a)',
		'REINDEX INDEX CONCURRENTLY i',
		'reindex (verbose) table concurrently t',
		'REINDEX (CONCURRENTLY) TABLE t',
		'DROP INDEX CONCURRENTLY i',
		'ALTER TABLE p DETACH PARTITION c CONCURRENTLY',
		'  -- why\n  /* and how */ CREATE\n\tINDEX\nCONCURRENTLY i ON t (a)',
		"COMMIT PREPARED 'gid'",
		"rollback  prepared 'gid'",
		"/* a */ COMMIT /* b */ PREPARED 'gid'",
		'-- how CREATE INDEX CONCURRENTLY i ON t (a)',
		// It can't be told from a statement after a comment: rather one question too many.
		'prepare commit_prepared as select 1',
		"SELECT 'commit prepared'",
		"SELECT 'create index concurrently'",
	])('%s: it asks', query => {
		expect(verdict(signal, backend(1, {query})).type).toBe('ask');
	});

	test.each([
		'CREATE INDEX i ON t (a)',
		'COMMIT',
		'ROLLBACK',
		'commit and chain',
		"PREPARE TRANSACTION 'gid'",
		'REFRESH MATERIALIZED VIEW CONCURRENTLY v',
		'',
	])('%s: it goes', query => {
		expect(verdict(signal, backend(1, {query})).type).toBe('go');
	});
});

test('what ran last does not count once it has ended', () => {
	const ended = {state: 'idle in transaction', query: 'CREATE INDEX CONCURRENTLY i ON t (a)'};
	expect(verdict('terminate', backend(1, ended)).type).toBe('go');
});

describe('the reason', () => {
	test.each<[signal: 'cancel' | 'terminate', one: Backend, why: string]>([
		['terminate', backend(ownPid), '9999 is pgtop itself'],
		['terminate', processOf(51, 'checkpointer'), "51 is the checkpointer: SQL can't signal it"],
		[
			'terminate',
			processOf(4402, 'parallel worker', {leaderPid: 4388}),
			'4402 is a worker of 4388: select 4388',
		],
		[
			'cancel',
			backend(1, {state: 'idle in transaction', age: 14 * minute + 2 * second}),
			'nothing to cancel: idle in transaction for 14m02s. k ends the session',
		],
		['cancel', idleBackend(4403), 'nothing to cancel: 4403 is idle. k ends the session'],
	])('of a %s', (signal, one, why) => {
		expect(verdict(signal, one)).toEqual({type: 'refuse', why});
	});
});

describe('a command that stands behind a comment longer than the server keeps', () => {
	const behind = (state: string): Backend => {
		const session = backend(1, {state, query: '/* a very long one'});
		return {...session, query: {...session.query, text: '', bytes: 1023, isBehindComment: true}};
	};

	test('is asked about while it runs, and not once it has ended', () => {
		expect(words('cancel', behind('active'))).toEqual([
			'its command stands behind a comment longer than the server keeps',
		]);
		expect(verdict('terminate', behind('idle in transaction')).type).toBe('go');
	});
});

describe('a query that can not be read', () => {
	test('is asked about while it runs, and not once it has ended', () => {
		for (const signal of ['cancel', 'terminate'] as const)
			expect(words(signal, unread(backend(1)))).toEqual([
				"its query can't be read: it may leave an invalid object, or be done already",
			]);
		expect(verdict('terminate', unread(backend(1, {state: 'idle in transaction'}))).type).toBe('go');
		expect(verdict('terminate', unread(idleBackend(1))).type).toBe('go');
	});

	test('is asked about beside what the server tells of it, which alone was asked about then', () => {
		const asked = reasons('cancel', unread(backend(1)), ['index']);
		expect(asked.map(({id}) => id)).toEqual(['index', 'unread']);
		expect(asked.flatMap(askedBy)).toEqual(['index', 'statement']);
		expect(reasons('cancel', unread(backend(1))).flatMap(askedBy)).toEqual([]);
	});

	test('is asked about beside what a process is', () => {
		const sender = unread(processOf(60, 'walsender', {state: 'active'}));
		expect(reasons('terminate', sender).map(({id}) => id)).toEqual(['unread', 'backup']);
	});

	test('may have committed, or not, where it waits for the standby', () => {
		expect(words('cancel', unread(backend(1, waiting('IPC', 'SyncRep'))))[0]).toContain('finished here');
	});
});

describe('what the server has told besides', () => {
	test.each<[told: GuardedReason, says: string]>([
		['standby', 'committed here'],
		['index', 'it works CONCURRENTLY'],
		['statement', 'CONCURRENTLY or PREPARED stands in its text'],
		['comment', 'behind a comment'],
	])('%s: is a reason, although the picture shows nothing of it', (told, says) => {
		for (const signal of ['cancel', 'terminate'] as const)
			expect(words(signal, backend(1), [told])).toEqual([expect.stringContaining(says)]);
	});

	test('counts for a process, too, beside what it is', () => {
		const worker = processOf(64, 'pg_cron', {state: 'active'});
		expect(reasons('terminate', worker, ['index']).map(({id}) => id)).toEqual(['index', 'kind']);
	});

	test('and what the text shows are one reason', () => {
		const building = backend(1, {query: 'CREATE INDEX CONCURRENTLY i ON t (a)'});
		expect(words('terminate', building, ['index', 'statement'])).toHaveLength(1);
		expect(words('terminate', backend(1, waiting('IPC', 'SyncRep')), ['standby'])).toHaveLength(1);
	});

	test('is held back by no more, once all that the question says was asked', () => {
		const one = backend(1, {query: 'create index concurrently i on t (a)', ...waiting('IPC', 'SyncRep')});
		const asked = reasons('terminate', one, guardedReasons).flatMap(askedBy);
		expect(new Set(asked)).toEqual(new Set(guardedReasons));
	});
});

describe('the words of the reason', () => {
	test.each<[query: string, says: string]>([
		['COMMIT', 'its transaction is committed here: k ends the session before the standby has it'],
		["INSERT INTO t SELECT 'a'", 'committed here'],
		["PREPARE TRANSACTION 'gid'", 'its transaction is prepared here: k ends the session'],
		["/* a */ prepare transaction 'gid'", 'finished here'],
		['', 'committed here'],
	])('of %j in SyncRep', (query, says) => {
		const [text] = words('terminate', backend(1, {query, ...waiting('IPC', 'SyncRep')}));
		expect(text).toContain(says);
	});

	test.each([
		["PREPARE TRANSACTION 'gid'", 'prepared'],
		["  prepare\n transaction 'gid'", 'prepared'],
		['commit', 'committed'],
		["ROLLBACK PREPARED 'gid'", 'rolled back'],
		["/* a */ rollback prepared 'gid'", 'finished'],
		["COMMIT PREPARED 'gid'", 'committed'],
		["-- first\nPREPARE TRANSACTION 'gid'", 'finished'],
		['prepare q as select 1', 'committed'],
	])('what %j has done here: %s', (query, done) => {
		expect(doneHere({query: {text: query, bytes: query.length}})).toBe(done);
	});

	test('name the key that would be pressed', () => {
		const committing = backend(1, waiting('IPC', 'SyncRep'));
		expect(words('cancel', committing)[0]).toContain('c only ends the wait for the standby');
		expect(words('terminate', committing)[0]).toContain('k ends the session before the standby has it');
	});

	test.each<[query: string, says: string]>([
		['create index concurrently i on t (a)', 'it works CONCURRENTLY: broken off it leaves an invalid object'],
		["commit prepared 'a'", 'it ends a prepared transaction, which may be done already'],
		['alter table p detach partition c concurrently', 'it works CONCURRENTLY'],
	])('of %s', (query, says) => {
		expect(words('cancel', backend(1, {query}))).toEqual([expect.stringContaining(says)]);
	});

	test.each([
		['one that may not be seen', invisible(1), /pg_read_all_stats/],
		['one that is not tracked', backend(1, {state: 'disabled'}), /track_activities is off/],
		['a state that is not known', backend(1, {state: 'dreaming'}), /dreaming/],
	])('of %s', (_, one, says) => {
		expect(words('terminate', one)).toEqual([expect.stringMatching(says)]);
	});

	test('fit 38 cells where there is no room, all of them', () => {
		const all = [
			invisible(1),
			backend(1, {state: 'disabled'}),
			backend(1, {state: 'dreaming'}),
			unread(backend(1)),
			...['PREPARE TRANSACTION 1', 'prepare a transaction', 'COMMIT'].map(query =>
				backend(1, {query, ...waiting('IPC', 'SyncRep')}),
			),
		].flatMap(one => reasons('terminate', one, guardedReasons));
		expect(all.length).toBeGreaterThan(12);
		for (const {short} of all) expect(short.length).toBeLessThanOrEqual(38);
	});
});
