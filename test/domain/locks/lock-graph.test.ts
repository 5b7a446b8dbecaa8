import {expect, test} from 'vitest';
import {lockGraphOf} from '../../../source/domain/locks/lock-graph.js';
import type {Prepared} from '../../../source/domain/locks/prepared.js';
import {preparedId} from '../../../source/domain/locks/prepared-session.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {backend, noon, processOf, second} from '../../helpers/state/backend.js';
import {type LockScene, locksOf} from '../../helpers/state/locked.js';

type Told = {readonly prepared?: readonly Prepared[]; readonly hasStart?: boolean};

/** The graph with pids in the place of ids. Sessions began one second after the other, the smallest pid first. */
function graphOf(scenes: readonly LockScene[], sessions: readonly Backend[], told: Told = {}) {
	const {prepared, hasStart = true} = told;
	const picture = {backends: sessions, locks: locksOf(scenes, hasStart), ...(prepared && {prepared})};
	const graph = lockGraphOf(picture);
	const pids = new Map<string, number | string>(sessions.map(({id, pid}) => [id, pid]));
	for (const one of prepared ?? []) pids.set(preparedId(one), one.gid);
	const pidOf = (id: string | undefined) => (id === undefined ? undefined : (pids.get(id) ?? id));
	const idOf = (pid: number) =>
		sessions.find(one => one.pid === pid)?.id ?? preparedId((prepared ?? [])[0] as Prepared);
	return {
		graph,
		roots: graph.roots.map(pidOf),
		children: (pid: number) => graph.childrenOf(idOf(pid)).map(pidOf),
		blocked: (pid: number) => graph.blockedBy(idOf(pid)).map(pidOf).sort(),
		sight: (pid: number) => graph.sights.get(idOf(pid)),
		frees: (pid: number) => graph.freesOf(idOf(pid)),
		next: (pid: number) => pidOf(graph.nextAfter(idOf(pid))),
		root: (pid: number) => pidOf(graph.rootOf(idOf(pid))),
	};
}

const sessionsOf = (...pids: readonly number[]) =>
	pids.map(pid => backend(pid, {xactStart: noon - 600 * second + pid * second}));

/** R updates a row; a waits for its transaction, and holds the place that b, c and d wait for. */
const rowQueue: readonly LockScene[] = [
	{type: 'transactionid', xid: 7, held: {E: [1]}, waits: [[2, 'S', 10]]},
	{
		type: 'tuple',
		held: {E: [2]},
		waits: [
			[3, 'E', 20],
			[4, 'E', 30],
			[5, 'E', 40],
		],
	},
];

test('with nobody waiting nobody is in it', () => {
	const {graph} = graphOf([], sessionsOf(1));
	expect(graph.sights.size).toBe(0);
	expect(graph.roots).toEqual([]);
});

test('behind a row the first waits for the transaction, and all others for its place', () => {
	const {roots, children, sight, blocked, root} = graphOf(rowQueue, sessionsOf(1, 2, 3, 4, 5));
	expect(roots).toEqual([1]);
	expect(children(1)).toEqual([2]);
	expect(children(2)).toEqual([3, 4, 5]);
	expect(sight(1)).toMatchObject({blocks: 4});
	expect(sight(1)?.under).toBeUndefined();
	expect(sight(2)).toMatchObject({under: {pid: 1, isQueued: false, more: 0}, wait: {since: 10}, blocks: 3});
	// d waits behind b and c, too.
	expect(sight(3)).toMatchObject({under: {pid: 2}, blocks: 2});
	expect(sight(5)).toMatchObject({blocks: 0});
	expect(blocked(1)).toEqual([2, 3, 4, 5]);
	expect(root(5)).toBe(1);
	expect(root(1)).toBe(1);
});

test('the end of who has the row frees one, the end of who has the place nobody', () => {
	const {frees, next} = graphOf(rowQueue, sessionsOf(1, 2, 3, 4, 5));
	expect(frees(1)).toEqual({least: 0, most: 1});
	expect(next(1)).toBe(2);
	expect(frees(2)).toEqual({
		least: 0,
		most: 0,
		nothing: {type: 'has the row', by: expect.any(String), pid: 1},
	});
	expect(next(2)).toBe(3);
	expect(frees(5)).toEqual({least: 0, most: 0});
});

test('of several who wait for one transaction one goes on, and which is a race', () => {
	const {frees, next} = graphOf(
		[
			{
				type: 'transactionid',
				xid: 7,
				held: {E: [1]},
				waits: [
					[2, 'S'],
					[3, 'S'],
					[4, 'S'],
				],
			},
		],
		sessionsOf(1, 2, 3, 4),
	);
	expect(frees(1)).toEqual({least: 1, most: 3});
	expect(next(1)).toBeUndefined();
});

test('who waits for a table, an object or an advisory lock is free for certain', () => {
	const {frees} = graphOf(
		[
			{
				type: 'advisory',
				held: {E: [1]},
				waits: [
					[2, 'S'],
					[3, 'S'],
					[4, 'E'],
					[5, 'S'],
				],
			},
		],
		sessionsOf(1, 2, 3, 4, 5),
	);
	// The last stands behind one that waits for both.
	expect(frees(1)).toEqual({least: 2, most: 2});
});

test('who waits for a snapshot or a speculative insertion may be', () => {
	const {frees} = graphOf([{type: 'virtualxid', held: {E: [1]}, waits: [[2, 'S']]}], sessionsOf(1, 2));
	expect(frees(1)).toEqual({least: 0, most: 1});
});

test('a queued ALTER blocks those behind it, and its end frees them', () => {
	const scene = [
		{
			held: {AS: [1]},
			waits: [
				[2, 'AE', 10],
				[3, 'AS', 20],
				[4, 'AS', 30],
			],
		},
	] as const;
	const {roots, children, sight, frees} = graphOf(scene, sessionsOf(1, 2, 3, 4));
	expect(roots).toEqual([1]);
	expect(children(1)).toEqual([2]);
	expect(children(2)).toEqual([3, 4]);
	expect(sight(3)).toMatchObject({under: {pid: 2, isQueued: true, more: 0}});
	expect(sight(1)).toMatchObject({blocks: 3});
	expect(frees(1)).toEqual({least: 1, most: 1});
	expect(frees(2)).toEqual({least: 2, most: 2});
});

test('a cancel of a waiter lets those go on for certain that wait behind its request, and not those for what it holds', () => {
	const scene: readonly LockScene[] = [
		{
			held: {AS: [1]},
			waits: [
				[2, 'AE', 10],
				[3, 'AS', 20],
			],
		},
		{type: 'advisory', held: {E: [2]}, waits: [[4, 'E', 30]]},
	];
	const {graph, frees} = graphOf(scene, sessionsOf(1, 2, 3, 4));
	const [alter] = sessionsOf(2);
	expect(graph.letsGoOn(alter?.id as never)).toEqual({least: 1, most: 2});
	expect(frees(2)).toEqual({least: 2, most: 2});
});

test('all who hold what is waited for are known, the oldest first', () => {
	const {graph} = graphOf([{held: {RE: [5, 4], RS: [3]}, waits: [[6, 'E']]}], sessionsOf(3, 4, 5, 6));
	const [waiter] = sessionsOf(6);
	expect(graph.holdersFor(waiter?.id as never)).toEqual(sessionsOf(3, 4, 5).map(({id}) => id));
});

test('a reader is no blocker of a writer that it does not conflict with', () => {
	const {graph, sight} = graphOf([{held: {AS: [1], RE: [2]}, waits: [[3, 'S']]}], sessionsOf(1, 2, 3));
	expect(sight(1)).toBeUndefined();
	expect(graph.roots).toHaveLength(1);
	expect(sight(3)).toMatchObject({under: {pid: 2}});
});

test('a waiter stands under the oldest of several holders, and its end frees nobody', () => {
	const {roots, sight, children, frees} = graphOf(
		[{held: {RE: [5, 4], RS: [3]}, waits: [[6, 'E']]}],
		sessionsOf(3, 4, 5, 6),
	);
	expect(sight(6)).toMatchObject({under: {pid: 3, more: 2}});
	expect(children(3)).toEqual([6]);
	expect(children(4)).toEqual([]);
	expect(roots).toEqual([3, 4, 5]);
	expect(frees(4)).toEqual({
		least: 0,
		most: 0,
		nothing: {type: 'holds it too', by: expect.any(String), pid: 3},
	});
});

test('the order of a queue puts who holds the object already in front of whom it blocks', () => {
	const scene = [
		{
			held: {AS: [1, 2]},
			waits: [
				[3, 'AE', 10],
				[2, 'E', 20],
				[4, 'RS', 30],
			],
		},
	] as const;
	const {sight, children} = graphOf(scene, sessionsOf(1, 2, 3, 4));
	// 2 asks later than 3, and stands before it: 3 waits for what 2 holds.
	expect(sight(2)?.under).toBeUndefined();
	expect(sight(3)).toMatchObject({under: {pid: 1, isQueued: false, more: 1}});
	expect(sight(4)).toMatchObject({under: {pid: 2, isQueued: true}});
	expect(children(1)).toEqual([3]);
});

test('a wait that has just begun is the newest of its queue', () => {
	const scene = [
		{
			held: {AS: [1]},
			waits: [
				[2, 'AE', null],
				[3, 'AE', 20],
				[4, 'AE', 10],
			],
		},
	] as const;
	const {sight} = graphOf(scene, sessionsOf(1, 2, 3, 4));
	expect(sight(2)).toMatchObject({blocks: 0});
	expect(sight(4)).toMatchObject({blocks: 2});
	expect(sight(2)?.wait?.since).toBeUndefined();
});

test('before 14 a wait is as old as its query at most', () => {
	const scene = [{held: {AS: [1]}, waits: [[2, 'AE']]}] as const;
	const {sight} = graphOf(scene, [backend(1), backend(2, {queryStart: noon - 9 * second})], {
		hasStart: false,
	});
	expect(sight(2)?.wait).toMatchObject({since: noon - 9 * second, isSinceGuessed: true});
});

test('a cycle has one root, whose wait is the oldest, and keeps who waits for it from outside', () => {
	const scene: readonly LockScene[] = [
		{
			type: 'transactionid',
			xid: 1,
			held: {E: [1]},
			waits: [
				[2, 'S', 20],
				[4, 'S', 5],
			],
		},
		{type: 'transactionid', xid: 2, held: {E: [2]}, waits: [[3, 'S', 30]]},
		{type: 'transactionid', xid: 3, held: {E: [3]}, waits: [[1, 'S', 10]]},
	];
	const {roots, children, sight, root, blocked} = graphOf(scene, sessionsOf(1, 2, 3, 4));
	expect(roots).toEqual([1]);
	expect(children(1)).toEqual([4, 2]);
	expect(children(2)).toEqual([3]);
	expect(children(3)).toEqual([]);
	expect(sight(1)).toMatchObject({under: {pid: 3}, blocks: 3});
	expect(root(3)).toBe(1);
	expect(blocked(1)).toEqual([2, 3, 4]);
});

test('a parallel group is one: its members never block each other, and a worker waits for its leader', () => {
	const [leader] = sessionsOf(1);
	const worker = processOf(2, 'parallel worker', {leaderPid: 1});
	const scene = [
		{
			held: {AS: [1, 2], AE: [9]},
			waits: [
				[2, 'AS'],
				[3, 'AE'],
			],
		},
	] as const;
	const {sight, roots} = graphOf(scene, [leader as Backend, worker, ...sessionsOf(3, 9)]);
	expect(sight(1)).toMatchObject({under: {pid: 9}, blocks: 1});
	expect(sight(2)).toBeUndefined();
	expect(roots).toEqual([9]);
});

test('before 13 a worker is known by the transaction of its leader', () => {
	const xactStart = noon - 77 * second;
	const worker = processOf(2, 'background worker', {xactStart, database: 'shop'});
	const scene = [{held: {AE: [9]}, waits: [[2, 'AS']]}] as const;
	const {sight} = graphOf(scene, [backend(1, {xactStart}), worker, ...sessionsOf(9)]);
	expect(sight(1)).toMatchObject({under: {pid: 9}});
});

test('a prepared transaction is found by its transaction id, behind a savepoint too', () => {
	const prepared: Prepared = {
		gid: 'g7',
		owner: 'api',
		database: 'shop',
		preparedAt: noon - 900 * second,
		xid: 70,
	};
	const scene: readonly LockScene[] = [
		{held: {RE: ['5/205'], AS: [4]}, waits: [[3, 'AE']]},
		{type: 'transactionid', xid: 70, held: {E: ['5/205']}},
		{type: 'transactionid', xid: 71, held: {E: ['5/205']}},
	];
	const {roots, sight} = graphOf(scene, sessionsOf(3, 4), {prepared: [prepared]});
	expect(roots).toEqual(['g7', 4]);
	expect(sight(3)).toMatchObject({under: {id: preparedId(prepared), pid: 0, more: 1}});
});

test('a blocker that is not in the picture is known by its pid', () => {
	const {sight} = graphOf([{held: {AE: [99]}, waits: [[3, 'AS']]}], sessionsOf(3));
	expect(sight(3)).toMatchObject({under: {pid: 99, isQueued: false}});
});

test('equal oids of two databases are two objects', () => {
	const scene: readonly LockScene[] = [
		{relation: 16402, database: 1, held: {AE: [1]}, waits: [[2, 'AS']]},
		{relation: 16402, database: 2, held: {AE: [3]}, waits: [[4, 'AS']]},
	];
	const {roots, blocked} = graphOf(scene, sessionsOf(1, 2, 3, 4));
	expect(roots).toEqual([1, 3]);
	expect(blocked(1)).toEqual([2]);
});

test('roots are ordered by how many they block, then by the age of their transactions', () => {
	const scene: readonly LockScene[] = [
		{
			held: {AE: [3]},
			waits: [
				[4, 'AS'],
				[5, 'AS'],
			],
		},
		{held: {AE: [2]}, waits: [[6, 'AS']]},
		{held: {AE: [1]}, waits: [[7, 'AS']]},
	];
	expect(graphOf(scene, sessionsOf(1, 2, 3, 4, 5, 6, 7)).roots).toEqual([3, 1, 2]);
});

test('a lock of a mode that pgtop does not know blocks nobody', () => {
	const locks = locksOf([{held: {AE: [1]}, waits: [[2, 'AS']]}]);
	const rows = locks.rows.map(row => (row.isGranted ? {...row, mode: 'NewLock'} : row));
	const graph = lockGraphOf({backends: sessionsOf(1, 2), locks: {...locks, rows}});
	expect(graph.roots).toEqual([]);
	expect([...graph.sights.values()].map(({under}) => under)).toEqual([undefined]);
});

test('a lock of a type that pgtop does not know is one like any other', () => {
	const {roots, sight, frees} = graphOf(
		[{type: 'moonlock', held: {E: [1]}, waits: [[2, 'E', 10]]}],
		sessionsOf(1, 2),
	);
	expect(roots).toEqual([1]);
	expect(sight(2)).toMatchObject({under: {pid: 1, isQueued: false}});
	expect(frees(1)).toEqual({least: 1, most: 1});
});

test('five thousand in one queue are counted, each under one other', () => {
	const pids = Array.from({length: 5000}, (_, index) => index + 10);
	const scene: readonly LockScene[] = [
		{held: {AS: [1]}, waits: [[2, 'AE', 1], ...pids.map(pid => [pid, 'AS', pid] as const)]},
	];
	const {sight, children, frees, blocked} = graphOf(scene, sessionsOf(1, 2, ...pids));
	expect(sight(1)?.blocks).toBe(5001);
	expect(children(2)).toHaveLength(5000);
	expect(frees(2)).toEqual({least: 5000, most: 5000});
	expect(blocked(2)).toHaveLength(5000);
});
