import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/backend.js';
import {type Verdict, verdictOn} from '../../../source/domain/signal/verdict.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
	second,
} from '../../helpers/backend.js';

const verdict = (signal: 'cancel' | 'terminate', one: Backend) => verdictOn(signal, one, ownPid, noon);
const waiting = (type: string, name: string) => ({wait: {type, name}});

test.each<[what: string, one: Backend, c: Verdict['type'], k: Verdict['type']]>([
	['an active session', backend(1), 'go', 'go'],
	['a session in a fastpath call', backend(1, {state: 'fastpath function call'}), 'go', 'go'],
	['a session that waits for a lock', backend(1, waiting('Lock', 'transactionid')), 'go', 'go'],
	['an idle session', idleBackend(1), 'refuse', 'go'],
	['a session idle in transaction', backend(1, {state: 'idle in transaction'}), 'refuse', 'go'],
	['an aborted one', backend(1, {state: 'idle in transaction (aborted)'}), 'refuse', 'go'],
	['one that is starting', backend(1, {state: 'starting'}), 'refuse', 'go'],
	['one that is not tracked', backend(1, {state: 'disabled'}), 'ask', 'go'],
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
		'prepare commit_prepared as select 1',
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

test('comments in front of a statement, however many, take no time', () => {
	const query = `${'/*a*/ '.repeat(24)}select 1`;
	const start = performance.now();
	expect(verdict('terminate', backend(1, {query})).type).toBe('go');
	expect(performance.now() - start).toBeLessThan(100);
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

	test('names the key that would be pressed', () => {
		const committing = backend(1, waiting('IPC', 'SyncRep'));
		expect(verdict('cancel', committing)).toMatchObject({
			why: expect.stringContaining('c only ends the wait for the standby'),
		});
		expect(verdict('terminate', committing)).toMatchObject({
			why: expect.stringContaining('k only ends the wait for the standby'),
		});
	});
});
