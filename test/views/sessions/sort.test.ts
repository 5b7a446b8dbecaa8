import {describe, expect, test} from 'vitest';
import type {RowOrder} from '../../../source/domain/list/sort.js';
import type {LockSight} from '../../../source/domain/locks/lock-sight.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {
	backend,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
} from '../../helpers/state/backend.js';
import {by, pids, rowsOf, sessionsSorted, sortableColumns} from './sorted.js';

/** Its login goes on: it may be seen, and has nothing to show yet. */
const starting = (pid: number) =>
	backend(pid, {
		state: 'starting',
		client: undefined,
		xactStart: undefined,
		queryStart: undefined,
		stateChange: undefined,
	});

const sorted = (order: RowOrder<Backend>, ...backends: readonly Backend[]) =>
	pids(sessionsSorted(rowsOf(backends), order));

describe('by TIME', () => {
	test('the longest at it stand first', () => {
		const [a, b, c] = [
			backend(1, {age: second}),
			backend(2, {age: hour}),
			backend(3, {age: minute}),
		] as const;
		expect(sorted(by('time'), a, b, c)).toEqual([2, 3, 1]);
		expect(sorted(by('time', true), a, b, c)).toEqual([1, 3, 2]);
	});

	test.each([false, true])(
		'those without stand last, and those that may not be seen behind them; reversed: %s',
		isReversed => {
			const all = [invisible(1), idleBackend(2), backend(3)];
			expect(sorted(by('time', isReversed), ...all)).toEqual([3, 2, 1]);
		},
	);

	test.each([false, true])(
		'of before the clock was set back: behind those without, as nobody can tell how long; reversed: %s',
		isReversed => {
			const all = [backend(1, {age: -hour}), idleBackend(2), backend(3), backend(4, {age: hour})];
			const values = isReversed ? [3, 4] : [4, 3];
			expect(sorted(by('time', isReversed), ...all)).toEqual([...values, 2, 1]);
			expect(sorted(by('query-age', isReversed), ...all)).toEqual([...values, 2, 1]);
			expect(sorted(by('xact', isReversed), ...all)).toEqual([...values, 2, 1]);
		},
	);

	test('a tie falls by states whose age can be told, then those without, then those of before that', () => {
		const state = (pid: number, stateChange: number | undefined) =>
			backend(pid, {xactStart: noon - hour, stateChange});
		const all = [state(1, noon + hour), state(2, undefined), state(3, noon), state(4, noon - minute)];
		expect(sorted(by('time'), ...all)).toEqual([4, 3, 2, 1]);
		expect(sorted(by('time', true), ...all)).toEqual([4, 3, 2, 1]);
	});

	test.each([false, true])(
		'of the same as to TIME, those that may not be seen stand behind a session that just has none; reversed: %s',
		isReversed => {
			// Without the age of a state, too, so that nothing else tells them apart but their pids.
			const all = [invisible(1), starting(2), invisible(3), starting(4)];
			expect(sorted(by('time', isReversed), ...all)).toEqual([2, 4, 1, 3]);
			expect(sorted(by('client', isReversed), ...all)).toEqual([2, 4, 1, 3]);
		},
	);

	test.each([false, true])(
		'a tie of values falls by states, too: those that may not be seen behind those without; reversed: %s',
		isReversed => {
			const all = [invisible(1), starting(2), idleBackend(3), invisible(4)];
			expect(sorted(by('user', isReversed), ...all)).toEqual([3, 2, 1, 4]);
		},
	);

	test('those without fall by the age of their state, then by pid', () => {
		const all = [
			idleBackend(3, {age: minute}),
			idleBackend(2, {age: hour}),
			idleBackend(4, {age: hour}),
			idleBackend(1, {age: second}),
		];
		expect(sorted(by('time'), ...all)).toEqual([2, 4, 3, 1]);
	});

	test('equal ones fall by the age of the state, then by pid, in both directions', () => {
		const since = {xactStart: noon - hour};
		const all = [backend(3, since), backend(2, {...since, stateChange: noon - hour}), backend(1, since)];
		expect(sorted(by('time'), ...all)).toEqual([2, 1, 3]);
		expect(sorted(by('time', true), ...all)).toEqual([2, 1, 3]);
	});
});

describe.each([false, true])('groups stay where they are, reversed: %s', isReversed => {
	test('client sessions before everything else', () => {
		const all = [
			processOf(51, 'checkpointer'),
			idleBackend(4403),
			processOf(60, 'walsender', {state: 'active', age: hour}),
		];
		expect(sorted(by('time', isReversed), ...all).at(0)).toBe(4403);
		expect(sorted(by('pid', isReversed), ...all).at(0)).toBe(4403);
	});

	test('parallel workers under their leader', () => {
		const worker = (pid: number, leaderPid: number) =>
			processOf(pid, 'parallel worker', {leaderPid, state: 'active'});
		const all = [
			worker(12, 2),
			backend(1),
			worker(11, 1),
			backend(2),
			processOf(51, 'walwriter'),
			worker(13, 2),
		];
		const order = sorted(by('pid', isReversed), ...all);
		expect(order.indexOf(11)).toBe(order.indexOf(1) + 1);
		expect(order.slice(order.indexOf(2) + 1, order.indexOf(2) + 3).sort()).toEqual([12, 13]);
		expect(order.at(-1)).toBe(51);
	});
});

test.each([
	[false, [1, 11, 12, 13]],
	[true, [1, 13, 12, 11]],
])('the workers of one leader stand in the order of the list, reversed: %s', (isReversed, order) => {
	const worker = (pid: number) => processOf(pid, 'parallel worker', {leaderPid: 1, state: 'active'});
	expect(sorted(by('pid', isReversed), worker(12), worker(11), backend(1), worker(13))).toEqual(order);
});

test('a worker whose pid a leader has now takes no worker from it', () => {
	const gone = processOf(11, 'parallel worker', {leaderPid: 99, stateChange: noon - hour});
	const leader = processOf(11, 'background worker', {stateChange: noon - minute, backendStart: noon});
	const worker = processOf(12, 'parallel worker', {leaderPid: 11, stateChange: noon});
	const rows = sessionsSorted(rowsOf([worker, leader, gone]), by('time'));
	expect(rows.map(row => row.value)).toEqual([gone, leader, worker]);
});

test('a worker without a leader in the list stands by itself, behind the clients', () => {
	const orphan = processOf(11, 'parallel worker', {leaderPid: 99, state: 'active', age: hour});
	expect(sorted(by('time'), orphan, backend(1))).toEqual([1, 11]);
});

/** With each index another one. */
const lockSight = (index: number): LockSight => ({
	under: {id: backend(90 + index).id, pid: 90 + index, isQueued: false, more: 0},
	wait: {lock: waited, since: noon - index * minute},
	isBlocker: true,
	blocks: index,
});

const waited = {key: 'tuple 1', type: 'tuple', mode: 'ExclusiveLock', isGranted: false, pids: [1], count: 1};

describe.each(sortableColumns)('by $title', ({id}) => {
	test.each([false, true])('what may not be seen stands last, reversed: %s', isReversed => {
		const seen = [backend(10), backend(30, {user: 'zoe', database: 'a', application: 'z'}), idleBackend(20)];
		const order = sorted(by(id, isReversed), invisible(5, {user: 'bob'}), ...seen);
		// Pid, user, database and application are seen of every session.
		if (!['pid', 'user', 'database', 'application'].includes(id)) expect(order.at(-1)).toBe(5);
		expect(order).toHaveLength(4);
	});

	// A fastpath call has no age of a query, and what is no client session stands in another group.
	const other = id === 'state' ? {state: 'fastpath function call'} : {};
	const type = (name: string) => (id === 'type' ? {type: name} : {});
	test('reversing turns the values round', () => {
		const values = [
			backend(1, {
				age: minute,
				backendStart: noon - hour,
				user: 'a',
				database: 'a',
				application: 'a',
				client: 'a',
				wait: {type: 'IO', name: 'a'},
				leaderPid: 7,
				xid: 90,
				xmin: 90,
				queryId: '1',
				...type('a'),
			}),
			backend(2, {
				age: hour,
				backendStart: noon - 2 * hour,
				user: 'b',
				database: 'b',
				application: 'b',
				client: 'b',
				wait: {type: 'IO', name: 'b'},
				leaderPid: 8,
				xid: 80,
				xmin: 80,
				queryId: '2',
				...type('b'),
				...other,
			}),
		];
		const rows = rowsOf(values).map((one, index) => ({...one, lock: lockSight(index)}));
		const order = (isReversed: boolean) => pids(sessionsSorted(rows, by(id, isReversed)));
		expect(order(true)).toEqual([...order(false)].reverse());
	});
});

test('a role named ? stands among the others, in the order of texts', () => {
	const all = [backend(1, {user: 'a'}), backend(2, {user: '?'}), invisible(3, {user: undefined})];
	expect(sorted(by('user'), ...all)).toEqual([2, 1, 3]);
});

test('texts are compared alike on every machine, whatever its locale', () => {
	const names = ['Zed', 'alice', 'Ärger', 'bob', '_x', '9'];
	const all = names.map((user, index) => backend(index + 1, {user}));
	const users = sessionsSorted(rowsOf(all), by('user')).map(({value: {user}}) => user);
	expect(users).toEqual([...names].sort());
});
