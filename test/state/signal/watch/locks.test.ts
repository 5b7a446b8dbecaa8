import {describe, expect, test} from 'vitest';
import type {LocksHeld} from '../../../../source/domain/signal/look.js';
import {backend, idleBackend, noon, processOf, seenOf, snapshot} from '../../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';

const session = backend(4388);
const aborted = backend(4388, {state: 'idle in transaction (aborted)'});
const cancelled = lookingAt(session).types('c').waits(50).sends().until('look').sees(aborted);

const reads = (moment: Play, held: number, advisory: number, facts: Partial<LocksHeld> = {}) =>
	moment.does({
		type: 'locks-read',
		number: 1,
		locks: {pid: 4388, at: noon, held, advisory, seen: seenOf(aborted), ...facts},
	});

const released = '4388 query ended 0.1s after c: transaction aborted';

describe('after a c that ended in an aborted transaction its locks are read', () => {
	test('of that pid, once, and nothing is said before', () => {
		expect(cancelled.given('locks')).toEqual([{type: 'locks', number: 1, pid: 4388}]);
		expect(cancelled.status()).toBe('4388 was signalled, not seen to end yet');
		expect(cancelled.given('record-outcome')).toEqual([]);
		expect(reads(cancelled, 0, 0).waits(40_000).given('locks')).toHaveLength(1);
	});

	test('meanwhile it is not looked at, and a picture judges nothing', () => {
		expect(cancelled.waits(9000).times('look')).toHaveLength(1);
		expect(cancelled.picture([idleBackend(4388)]).status()).toBe('4388 was signalled, not seen to end yet');
	});

	test.each([
		[0, 0, ', locks released'],
		[0, 1, ', still holds 1 advisory lock'],
		[0, 2, ', still holds 2 advisory locks'],
		[1, 0, ', still holds 1 lock'],
		[3, 2, ', still holds 5 locks'],
	])('%d locks and %d advisory ones', (held, advisory, says) => {
		const told = reads(cancelled, held, advisory);
		expect(told.status()).toBe(`${released}${says}`);
		expect(told.given('record-outcome')).toMatchObject([
			{facts: {outcome: 'query ended', sentence: `query ended 0.1s after c: transaction aborted${says}`}},
		]);
	});

	test('the time is that of the look, not that of the locks', () => {
		expect(reads(cancelled.waits(700), 0, 0).status()).toBe(`${released}, locks released`);
	});
});

describe('of locks nothing is said', () => {
	test.each<[what: string, moment: Play]>([
		['when they could not be read', cancelled.does({type: 'locks-read', number: 1})],
		['when the session has ended since', reads(cancelled, 0, 0, {seen: undefined} as object)],
		['when it has gone on since', reads(cancelled, 0, 0, {seen: seenOf(idleBackend(4388))})],
		[
			'when it is in its next transaction since',
			reads(cancelled, 0, 0, {seen: seenOf(backend(4388, {xactStart: noon}))}),
		],
		[
			'when another session has its pid',
			reads(cancelled, 0, 0, {seen: seenOf(backend(4388, {...{state: aborted.state}, backendStart: noon}))}),
		],
		['of our own session, behind a pooler', reads(cancelled, 0, 0, {isOwn: true})],
		['by another server', reads(cancelled, 0, 0, {startedAt: noon})],
		[
			'when the connection is lost before',
			cancelled.does({type: 'lost', why: 'gone'}).until('connect').does({type: 'linked'}),
		],
	])('%s', (_, moment) => {
		expect(moment.status()).toBe(released);
		expect(moment.given('record-outcome').map(({facts}) => facts.outcome)).toEqual(['query ended']);
	});

	test('and they count on the same server', () => {
		const {startedAt} = snapshot([]).server;
		expect(reads(cancelled, 0, 0, startedAt === undefined ? {} : {startedAt}).status()).toBe(
			`${released}, locks released`,
		);
	});

	test('of a transaction that a savepoint keeps', () => {
		const kept = lookingAt(session).types('c').waits(50).sends().until('look');
		const behind = kept.sees(
			backend(4388, {state: 'idle in transaction (aborted)', xactStart: session.xactStart}),
		);
		expect(behind.given('locks')).toEqual([]);
		expect(behind.status()).toBe('4388 query ended 0.1s after c: still in its transaction. k ends it');
	});

	test('of what k does', () => {
		const killed = lookingAt(session).types('k').waits(50).sends().until('look').sees(aborted);
		expect(killed.given('locks')).toEqual([]);
	});

	test('that nobody had asked for', () => {
		const told = reads(cancelled, 0, 1);
		expect(reads(told, 0, 0).state).toBe(told.state);
	});
});

test('when the program ends before they are read, the outcome is written down without them', () => {
	const left = cancelled.does({type: 'leaving'});
	expect(left.given('record-outcome')).toMatchObject([
		{facts: {outcome: 'query ended', sentence: 'query ended 0.1s after c: transaction aborted'}},
	]);
});

test('while they are read what was said before still stands, and is not written down again', () => {
	let running = lookingAt(session).types('c').waits(50).sends();
	while (running.status() !== '4388 still running. k ends it') running = running.until('look').sees(session);
	const reading = running.until('look').sees(aborted);
	expect(reading.given('locks')).toHaveLength(1);
	expect(reading.status()).toMatch(/^4388 still running/);
	expect(reads(reading, 1, 0).given('record-outcome')).toMatchObject([
		{facts: {outcome: 'still there'}},
		{facts: {outcome: 'query ended'}},
	]);
});

test('when the server crashes while they are read the session was gone, and its locks mean nothing', () => {
	const checkpointer = processOf(51, 'checkpointer');
	const watched = lookingAt(session, {others: [checkpointer]})
		.types('c')
		.waits(50)
		.sends();
	const crashed = watched
		.until('look')
		.sees(aborted)
		.picture([processOf(52, 'checkpointer', {backendStart: noon + 1})]);
	expect(crashed.status()).toBe('4388 was gone after the crash');
	expect(reads(crashed, 1, 0).state).toBe(crashed.state);
});

test('a k on that session while they are read is one of its own', () => {
	const killed = cancelled.waits(700).types('k').waits(50).sends().until('look').sees();
	expect(killed.status()).toBe('4388 ended 0.1s after k');
	expect(
		reads(killed, 0, 0, {seen: undefined} as object)
			.given('record-outcome')
			.map(({facts}) => facts.outcome),
	).toEqual(['ended', 'query ended']);
});
