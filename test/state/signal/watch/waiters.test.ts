import {describe, expect, test} from 'vitest';
import type {Locks} from '../../../../source/domain/locks/lock-row.js';
import {backend, idleBackend, minute, noon, second, seenOf} from '../../../helpers/state/backend.js';
import {type LockScene, locksOf} from '../../../helpers/state/locked.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';

const holder = backend(4211, {state: 'idle in transaction', age: 14 * minute});
const [first, second_, third] = [backend(4388), backend(4395), backend(4401)];
const free = backend(4407);
const others = [first, second_, third, free];

const on = (xid: number, held: number, ...waiting: readonly number[]): LockScene => ({
	type: 'transactionid',
	xid,
	held: {E: [held]},
	waits: waiting.map(pid => [pid, 'S', noon - minute]),
});
const blocking = {locks: locksOf([on(771, 4211, 4388, 4395, 4401)])};

/** A key on this session, which the picture shows as blocking three; the signal is sent, and then it looks so. */
function pressed(session: typeof holder, key: 'c' | 'k', after?: typeof holder): Play {
	const looking = lookingAt(session, {others}).picture([session, ...others], {...blocking, at: noon});
	const moment = looking.draws().waits(1000).types(key).waits(50).sends().until('look');
	return after ? moment.sees(after) : moment.sees();
}

const reads = (moment: Play, locks?: Locks) =>
	moment.does({type: 'waiting-read', numbers: [1], ...(locks && {locks})});

describe('after a k whose session had blocked others', () => {
	const ended = pressed(holder, 'k');
	const looked = ended.until('waiting');

	test('those are looked at once, 0.15 s after its end was seen, and nothing is said before', () => {
		expect(looked.now - ended.now).toBe(150);
		expect(looked.given('waiting')).toEqual([{type: 'waiting', numbers: [1], pids: [4388, 4395, 4401]}]);
		expect(looked.status()).toBe('4211 was signalled, not seen to end yet');
		expect(looked.given('record-outcome')).toEqual([]);
		expect(reads(looked, locksOf([])).waits(40_000).given('waiting')).toHaveLength(1);
	});

	test('its row is gone at once', () => {
		expect(ended.rows()).toContain('4211 gone');
	});

	test.each([
		[[], '3 went on'],
		[[on(772, 4388, 4395, 4401)], '1 went on, 2 wait for 4388'],
		[[on(772, 4388, 4395), on(773, 4395, 4401)], '1 went on, 2 wait behind 4388'],
		[[on(772, 4407, 4388, 4395, 4401)], 'nobody went on, 3 wait for 4407'],
		[[on(772, 4407, 4388), on(773, 4395, 4401)], '1 went on, 2 still wait'],
		[[on(772, 4407, 4388)], '2 went on, 1 waits for 4407'],
	])('%o: %s', (scenes, words) => {
		const told = reads(looked, locksOf(scenes));
		expect(told.status()).toBe(`4211 ended 0.1s after k: ${words}`);
		expect(told.given('record-outcome')).toMatchObject([
			{facts: {outcome: 'ended', sentence: `ended 0.1s after k: ${words}`, seconds: 0.1}},
		]);
	});

	test('one that is not there any more did not go on, as far as anybody knows', () => {
		const looks = [first, second_].map(one => ({pid: one.pid, at: noon, seen: seenOf(one)}));
		const told = (third_: object) =>
			looked
				.does({
					type: 'waiting-read',
					numbers: [1],
					locks: locksOf([]),
					looks: [...looks, {pid: 4401, at: noon, ...third_}],
				})
				.status();
		expect(told({})).toBe('4211 ended 0.1s after k: 2 went on, 1 gone');
		// Another session has its pid.
		const other = seenOf(backend(4401, {backendStart: noon}));
		expect(told({seen: other})).toBe('4211 ended 0.1s after k: 2 went on, 1 gone');
		expect(told({seen: seenOf(third)})).toBe('4211 ended 0.1s after k: 3 went on');
		expect(told({isOwn: true})).toBe('4211 ended 0.1s after k: 3 went on');
	});

	test.each([
		['when the locks could not be read', reads(looked)],
		['when that takes over a second', looked.waits(1000)],
		[
			'when the connection is lost before',
			looked.does({type: 'lost', why: 'gone'}).until('connect').does({type: 'linked'}),
		],
	])('%s the outcome is told without them', (_, moment) => {
		expect(moment.status()).toBe('4211 ended 0.1s after k');
		expect(moment.given('record-outcome')).toHaveLength(1);
	});

	test('what comes later changes nothing', () => {
		const told = looked.waits(1000);
		expect(reads(told, locksOf([])).state).toBe(told.state);
	});

	test('when the program ends before, the outcome is written down without them', () => {
		expect(ended.does({type: 'leaving'}).given('record-outcome')).toMatchObject([
			{facts: {sentence: 'ended 0.1s after k'}},
		]);
	});

	test('of thousands of waiters none is kept once all is told', () => {
		expect(ended.state.server.signals[0]?.locks?.blocked).toHaveLength(3);
		expect(reads(looked, locksOf([])).state.server.signals[0]?.locks).toMatchObject({blocks: 3, blocked: []});
	});
});

test('of a session that had blocked nobody nothing is looked at', () => {
	const ended = lookingAt(holder, {others}).types('k').waits(50).sends().until('look').sees();
	expect(ended.status()).toBe('4211 ended 0.1s after k');
	expect(ended.waits(2000).given('waiting')).toEqual([]);
});

test('nor where its end was seen late', () => {
	const looking = lookingAt(holder, {others}).picture([holder, ...others], {...blocking, at: noon});
	const late = looking.draws().waits(1000).types('k').waits(50).sends().stalls(33_000).until('look').sees();
	expect(late.status()).toMatch(/^4211 was gone when looked at, 33s after k$/);
});

describe('after a c', () => {
	const running = backend(4211, {age: minute, xactStart: noon - 14 * minute});

	test('that a savepoint survives it says how many still wait for that session', () => {
		const kept = pressed(running, 'c', {...holder, xactStart: noon - 14 * minute}).until('waiting');
		expect(reads(kept, locksOf([on(771, 4211, 4388, 4395)])).status()).toBe(
			'4211 query ended 0.1s after c: still in its transaction, blocks 2. k ends it',
		);
		expect(reads(kept, locksOf([])).status()).toBe(
			'4211 query ended 0.1s after c: still in transaction, 3 went on. k ends it',
		);
	});

	test('that ended the transaction it says who went on', () => {
		const idle = pressed(running, 'c', idleBackend(4211)).until('waiting');
		expect(reads(idle, locksOf([on(772, 4388, 4395)])).status()).toBe(
			'4211 query ended 0.1s after c: idle now, 2 went on, 1 waits for 4388',
		);
	});

	test('that aborted it both the locks and those who waited are read, in whatever order', () => {
		const aborted = backend(4211, {state: 'idle in transaction (aborted)'});
		const seen = pressed(running, 'c', aborted);
		expect(seen.given('locks')).toEqual([{type: 'locks', number: 1, pid: 4211}]);
		const holds = (moment: Play, advisory: number) =>
			moment.does({
				type: 'locks-read',
				number: 1,
				locks: {pid: 4211, at: noon, held: 0, advisory, seen: seenOf(aborted)},
			});
		const one = reads(holds(seen, 1).until('waiting'), locksOf([on(772, 4211, 4388)]));
		const other = holds(reads(seen.until('waiting'), locksOf([on(772, 4211, 4388)])), 1);
		for (const moment of [one, other])
			expect(moment.status()).toBe('4211 query ended 0.1s after c: aborted, holds 1 lock, 1 waits for 4211');
		expect(reads(holds(seen, 0).until('waiting'), locksOf([])).status()).toBe(
			'4211 query ended 0.1s after c: aborted, 3 went on',
		);
	});
});

test('what is written down of a signal has who waited for the session, for whom it waited, and what it was to free', () => {
	const facts = (session: typeof holder, locks?: Locks) =>
		lookingAt(session, {others: [holder, ...others].filter(one => one !== session)})
			.picture([holder, ...others], {at: noon, ...(locks && {locks})})
			.draws()
			.waits(1000)
			.types('k')
			.waits(50)
			.given('signal')
			.at(-1)?.orders[0].facts;
	expect(facts(holder, blocking.locks)).toMatchObject({
		blocks: 3,
		blocked: [4388, 4395, 4401],
		waitsFor: null,
		frees: '1-3 now',
	});
	expect(facts(first, blocking.locks)).toMatchObject({blocks: 0, blocked: [], waitsFor: 4211, frees: null});
	expect(facts(free, blocking.locks)).toMatchObject({blocks: 0, blocked: [], waitsFor: null, frees: null});
	expect(facts(holder)).toMatchObject({blocks: null, blocked: null, waitsFor: null, frees: null});
	expect(facts(backend(4211, {age: second}), blocking.locks)).toMatchObject({blocks: 3});
});

test('what was read for the question counts more than the picture', () => {
	const asked = lookingAt(holder, {others, confirm: 'always'})
		.presses('k')
		.reads(holder, blocking)
		.draws()
		.waits(600)
		.presses('y');
	expect(asked.given('signal')[0]?.orders[0].facts).toMatchObject({blocks: 3, blocked: [4388, 4395, 4401]});
});
