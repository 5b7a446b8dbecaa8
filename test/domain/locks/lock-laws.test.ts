import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isConflict, lockModes, modeNumber} from '../../../source/domain/locks/graph/lock-modes.js';
import {lockGraphOf} from '../../../source/domain/locks/lock-graph.js';
import {backend, noon, second} from '../../helpers/state/backend.js';
import {type LockScene, locksOf} from '../../helpers/state/locked.js';

const most = 9;
const pids = Array.from({length: most}, (_, index) => index + 1);
const sessions = pids.map(pid => backend(pid, {xactStart: noon - 600 * second + pid * second}));
const pidOf = (id: string | undefined) => sessions.find(one => one.id === id)?.pid;
const idOf = (pid: number) => backend(pid).id;

type Hold = {readonly pid: number; readonly mode: string};

/** Objects that are held and waited for at random; each session waits once at most. No holder holds what conflicts with another. */
const scenes = fc
	.record({
		objects: fc.array(
			fc.record({
				type: fc.constantFrom('relation', 'tuple', 'transactionid', 'advisory'),
				holds: fc.array(fc.record({pid: fc.constantFrom(...pids), mode: fc.constantFrom(...lockModes)}), {
					maxLength: 6,
				}),
			}),
			{minLength: 1, maxLength: 4},
		),
		waits: fc.array(
			fc.record({
				object: fc.nat(3),
				mode: fc.constantFrom(...lockModes),
				since: fc.integer({min: 1, max: 20}),
			}),
			{
				minLength: most,
				maxLength: most,
			},
		),
		waiting: fc.array(fc.boolean(), {minLength: most, maxLength: most}),
	})
	.map(({objects, waits, waiting}): readonly LockScene[] =>
		objects.map(({type, holds}, number) => {
			const held = compatible(holds);
			const modes = [...new Set(held.map(({mode}) => mode))];
			return {
				type,
				held: Object.fromEntries(
					modes.map(mode => [mode, [...new Set(held.filter(one => one.mode === mode).map(({pid}) => pid))]]),
				),
				waits: waits.flatMap(({object, mode, since}, index) =>
					// Who holds it already would go in front, which the other tests show.
					waiting[index] && object === number && held.every(({pid}) => pid !== index + 1)
						? [[index + 1, mode, since] as const]
						: [],
				),
			};
		}),
	);

function compatible(holds: readonly Hold[]): readonly Hold[] {
	const kept: Hold[] = [];
	for (const hold of holds)
		if (kept.every(one => one.pid === hold.pid || !conflict(one.mode, hold.mode))) kept.push(hold);
	return kept;
}

const conflict = (one: string, other: string) => isConflict(modeNumber(one) ?? -1, modeNumber(other) ?? -1);

/** Every edge, by the rule as it is written: who holds what conflicts, and who stands in front and asks for what conflicts. */
function edgesOf(
	all: readonly LockScene[],
): ReadonlyMap<number, {readonly hard: Set<number>; readonly queued: Set<number>}> {
	const edges = new Map<number, {hard: Set<number>; queued: Set<number>}>();
	for (const {held = {}, waits = []} of all) {
		const queue = waits.toSorted((one, other) => (one[2] ?? 0) - (other[2] ?? 0) || one[0] - other[0]);
		for (const [place, [pid, mode]] of queue.entries()) {
			const hard = Object.entries(held).flatMap(([other, holders]) => (conflict(mode, other) ? holders : []));
			const queued = queue.slice(0, place).filter(([, other]) => conflict(mode, other));
			edges.set(pid, {hard: new Set(hard as number[]), queued: new Set(queued.map(([one]) => one))});
		}
	}

	return edges;
}

test('the graph agrees with all edges written out one by one', () => {
	let met = 0;
	fc.assert(
		fc.property(scenes, all => {
			const graph = lockGraphOf({backends: sessions, locks: locksOf(all)});
			const edges = edgesOf(all);
			const blockersOf = (pid: number) => {
				const {hard = [], queued = []} = edges.get(pid) ?? {};
				return new Set([...hard, ...queued]);
			};
			for (const pid of pids) {
				const id = idOf(pid);
				const reached = new Set<number>();
				for (let grows = true; grows; ) {
					grows = false;
					for (const waiter of edges.keys()) {
						if (waiter === pid || reached.has(waiter)) continue;
						if (![...blockersOf(waiter)].some(one => one === pid || reached.has(one))) continue;
						reached.add(waiter);
						grows = true;
					}
				}

				expect(graph.blockedBy(id).map(pidOf).sort()).toEqual([...reached].sort());
				expect(graph.sights.get(id)?.blocks ?? 0).toBe(reached.size);
				if (reached.size > 0) met++;
				const {hard, queued} = edges.get(pid) ?? {hard: new Set<number>(), queued: new Set<number>()};
				const under = graph.sights.get(id)?.under;
				if (under) {
					expect((under.isQueued ? queued : hard).has(under.pid)).toBe(true);
					expect(under.isQueued && hard.size > 0).toBe(false);
					expect(under.more).toBe(under.isQueued ? 0 : hard.size - 1);
				} else {
					expect(hard.size + queued.size).toBe(0);
				}

				const only = [...edges.keys()].filter(waiter => {
					const own = blockersOf(waiter);
					return own.size === 1 && own.has(pid) && !isForPlace(all, waiter);
				});
				expect(graph.freesOf(id).most).toBe(only.length);
				expect(graph.freesOf(id).least).toBeLessThanOrEqual(only.length);
				if (reached.size > 0 && only.length === 0) expect(graph.freesOf(id)).toHaveProperty('least', 0);
			}
		}),
		{numRuns: 400},
	);
	expect(met).toBeGreaterThan(200);
});

const isForPlace = (all: readonly LockScene[], pid: number) =>
	all.some(({type, waits = []}) => type === 'tuple' && waits.some(([waiter]) => waiter === pid));

test('everyone who waits stands in the tree once, and under a root unless nobody is known to block it', () => {
	fc.assert(
		fc.property(scenes, all => {
			const graph = lockGraphOf({backends: sessions, locks: locksOf(all)});
			const placed: string[] = [];
			const place = (id: (typeof graph.roots)[number]) => {
				placed.push(id);
				for (const child of graph.childrenOf(id)) place(child);
			};
			for (const root of graph.roots) place(root);
			expect(new Set(placed).size).toBe(placed.length);
			for (const [id, {under}] of graph.sights) if (under) expect(placed).toContain(id);
			for (const root of graph.roots) expect(graph.rootOf(root)).toBe(root);
		}),
		{numRuns: 400},
	);
});
