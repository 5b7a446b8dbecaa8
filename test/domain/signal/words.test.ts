import {describe, expect, test} from 'vitest';
import type {Change, Outcome} from '../../../source/domain/signal/outcome.js';
import {keyOf, type Signal} from '../../../source/domain/signal/target.js';
import {heldBackBy} from '../../../source/domain/signal/verdict/reason.js';
import {outcomeSentence, sentenceWithPid} from '../../../source/domain/signal/words.js';
import {backend, hour, idleBackend, minute, noon, second, seenOf} from '../../helpers/state/backend.js';

const changed = (what: Change, now = backend(1)): Outcome => ({
	type: 'changed',
	what,
	seen: seenOf(now),
	at: noon,
});

const young = backend(1, {xactStart: noon - 300_000});
const wait = (type: string, name: string) => ({wait: {type, name}});

/** The pid stands before each of them. */
test.each<[outcome: Outcome, signal: Signal, seconds: number, words: string]>([
	[{type: 'ended'}, 'terminate', 0.2, 'ended 0.2s after k'],
	[{type: 'ended'}, 'terminate', 12, 'ended 12s after k'],
	[{type: 'ended'}, 'cancel', 0.4, 'ended 0.4s after c'],
	[{type: 'ended', isLate: true}, 'terminate', 33, 'was gone when looked at, 33s after k'],
	[{type: 'query ended', now: 'idle'}, 'cancel', 0.4, 'query ended 0.4s after c: idle now'],
	[
		{type: 'query ended', now: 'idle', isLate: true},
		'cancel',
		33,
		'query was over when looked at, 33s after c: idle now',
	],
	[{type: 'query ended', now: 'aborted'}, 'cancel', 0.4, 'query ended 0.4s after c: transaction aborted'],
	[
		{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 0}},
		'cancel',
		0.4,
		'query ended 0.4s after c: transaction aborted, locks released',
	],
	[
		{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 1}},
		'cancel',
		0.4,
		'query ended 0.4s after c: transaction aborted, still holds 1 advisory lock',
	],
	[
		{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 3}},
		'cancel',
		0.4,
		'query ended 0.4s after c: transaction aborted, still holds 3 advisory locks',
	],
	[
		{type: 'query ended', now: 'aborted', locks: {held: 2, advisory: 1}},
		'cancel',
		0.4,
		'query ended 0.4s after c: transaction aborted, still holds 3 locks',
	],
	[
		{type: 'query ended', now: 'aborted', locks: {held: 1, advisory: 0}},
		'cancel',
		0.4,
		'query ended 0.4s after c: transaction aborted, still holds 1 lock',
	],
	[
		{type: 'query ended', now: 'in transaction'},
		'cancel',
		0.4,
		'query ended 0.4s after c: still in its transaction. k ends it',
	],
	[
		{type: 'query ended', now: 'next transaction'},
		'cancel',
		0.4,
		'query ended 0.4s after c: it is in its next transaction now',
	],
	[
		{type: 'query ended', now: 'next query'},
		'cancel',
		0.4,
		'query ended 0.4s after c: it runs its next query now',
	],
	[
		{type: 'query ended', now: 'client waits'},
		'cancel',
		0.4,
		'query ended 0.4s after c: its client has not gone on',
	],
	[{type: 'query ended', now: 'other'}, 'cancel', 0.4, 'query ended 0.4s after c'],
	[
		{type: 'stopped waiting', done: 'committed'},
		'cancel',
		0.1,
		'stopped waiting for the standby 0.1s after c: committed here',
	],
	[
		{type: 'stopped waiting', done: 'prepared'},
		'cancel',
		0.1,
		'stopped waiting for the standby 0.1s after c: prepared here',
	],
	[
		{type: 'stopped waiting', done: 'finished', isLate: true},
		'cancel',
		9,
		'did not wait for the standby when looked at, 9.0s after c: finished here',
	],
	[{type: 'ended by k'}, 'cancel', 8.3, 'not seen to end in 8s, then k'],
	[{type: 'had ended already', isPidReused: false}, 'terminate', 0.1, 'had ended already'],
	[
		{type: 'had ended already', isPidReused: true},
		'terminate',
		0.1,
		"had ended already and its pid is another session's now",
	],
	[changed('query'), 'cancel', 0.1, 'runs another query now, not cancelled'],
	[changed('idle', idleBackend(1)), 'cancel', 0.1, 'has ended that query, idle now: nothing to cancel'],
	[
		changed('transaction', young),
		'terminate',
		0.1,
		'has ended that transaction, now active 0.3s. k again ends the session',
	],
	[
		changed('transaction', idleBackend(1)),
		'terminate',
		0.1,
		'has ended that transaction, now idle. k again ends the session',
	],
	[
		changed('transaction', backend(1, {state: 'idle in transaction (aborted)'})),
		'terminate',
		0.1,
		'has ended that transaction, now aborted. k again ends the session',
	],
	[
		changed('transaction begun', backend(1, {state: 'idle in transaction', xactStart: noon - 300_000})),
		'terminate',
		0.1,
		'has begun a transaction, now idle-tx. k again ends the session',
	],
	[
		changed('statement', idleBackend(1)),
		'terminate',
		0.1,
		'has ended that query, now idle. k again ends the session',
	],
	[
		changed('statement begun', backend(1, {xactStart: undefined})),
		'terminate',
		0.1,
		'has begun a query, now active. k again ends the session',
	],
	[
		changed('call', idleBackend(1)),
		'terminate',
		0.1,
		'has ended that call, now idle. k again ends the session',
	],
	[changed('login', idleBackend(1)), 'terminate', 0.1, 'has logged in, now idle. k again ends the session'],
	[
		{type: 'changed', what: 'transaction', isAsked: true, seen: seenOf(young), at: noon},
		'terminate',
		0.1,
		'has ended that transaction, now active 0.3s. y ends the session',
	],
	[
		{type: 'changed', what: 'query', isRepeated: true, seen: seenOf(backend(1)), at: noon},
		'cancel',
		0.1,
		'sends short queries: k ends the session',
	],
	[
		{type: 'held back', reasons: ['standby']},
		'cancel',
		0.1,
		'was not signalled: it waits for the standby by now',
	],
	[
		{type: 'held back', reasons: ['standby', 'comment']},
		'terminate',
		0.1,
		`was not signalled: ${heldBackBy.standby}, ${heldBackBy.comment}`,
	],
	[
		{type: 'too late', seconds: 4.1},
		'terminate',
		4.2,
		'was not signalled: the server got it 4.1s after the key',
	],
	[
		{type: 'too late', seconds: 4.25},
		'terminate',
		4.3,
		'was not signalled: the server got it 4.2s after the key',
	],
	[
		{type: 'denied', reason: 'must be a superuser'},
		'terminate',
		0.1,
		'was not signalled: must be a superuser',
	],
	[
		{type: 'denied', reason: 'permission denied', missing: 'needs GRANT pg_signal_backend TO dba'},
		'terminate',
		0.1,
		'was not signalled: needs GRANT pg_signal_backend TO dba',
	],
	[{type: 'failed', reason: 'out of memory'}, 'terminate', 0.1, 'was not signalled: out of memory'],
	[
		{type: 'no such process', warning: 'PID 1 is not a PostgreSQL backend process'},
		'terminate',
		0.1,
		'was not signalled: PID 1 is not a PostgreSQL backend process',
	],
	[{type: 'no such process', warning: ''}, 'terminate', 0.1, 'was not signalled: no such process'],
	[
		{type: 'still there', ...wait('IO', 'DataFileRead'), state: 'active'},
		'cancel',
		5,
		'still running, in IO:DataFileRead. k ends it',
	],
	[
		{type: 'still there', ...wait('IO', 'DataFileRead'), state: 'active'},
		'cancel',
		29,
		'still running after 29s, in IO:DataFileRead. k ends it',
	],
	[{type: 'still there', state: 'active'}, 'cancel', 5, 'still running. k ends it'],
	[
		{type: 'still there', ...wait('Client', 'ClientRead'), state: 'active', isWithClient: true},
		'cancel',
		5,
		'waits for its client: c has no effect there. k ends it',
	],
	[
		{type: 'still there', ...wait('Client', 'ClientRead'), state: 'active', isWithClient: true},
		'terminate',
		5,
		'still there after 5s, in Client:ClientRead',
	],
	[{type: 'still there'}, 'cancel', 5, "was signalled: what it does can't be seen"],
	[{type: 'still there', state: 'disabled'}, 'cancel', 5, "was signalled: what it does can't be seen"],
	[
		{type: 'still there', ...wait('Client', 'ClientWrite')},
		'terminate',
		5.004,
		'still there after 5s, in Client:ClientWrite',
	],
	[{type: 'still there'}, 'terminate', 30, 'still there after 30s'],
	[{type: 'not known'}, 'terminate', 0.1, 'may or may not have been signalled'],
	[{type: 'not known', since: 'gone'}, 'terminate', 3, 'may or may not have been signalled: it is gone now'],
	[
		{type: 'not known', since: 'there'},
		'terminate',
		3,
		'may or may not have been signalled: it is still there',
	],
	[
		{type: 'not known', since: 'query ended'},
		'cancel',
		3,
		'may or may not have been signalled: its query has ended',
	],
	[{type: 'other server', isSure: true}, 'terminate', 3, 'not known: another server, or it was restarted'],
	[{type: 'other server', isSure: false}, 'terminate', 3, 'not known: this may be another server'],
	[{type: 'crash'}, 'terminate', 3, 'was gone after the crash'],
	[{type: 'not seen'}, 'terminate', 3, 'was signalled, not seen to end'],
	[
		{type: 'not sent', who: '16005 app@appdb', statement: 'select 1'},
		'terminate',
		0,
		'would end 16005 app@appdb, nothing was sent',
	],
	[
		{type: 'not sent', who: '16005 app@appdb', statement: 'select 1'},
		'cancel',
		0,
		'would cancel the query of 16005 app@appdb, nothing was sent',
	],
	[
		{
			type: 'not sent',
			who: '1 app@appdb',
			statement: 'select 1',
			missing: 'needs GRANT pg_signal_backend TO dba',
		},
		'cancel',
		0,
		'would be refused: needs GRANT pg_signal_backend TO dba; nothing was sent',
	],
])('%j, %s, after %d s: %s', (outcome, signal, seconds, words) => {
	expect(outcomeSentence(outcome, signal, seconds)).toBe(words);
});

describe('where the sentence stands alone the pid stands before it, once', () => {
	test.each<[outcome: Outcome, words: string]>([
		[{type: 'ended'}, '4388 ended 0.2s after k'],
		[{type: 'other server', isSure: true}, '4388: not known: another server, or it was restarted'],
		[{type: 'crash'}, '4388 was gone after the crash'],
		[{type: 'not sent', who: '4388 app@appdb', statement: ''}, 'would end 4388 app@appdb, nothing was sent'],
		[
			{type: 'not sent', who: '4388 app@appdb', statement: '', missing: 'superuser only: nobody here can'},
			'4388 app@appdb would be refused: superuser only: nobody here can; nothing was sent',
		],
	])('%j', (outcome, words) => {
		expect(sentenceWithPid(4388, outcome, 'terminate', 0.2)).toBe(words);
	});
});

test('no time turns into another one on its way', () => {
	for (let tenths = 0; tenths < 100; tenths++) {
		const shown = (tenths / 10).toFixed(1);
		expect(outcomeSentence({type: 'ended'}, 'terminate', tenths / 10)).toBe(`ended ${shown}s after k`);
	}
});

test('a transaction that has gone on for long says so', () => {
	const long = backend(1, {xactStart: noon - 3 * hour - 5 * minute, queryStart: noon - second});
	expect(outcomeSentence(changed('transaction', long), 'terminate', 1)).toContain('now active 3h05m.');
});

test('the keys are c and k', () => {
	expect(keyOf).toEqual({cancel: 'c', terminate: 'k'});
});
