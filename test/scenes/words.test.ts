import {expect, test} from 'vitest';
import type {Seen} from '../../source/domain/signal/look.js';
import type {Outcome} from '../../source/domain/signal/outcome.js';
import {sentenceOf} from '../../source/domain/signal/words.js';

const pid = 4_194_304;
const at = 1e15;
const seen = (state: string): Seen => ({pid, isVisible: true, state, xactStart: at - 59_000_000 * 60});
const states = [
	'active',
	'idle',
	'idle in transaction',
	'idle in transaction (aborted)',
	'fastpath function call',
];

const outcomes: readonly Outcome[] = [
	{type: 'ended'},
	...(['idle', 'aborted', 'in transaction', 'next query', 'other'] as const).map(
		now => ({type: 'cancelled', now}) as const,
	),
	{type: 'had ended already', isPidReused: true},
	...states.flatMap(state =>
		(['query', 'idle', 'transaction', 'transaction begun'] as const).map(
			what => ({type: 'changed', what, seen: seen(state), at}) as const,
		),
	),
	{type: 'too late', seconds: 12.3},
	{type: 'denied', reason: '', missing: 'superuser only: nobody here can'},
	{type: 'no such process', warning: `PID ${pid} is not a PostgreSQL backend process`},
	{type: 'still there', wait: {type: 'Client', name: 'ClientWrite'}},
	{type: 'not known', since: 'query ended'},
];

test('what is said of a signal fits a line of 78 columns, whatever the pid and the state', () => {
	const sentences = outcomes.flatMap(outcome =>
		(['cancel', 'terminate'] as const).map(signal => `${pid} ${sentenceOf(outcome, signal, 899)}`),
	);
	expect(sentences.filter(sentence => sentence.length > 78)).toEqual([]);
});
