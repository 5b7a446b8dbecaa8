import {expect, test} from 'vitest';
import type {Seen} from '../../../source/domain/signal/look.js';
import type {Outcome} from '../../../source/domain/signal/outcome.js';
import type {Freed} from '../../../source/domain/signal/waiters/freed.js';
import {sentenceWithPid} from '../../../source/domain/signal/words.js';

const pid = 4_194_304;
const at = 1e15;
const seen = (state: string): Seen => ({pid, state, xactStart: at - 59_000_000 * 60});
const states = [
	'active',
	'idle',
	'idle in transaction',
	'idle in transaction (aborted)',
	'fastpath function call',
	'starting',
];

const outcomes: readonly Outcome[] = [
	{type: 'ended'},
	{type: 'ended', isLate: true},
	...(
		['idle', 'aborted', 'in transaction', 'next transaction', 'next query', 'client waits', 'other'] as const
	).map(now => ({type: 'query ended', now}) as const),
	{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 0}},
	{type: 'stopped waiting', done: 'committed'},
	{type: 'ended by k'},
	{type: 'had ended already', isPidReused: true},
	...states.flatMap(state =>
		(
			[
				'query',
				'idle',
				'transaction',
				'transaction begun',
				'statement',
				'statement begun',
				'call',
				'login',
			] as const
		).map(what => ({type: 'changed', what, seen: seen(state), at}) as const),
	),
	...(['standby', 'index', 'statement'] as const).map(
		reason => ({type: 'held back', reasons: [reason]}) as const,
	),
	{type: 'too late', seconds: 12.3},
	{type: 'denied', reason: '', missing: 'superuser only: nobody here can'},
	{type: 'no such process', warning: `PID ${pid} is not a PostgreSQL backend process`},
	{type: 'still there', wait: {type: 'Client', name: 'ClientWrite'}, state: 'active'},
	{type: 'still there', state: 'active', isWithClient: true},
	{type: 'not known', since: 'query ended'},
	{type: 'other server', isSure: true},
	{type: 'other server', isSure: false},
	{type: 'crash'},
	{type: 'not seen'},
	{type: 'not sent', who: `${pid} checkout_api@shop`, statement: ''},
];

const freed: readonly Freed[] = [
	{wentOn: 0, stillWait: 99, waitFor: pid, blocks: 99},
	{wentOn: 99, stillWait: 99, waitFor: pid, isBehind: true},
	{wentOn: 99, stillWait: 0},
	{wentOn: 1, stillWait: 1},
];
const withFreed: readonly Outcome[] = freed.flatMap(one => [
	{type: 'ended', freed: one} as const,
	...(
		['idle', 'aborted', 'in transaction', 'next transaction', 'next query', 'client waits', 'other'] as const
	).map(now => ({type: 'query ended', now, freed: one}) as const),
	{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 2}, freed: one},
]);

test('what is said of those who waited fits, too', () => {
	const sentences = withFreed.map(outcome => sentenceWithPid(pid, outcome, 'cancel', 9));
	expect(sentences.filter(sentence => sentence.length > 80)).toEqual([]);
});

test('what is said of a signal fits the line of a terminal of 80 columns, whatever the pid and the state', () => {
	const sentences = outcomes.flatMap(outcome =>
		(['cancel', 'terminate'] as const).map(signal => sentenceWithPid(pid, outcome, signal, 899)),
	);
	expect(sentences.filter(sentence => sentence.length > 80)).toEqual([]);
});
