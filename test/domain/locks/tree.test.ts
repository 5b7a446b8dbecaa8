import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/domain/list/row.js';
import {lockGraphOf} from '../../../source/domain/locks/lock-graph.js';
import {aboveIn, lockTree, type TreeShape} from '../../../source/domain/locks/tree/tree.js';
import type {RowId} from '../../../source/domain/row-id.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {queryText} from '../../../source/domain/session/words/query-text.js';
import {backend, noon, processOf} from '../../helpers/state/backend.js';
import {type LockScene, locksOf} from '../../helpers/state/locked.js';
import {growthOf, processorTime} from '../../helpers/state/processor-time.js';

const shape: TreeShape = {opened: new Set(), kept: new Set(), isAscii: false};

const sessionsOf = (count: number) => Array.from({length: count}, (_, index) => backend(index + 1));

/** Each holds an object, and those that are named wait for it. */
const waits = (holder: number, ...waiters: readonly number[]): LockScene => ({
	type: 'advisory',
	held: {E: [holder]},
	waits: waiters.map(pid => [pid, 'E']),
});

const rowsOf = (sessions: readonly Backend[]): readonly Row<Backend>[] =>
	sessions.map(value => ({value, at: noon, isGone: false}));

/** The tree of these sessions, in that order, a text for each line. */
function treeOf(
	scenes: readonly LockScene[],
	sessions: readonly Backend[],
	{listed = sessions, ...how}: Partial<TreeShape> & {readonly listed?: readonly Backend[]} = {},
) {
	const graph = lockGraphOf({backends: sessions, locks: locksOf(scenes)});
	const tree = lockTree(rowsOf(listed), graph, {...shape, ...how});
	const lines = tree.rows.map(
		({value}) => (tree.branches.get(value.id) ?? '') + (value.queue ? queryText(value, noon) : value.pid),
	);
	return {...tree, lines};
}

const ids = (...pids: readonly number[]): ReadonlySet<RowId> => new Set(pids.map(pid => backend(pid).id));

describe('the tree', () => {
	test('is the list where nobody waits', () => {
		expect(treeOf([], sessionsOf(3).toReversed()).lines).toEqual(['3', '2', '1']);
	});

	test('has chains first, the roots by how many they block, and the others in their order', () => {
		const scenes = [waits(2, 3), waits(5, 6, 7), waits(6, 8)];
		expect(treeOf(scenes, sessionsOf(9).toReversed()).lines).toEqual([
			'5',
			'├─ 6',
			'│  └─ 8',
			'└─ 7',
			'2',
			'└─ 3',
			'9',
			'4',
			'1',
		]);
	});

	test('is drawn in ASCII where the terminal has nothing else', () => {
		const shared: LockScene = {
			held: {AS: [1]},
			waits: [
				[2, 'AE'],
				[3, 'AE'],
			],
		};
		expect(treeOf([shared, waits(2, 4, 5), waits(1, 6)], sessionsOf(6), {isAscii: true}).lines).toEqual([
			'1',
			'|- 2',
			'|  |- 4',
			'|  `- 5',
			'|- 6',
			'`- 3',
		]);
	});

	test('says how many others hold what is waited for', () => {
		const shared: LockScene = {held: {AS: [1, 2, 3]}, waits: [[4, 'AE']]};
		expect(treeOf([shared], sessionsOf(4)).lines).toEqual(['1', '└─ +2 more: 4', '2', '3']);
	});

	test('has every session of a cycle once', () => {
		const scenes = [waits(1, 2), waits(2, 3), waits(3, 1), waits(2, 4)];
		expect(treeOf(scenes, sessionsOf(4)).lines.toSorted()).toHaveLength(4);
		expect(treeOf(scenes, sessionsOf(4)).lines[0]).toMatch(/^\d$/);
	});

	test('goes no deeper than five levels, however long a chain is', () => {
		const scenes = Array.from({length: 3000}, (_, index) => waits(index + 1, index + 2));
		const {lines} = treeOf(scenes, sessionsOf(3001));
		expect(lines).toHaveLength(3001);
		expect(lines[4]).toBe(`${' '.repeat(9)}└─ 5`);
		expect(lines[5]).toBe(`${' '.repeat(12)}└─ 6`);
		expect(lines[3000]).toBe(`${' '.repeat(12)}└─ 3001`);
	});

	test('keeps parallel workers under their leader', () => {
		const worker = processOf(9, 'parallel worker', {leaderPid: 2, state: 'active'});
		const sessions = [backend(1), backend(2), worker, backend(3)];
		const {lines} = treeOf([waits(1, 2, 3)], sessions);
		expect(lines).toEqual(['1', '├─ 2', '│  9', '└─ 3']);
	});

	test('draws under nobody what waits for a session that is not in the picture', () => {
		expect(treeOf([waits(77, 1)], sessionsOf(2)).lines).toEqual(['1', '2']);
	});
});

/** Session 1 holds what 2 to 31 wait to read, and 32 waits for 2. */
const sessions = sessionsOf(32);
const readers = sessions.slice(1, 31).map(({pid}) => pid);
const longQueue: readonly LockScene[] = [
	{held: {AE: [1]}, waits: readers.map(pid => [pid, 'AS'])},
	waits(2, 32),
];

describe('a long queue', () => {
	test('is one line behind those that others wait for', () => {
		const {lines, folded} = treeOf(longQueue, sessions);
		expect(lines).toEqual(['1', '├─ 2', '│  └─ 32', '└─ 29 more: Enter shows them']);
		expect(folded.size).toBe(29);
	});

	test('has a row for each where it is open', () => {
		const {lines, folded} = treeOf(longQueue, sessions, {opened: ids(1)});
		expect(lines).toHaveLength(32);
		expect(folded.size).toBe(0);
	});

	test('has a row for those that must stay in sight', () => {
		expect(treeOf(longQueue, sessions, {kept: ids(7, 30)}).lines).toEqual([
			'1',
			'├─ 2',
			'│  └─ 32',
			'├─ 7',
			'├─ 30',
			'└─ 27 more: Enter shows them',
		]);
	});

	test('counts only who is listed', () => {
		const listed = sessions.filter(({pid}) => pid < 25);
		expect(treeOf(longQueue, sessions, {listed}).lines.at(-1)).toBe('└─ 22 more: Enter shows them');
		const few = sessions.filter(({pid}) => pid < 23);
		expect(treeOf(longQueue, sessions, {listed: few}).lines).toHaveLength(22);
	});

	test('of thousands takes no longer than as many sessions do', () => {
		const costOf = (count: number) => {
			const many = sessionsOf(count + 1);
			const scene: LockScene = {held: {AE: [1]}, waits: many.slice(1).map(({pid}) => [pid, 'AE', pid])};
			const graph = lockGraphOf({backends: many, locks: locksOf([scene])});
			const rows = rowsOf(many);
			return processorTime(() => {
				expect(lockTree(rows, graph, shape).rows).toHaveLength(2);
				expect(lockTree(rows, graph, {...shape, opened: ids(1)}).rows).toHaveLength(count + 1);
			});
		};
		// A step for each two of them would take 64 times as long.
		expect(growthOf(costOf, [625, 5000], {enough: 30, least: 1})).toBeLessThan(30);
	});
});

test('who blocks stands above who waits, and nothing else above', () => {
	const graph = lockGraphOf({backends: sessions, locks: locksOf(longQueue)});
	const above = aboveIn(graph);
	const [one, two] = sessions;
	expect(one && above(one.id)).toBeUndefined();
	expect(two && above(two.id)).toBe(one?.id);
	expect(above(sessions[31]?.id as RowId)).toBe(two?.id);
});

describe('whoever waits for whom', () => {
	const pids = sessionsOf(40);
	const anyScene = fc
		.record({
			held: fc.uniqueArray(fc.integer({min: 1, max: 40}), {minLength: 1, maxLength: 3}),
			waits: fc.uniqueArray(fc.integer({min: 1, max: 40}), {maxLength: 30}),
			mode: fc.constantFrom('AE', 'S', 'AS'),
		})
		.map(
			({held, waits: waiters, mode}): LockScene => ({
				held: {[mode === 'AS' ? 'AE' : 'AS']: held},
				waits: waiters.filter(pid => !held.includes(pid)).map(pid => [pid, mode === 'AS' ? 'AS' : 'AE']),
			}),
		);
	const anyIds = fc.array(fc.integer({min: 1, max: 40}), {maxLength: 4}).map(of => ids(...of));

	test('every listed row has one line, or stands in the line of a queue, and who blocks stands above', () => {
		fc.assert(
			fc.property(
				fc.array(anyScene, {maxLength: 6}),
				fc.subarray(pids),
				anyIds,
				anyIds,
				(scenes, some, opened, kept) => {
					const graph = lockGraphOf({backends: pids, locks: locksOf(scenes)});
					const above = aboveIn(graph);
					const listed = new Set(some.map(({id}) => id));
					for (const {id} of some)
						for (let up = above(id); up !== undefined && !listed.has(up); up = above(up)) listed.add(up);
					const rows = rowsOf(pids.filter(({id}) => listed.has(id)));
					const tree = lockTree(rows, graph, {opened, kept, isAscii: false});
					const own = tree.rows.filter(({value}) => !value.queue).map(({value}) => value.id);
					expect([...own, ...tree.folded].sort()).toEqual([...listed].sort());
					for (const [index, id] of own.entries()) {
						const up = above(id);
						if (up !== undefined) expect(own.slice(0, index)).toContain(up);
					}

					for (const id of kept) expect(tree.folded.has(id)).toBe(false);
					const counts = tree.rows.map(({value}) => value.queue?.count ?? 0);
					expect(counts.reduce((sum, count) => sum + count, 0)).toBe(tree.folded.size);
				},
			),
		);
	});
});
