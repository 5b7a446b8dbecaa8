import {describe, expect, test} from 'vitest';
import type {Locks} from '../../../../source/domain/locks/lock-row.js';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {widthOf} from '../../../../source/domain/text/width.js';
import {withScreen} from '../../../../source/state/step.js';
import {backend, minute, noon} from '../../../helpers/state/backend.js';
import {type LockScene, locksOf} from '../../../helpers/state/locked.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';

const idle = (pid: number) => backend(pid, {state: 'idle in transaction', age: 14 * minute});
const [one, other, third] = [idle(4211), idle(4212), idle(4213)];
const [first, second, last] = [backend(4388), backend(4395), backend(4401)];
const all = [one, other, third, first, second, last];
const on = (xid: number, held: readonly number[], ...waiting: readonly number[]): LockScene => ({
	type: 'transactionid',
	xid,
	held: {E: held},
	waits: waiting.map(pid => [pid, 'S', noon - minute]),
});

/** What waits: two for one of them, one of which behind the other, and one for two of them. */
const blocking = locksOf([
	on(771, [4211], 4388),
	on(772, [4388], 4395),
	{relation: 5, held: {AS: [4212, 4213]}, waits: [[4401, 'AE', noon - minute]]},
]);

/** These are tagged, c or k is pressed and confirmed, and the server has sent all. */
function pressed(key: 'c' | 'k', tagged: readonly Backend[] = [one, other, third]): Play {
	const looking = lookingAt(one, {others: all.slice(1)}).picture(all, {locks: blocking, at: noon});
	const tags = new Map(tagged.map(session => [session.id, {backend: session, at: noon}]));
	const asked = looking
		.steps(state => [withScreen(state, {tags}), []])
		.draws()
		.waits(1000)
		.types(key)
		.waits(50)
		.readsAll(all);
	const sent = asked.draws().waits(600).types('y').waits(50);
	return sent.signals().reduce((moment, {number, target: {pid}}) => {
		return moment.does({
			type: 'answered',
			number,
			answer: {type: 'answered', at: noon, sent: true, held: [], seen: {pid}},
		});
	}, sent);
}

const reads = (moment: Play, locks?: Locks) =>
	moment.does({
		type: 'waiting-read',
		numbers: moment.given('waiting').at(-1)?.numbers ?? [],
		...(locks && {locks}),
	});

describe('of several signals', () => {
	const seen = pressed('k').until('look').sees().until('waiting');

	test('nothing is known before it is seen', () => {
		expect(pressed('k').status()).toBe('3 signals: 3 to be seen - L');
	});

	test('one look tells of all who had waited, each counted once', () => {
		expect(seen.given('waiting')).toEqual([{type: 'waiting', numbers: [1, 2, 3], pids: [4388, 4395, 4401]}]);
		expect(reads(seen, locksOf([])).status()).toBe('3 signals: 3 ended, 3 went on - L');
		expect(reads(seen, locksOf([on(772, [4388], 4395)])).status()).toBe(
			'3 signals: 3 ended, 2 went on, 1 waits for 4388 now - L',
		);
	});

	test('each has what was seen of those who had waited for itself, in the audit file too', () => {
		const told = reads(seen, locksOf([on(772, [4388], 4395)]));
		expect(told.given('record-outcome').map(({facts}) => [facts.pid, facts.sentence])).toEqual([
			[4211, 'ended 0.1s after k: 1 went on, 1 waits for 4388'],
			[4212, 'ended 0.1s after k: 1 went on'],
			[4213, 'ended 0.1s after k: 1 went on'],
		]);
	});

	test('without the locks only the ends are told', () => {
		expect(reads(seen).status()).toBe('3 signals: 3 ended - L');
	});

	test('those that were signalled themselves are not among those that went on', () => {
		const both = pressed('k', [one, first]).until('look').sees(other, third).until('waiting');
		const told = reads(both, locksOf([]));
		expect(told.status()).toBe('2 signals: 2 ended, 1 went on - L');
		expect(told.given('record-outcome').map(({facts}) => [facts.pid, facts.sentence])).toEqual([
			[4211, 'ended 0.1s after k: 1 went on'],
			[4388, 'ended 0.1s after k: 1 went on'],
		]);
	});

	test('of which one ends later the last look counts for all', () => {
		const half = pressed('k').until('look').sees(third).until('waiting');
		const told = reads(
			half,
			locksOf([on(772, [4388], 4395), {relation: 5, held: {AS: [4213]}, waits: [[4401, 'AE']]}]),
		);
		expect(told.status()).toBe('3 signals: 2 ended, 1 to be seen, 1 went on, 2 still wait - L');
		const whole = reads(told.until('look').sees().until('waiting'), locksOf([]));
		expect(whole.status()).toBe('3 signals: 3 ended, 3 went on - L');
	});

	test('of thousands of waiters none is kept once all is told', () => {
		const kept = (moment: Play) => moment.state.server.signals.flatMap(({locks}) => locks?.blocked ?? []);
		expect(kept(seen)).not.toEqual([]);
		expect(kept(reads(seen, locksOf([])))).toEqual([]);
	});

	test('an outcome that comes after another key was pressed is told with the others', () => {
		const half = pressed('k').until('look').sees(third).until('waiting');
		const told = reads(half, locksOf([])).types('i');
		expect(told.status()).not.toContain('signals');
		const whole = reads(told.until('look').sees().until('waiting'), locksOf([]));
		expect(whole.status()).toBe('3 signals: 3 ended, 3 went on - L');
	});
});

describe('under L', () => {
	const told = reads(pressed('k').until('look').sees().until('waiting'), locksOf([on(772, [4388], 4395)]));

	test('stands what came of all, and under it each with what it has set free, the newest first', () => {
		const wide = told.does({type: 'resized', size: {columns: 120, rows: 24}});
		const heads = wide
			.types('L')
			.page()
			.split('\n')
			.filter(line => /^\d\d:/.test(line));
		expect(heads.map(line => line.replace(/^\S+ /, ''))).toEqual([
			'k on 3 sessions: 3 ended, 2 went on, 1 waits for 4388 now',
			'k 4213 api@shop checkout, idle-tx 14m02s, blocks 1: ended 0.1s after k: 1 went on',
			'k 4212 api@shop checkout, idle-tx 14m02s, blocks 1: ended 0.1s after k: 1 went on',
			'k 4211 api@shop checkout, idle-tx 14m02s, blocks 2: ended 0.1s after k: 1 went on, 1 waits for 4388',
		]);
	});

	test('all of it fits 40 columns', () => {
		const narrow = told.does({type: 'resized', size: {columns: 40, rows: 24}}).types('L');
		for (const line of narrow.page().split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(40);
		expect(narrow.page().replace(/\s+/g, ' ')).toContain(
			'3 sessions: 3 ended, 2 went on, 1 waits for 4388 now',
		);
	});

	test('a key on one session has no such head', () => {
		const ended = pressed('k', [one])
			.until('look')
			.sees(...all.slice(1))
			.until('waiting');
		expect(reads(ended, locksOf([])).types('L').page()).not.toContain('sessions:');
	});
});

test('one tagged session has its whole sentence', () => {
	const ended = pressed('k', [one])
		.until('look')
		.sees(...all.slice(1))
		.until('waiting');
	expect(reads(ended, locksOf([])).status()).toBe('4211 ended 0.1s after k: 2 went on');
});
