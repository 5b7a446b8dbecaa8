import {describe, expect, test} from 'vitest';
import {movedWords} from '../../../source/domain/signal/change-words.js';
import type {Outcome} from '../../../source/domain/signal/outcome.js';
import type {Signal, Work} from '../../../source/domain/signal/target.js';
import {explanationOf} from '../../../source/domain/signal/words.js';
import {backend, idleBackend, noon, seenOf} from '../../helpers/state/backend.js';

const young = backend(1, {xactStart: noon - 300_000});
const held: Outcome = {type: 'changed', what: 'transaction', seen: seenOf(young), at: noon};

describe('what L adds', () => {
	test.each<[outcome: Outcome, signal: Signal, says: string]>([
		[
			{type: 'still there'},
			'terminate',
			'nothing harder than k in SQL, and kill -9 restarts the whole server',
		],
		[{type: 'still there'}, 'cancel', 'at its next safe point; k ends the session'],
		[{type: 'query ended', now: 'in transaction'}, 'cancel', 'a savepoint took the error'],
		[{type: 'query ended', now: 'client waits'}, 'cancel', 'holds back its Sync'],
		[{type: 'held back', reasons: ['standby']}, 'cancel', 'nothing was sent'],
		[held, 'terminate', 'nothing was sent'],
		[
			{type: 'denied', reason: 'permission denied', missing: 'needs a role'},
			'terminate',
			'permission denied',
		],
		[
			{type: 'not sent', who: '1 a@b', statement: 'select pg_terminate_backend(1)'},
			'terminate',
			'select pg_terminate_backend(1)',
		],
	])('%j, %s', (outcome, signal, says) => {
		expect(explanationOf(outcome, signal)).toContain(says);
	});
});

describe('a question says of a session that has moved on', () => {
	const {xactStart: _, ...without} = seenOf(backend(1));
	const idle = seenOf(idleBackend(1));

	test.each<[work: Work, seen: Parameters<typeof movedWords>[1], words: string]>([
		['transaction', seenOf(young), 'on its next transaction'],
		['transaction', idle, 'has ended that transaction since'],
		['aborted', seenOf(young), 'on its next transaction'],
		['aborted', idle, 'has ended that transaction since'],
		['idle', seenOf(young), 'has begun a transaction since'],
		['idle', without, 'has begun a query since'],
		['idle', idle, 'has done something since'],
		['statement', without, 'on its next query'],
		['statement', idle, 'has ended that query since'],
		['call', idle, 'has ended that call since'],
		['login', idle, 'has logged in since'],
	])('%s, %j: %s', (work, seen, words) => {
		expect(movedWords(work, seen)).toBe(words);
	});
});
