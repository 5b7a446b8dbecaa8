import {expect, test} from 'vitest';
import type {Outcome} from '../../../source/domain/signal/outcome.js';
import {keyOf, type Signal} from '../../../source/domain/signal/target.js';
import {sentenceOf} from '../../../source/domain/signal/words.js';
import {backend, hour, idleBackend, minute, noon, second, seenOf} from '../../helpers/backend.js';

const changed = (
	what: 'query' | 'idle' | 'transaction' | 'transaction begun',
	now = backend(1),
): Outcome => ({
	type: 'changed',
	what,
	seen: seenOf(now),
	at: noon,
});

/** The pid stands before each of them. */
test.each<[outcome: Outcome, signal: Signal, seconds: number, words: string]>([
	[{type: 'ended'}, 'terminate', 0.2, 'ended 0.2s after k'],
	[{type: 'ended'}, 'terminate', 12, 'ended 12s after k'],
	[{type: 'ended'}, 'cancel', 0.4, 'ended 0.4s after c'],
	[{type: 'cancelled', now: 'idle'}, 'cancel', 0.4, 'query ended 0.4s after c: idle now'],
	[
		{type: 'cancelled', now: 'aborted'},
		'cancel',
		0.4,
		'query ended 0.4s after c: transaction aborted, locks released',
	],
	[
		{type: 'cancelled', now: 'in transaction'},
		'cancel',
		0.4,
		'query ended 0.4s after c: still in its transaction. k ends it',
	],
	[
		{type: 'cancelled', now: 'next query'},
		'cancel',
		0.4,
		'query ended 0.4s after c: it runs its next query now',
	],
	[{type: 'cancelled', now: 'other'}, 'cancel', 0.4, 'query ended 0.4s after c'],
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
		changed('transaction', backend(1, {xactStart: noon - 300_000})),
		'terminate',
		0.1,
		'has ended that transaction, now active 0.3s. k again ends it',
	],
	[
		changed('transaction', idleBackend(1)),
		'terminate',
		0.1,
		'has ended that transaction, now idle. k again ends it',
	],
	[
		changed('transaction', backend(1, {state: 'idle in transaction (aborted)'})),
		'terminate',
		0.1,
		'has ended that transaction, now aborted. k again ends it',
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
	[{type: 'failed', reason: 'out of memory'}, 'terminate', 0.1, 'was not signalled: out of memory'],
	[
		{type: 'no such process', warning: 'PID 1 is not a PostgreSQL backend process'},
		'terminate',
		0.1,
		'was not signalled: PID 1 is not a PostgreSQL backend process',
	],
	[
		{type: 'still there', wait: {type: 'IO', name: 'DataFileRead'}, state: 'active'},
		'cancel',
		5,
		'still running, in IO:DataFileRead. k ends it',
	],
	[{type: 'still there', state: 'active'}, 'cancel', 5, 'still running. k ends it'],
	[{type: 'still there'}, 'cancel', 5, "was signalled: what it does can't be seen"],
	[
		{type: 'still there', wait: {type: 'Client', name: 'ClientWrite'}},
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
	[
		{type: 'denied', reason: 'permission denied', missing: 'GRANT pg_signal_backend TO dba'},
		'terminate',
		0.1,
		'was not signalled: GRANT pg_signal_backend TO dba',
	],
	[{type: 'no such process', warning: ''}, 'terminate', 0.1, 'was not signalled: no such process'],
	[
		changed('transaction begun', backend(1, {state: 'idle in transaction', xactStart: noon - 300_000})),
		'terminate',
		0.1,
		'has begun a transaction, now idle-tx. k again ends it',
	],
	[
		{type: 'changed', what: 'query', isRepeated: true, seen: seenOf(backend(1)), at: noon},
		'cancel',
		0.1,
		'sends short queries: k ends the session',
	],
	[{type: 'not sent', statement: 'select 1'}, 'terminate', 0, 'dry run, not sent: select 1'],
])('%j, %s, after %d s: %s', (outcome, signal, seconds, words) => {
	expect(sentenceOf(outcome, signal, seconds)).toBe(words);
});

test('no time turns into another one on its way', () => {
	for (let tenths = 0; tenths < 100; tenths++) {
		const shown = (tenths / 10).toFixed(1);
		expect(sentenceOf({type: 'ended'}, 'terminate', tenths / 10)).toBe(`ended ${shown}s after k`);
	}
});

test('a transaction that has gone on for long says so', () => {
	const long = backend(1, {xactStart: noon - 3 * hour - 5 * minute, queryStart: noon - second});
	expect(sentenceOf(changed('transaction', long), 'terminate', 1)).toContain('now active 3h05m.');
});

test('the keys are c and k', () => {
	expect(keyOf).toEqual({cancel: 'c', terminate: 'k'});
});
