import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/backend.js';
import type {Answer} from '../../../source/domain/signal/look.js';
import {
	deadlineAfter,
	type Outcome,
	outcomeOfAnswer,
	outcomeOfLook,
} from '../../../source/domain/signal/outcome.js';
import {type Order, type Signal, targetOf} from '../../../source/domain/signal/target.js';
import {backend, idleBackend, invisible, noon, second, seenOf} from '../../helpers/backend.js';

const session = backend(4388);

const order = (signal: Signal, one = session): Order => ({
	number: 1,
	signal,
	target: targetOf(one),
	deadline: noon + deadlineAfter,
	transaction: 'same',
});

const answered = (facts: Omit<Answer & {type: 'answered'}, 'type'>): Answer => ({type: 'answered', ...facts});
const row = (one: Backend, at = noon) => ({at, seen: seenOf(one)});

describe('the deadline', () => {
	test('is 3 s', () => {
		expect(deadlineAfter).toBe(3 * second);
	});

	test.each([
		[3, 'changed'],
		[3.000001, 'too late'],
		[60, 'too late'],
	])('a statement that the server got %d s after the key is %s', (seconds, type) => {
		const answer = answered(row(idleBackend(4388), noon + seconds * second));
		expect(outcomeOfAnswer(order('cancel'), answer)?.type).toBe(type);
	});

	test('is told with the time since the key, not since the deadline', () => {
		const answer = answered(row(session, noon + 4.1 * second));
		expect(outcomeOfAnswer(order('terminate'), answer)).toEqual({type: 'too late', seconds: 4.1});
	});
});

describe('a query that is over', () => {
	const inBlock = backend(4388, {xactStart: noon - 60 * second});
	const next = noon - second;

	test.each([
		['idle in transaction', inBlock.xactStart, 'in transaction'],
		['idle in transaction', next, 'next transaction'],
		['idle in transaction (aborted)', inBlock.xactStart, 'in transaction'],
		['idle in transaction (aborted)', next, 'next transaction'],
		['idle in transaction (aborted)', undefined, 'aborted'],
	] as const)('%s since %s is told as %s', (state, xactStart, now) => {
		const {xactStart: _, ...others} = inBlock;
		const seen = seenOf({...others, state, ...(xactStart !== undefined && {xactStart})});
		const look = {pid: 4388, at: noon, seen};
		expect(outcomeOfLook(order('cancel', inBlock), look)).toEqual({type: 'cancelled', now});
	});
});

test('behind a pooler the session may be our own by then: that is no lateness, and no other transaction', () => {
	for (const signal of ['cancel', 'terminate'] as const) {
		const answer = answered({...row(session), isOwn: true});
		expect(outcomeOfAnswer(order(signal), answer)).toEqual({
			type: 'failed',
			reason: 'that session carries pgtop itself now. Press it again',
		});
	}
});

describe('rights that were granted or revoked between the look and the key', () => {
	test.each([
		['more', invisible(4388), backend(4388)],
		['less', backend(4388), invisible(4388)],
	])('when %s is to be seen it is neither another session nor has it ended', (_, target, seen) => {
		expect(outcomeOfAnswer(order('terminate', target), answered(row(seen)))).toEqual({
			type: 'failed',
			reason: 'what this role may see of it has changed. Press it again',
		});
		expect(outcomeOfLook(order('terminate', target), {pid: 4388, ...row(seen)})).toBeUndefined();
		const other = {...seen, userId: 99};
		expect(outcomeOfLook(order('terminate', target), {pid: 4388, ...row(other)})).toEqual({type: 'ended'});
	});
});

describe('of an answer', () => {
	test.each<[what: string, signal: Signal, answer: Answer, outcome: Outcome | undefined]>([
		['sent: only looking shows more', 'terminate', answered({...row(session), sent: true}), undefined],
		[
			'sent, late: it was sent all the same',
			'terminate',
			answered({...row(session, noon + 9 * second), sent: true}),
			undefined,
		],
		['no row', 'cancel', answered({}), {type: 'had ended already', isPidReused: false}],
		[
			'another session with the same pid',
			'cancel',
			answered(row(backend(4388, {backendStart: noon}))),
			{type: 'had ended already', isPidReused: true},
		],
		[
			'another session with the same pid, after the deadline',
			'cancel',
			answered(row(backend(4388, {backendStart: noon}), noon + 9 * second)),
			{type: 'had ended already', isPidReused: true},
		],
		[
			'the process went in between',
			'terminate',
			answered({...row(session), sent: false, warning: 'PID 4388 is not a PostgreSQL backend process'}),
			{type: 'no such process', warning: 'PID 4388 is not a PostgreSQL backend process'},
		],
		[
			'denied',
			'terminate',
			{type: 'denied', reason: 'must be a superuser'},
			{type: 'denied', reason: 'must be a superuser'},
		],
		[
			'failed',
			'terminate',
			{type: 'failed', reason: 'out of memory'},
			{type: 'failed', reason: 'out of memory'},
		],
		['not known', 'terminate', {type: 'unknown'}, {type: 'not known'}],
	])('%s', (_, signal, answer, outcome) => {
		expect(outcomeOfAnswer(order(signal), answer)).toEqual(outcome);
	});

	test.each<[what: string, signal: Signal, now: Backend, changed: string]>([
		['another query runs', 'cancel', backend(4388, {queryStart: noon, query: 'COMMIT'}), 'query'],
		[
			'the same text runs in another transaction',
			'cancel',
			backend(4388, {queryStart: noon, xactStart: noon}),
			'query',
		],
		[
			'a fastpath call runs',
			'cancel',
			backend(4388, {state: 'fastpath function call', queryStart: noon, query: 'lo_open'}),
			'query',
		],
		['the query has ended', 'cancel', idleBackend(4388), 'idle'],
		[
			'the query has ended within its transaction',
			'cancel',
			backend(4388, {state: 'idle in transaction'}),
			'idle',
		],
		['another transaction runs', 'terminate', backend(4388, {xactStart: noon}), 'transaction'],
		['the transaction has ended', 'terminate', idleBackend(4388), 'transaction'],
	])('held back, because %s', (_, signal, now, what) => {
		expect(outcomeOfAnswer(order(signal), answered(row(now)))).toEqual({
			type: 'changed',
			what,
			seen: seenOf(now),
			at: noon,
		});
	});
});

describe('of a look after c', () => {
	const portal = {queryStart: noon};
	test.each<[what: string, seen: Backend | undefined, now: string | undefined]>([
		['the same query still runs', session, undefined],
		['the same text in the same transaction, from a portal or a batch', backend(4388, portal), undefined],
		['the same text in the next transaction', backend(4388, {...portal, xactStart: noon}), 'next query'],
		['another text in the same transaction', backend(4388, {...portal, query: 'COMMIT'}), 'next query'],
		['idle', idleBackend(4388), 'idle'],
		[
			'idle, and its query_start is still that of the query',
			idleBackend(4388, {queryStart: session.queryStart}),
			'idle',
		],
		['idle in transaction', backend(4388, {state: 'idle in transaction'}), 'in transaction'],
		['aborted', backend(4388, {state: 'idle in transaction (aborted)'}), 'aborted'],
		['a state that is not known', backend(4388, {state: 'dreaming'}), 'other'],
	])('%s', (_, seen, now) => {
		const outcome = outcomeOfLook(order('cancel'), {pid: 4388, at: noon, ...(seen && {seen: seenOf(seen)})});
		expect(outcome).toEqual(now === undefined ? undefined : {type: 'cancelled', now});
	});
});

describe.each<Signal>(['cancel', 'terminate'])('of a look after a %s the session has ended', signal => {
	test.each<[what: string, seen: Backend | undefined]>([
		['when no backend has its pid', undefined],
		['when one with another start has it', backend(4388, {backendStart: noon})],
		['when one of another role has it', backend(4388, {userId: 11})],
	])('%s', (_, seen) => {
		const look = {pid: 4388, at: noon, ...(seen && {seen: seenOf(seen)})};
		expect(outcomeOfLook(order(signal), look)).toEqual({type: 'ended'});
	});
});

test('after k nothing but its end is an outcome', () => {
	for (const seen of [session, idleBackend(4388), backend(4388, {queryStart: noon, xactStart: noon})]) {
		expect(outcomeOfLook(order('terminate'), {pid: 4388, at: noon, seen: seenOf(seen)})).toBeUndefined();
	}
});

describe('the target', () => {
	test('is what the guard compares, and no text', () => {
		const {id, pid, userId, backendStart, xactStart, queryStart, query} = session;
		expect(targetOf(session)).toEqual({
			id,
			pid,
			userId,
			backendStart,
			xactStart,
			queryStart,
			hash: query?.hash,
		});
	});

	test('has nothing that may not be seen', () => {
		const hidden = invisible(4388);
		expect(targetOf(hidden)).toEqual({id: hidden.id, pid: 4388, userId: 10});
		expect(hidden.query).toBeUndefined();
	});
});
