import type {LockGraph} from '../../../source/domain/locks/lock-graph.js';
import type {RowId} from '../../../source/domain/row-id.js';
import type {Snapshot} from '../../../source/domain/server/snapshot.js';
import type {TestCluster} from '../../helpers/server/cluster.js';

/** Whom each waiter waits for, as the server says it: 0 is a prepared transaction. */
export type Blocking = ReadonlyMap<number, ReadonlySet<number>>;

/** What pg_blocking_pids says of all who wait, a group of parallel processes as its leader. */
export async function blockingIn(
	cluster: TestCluster,
	{backends}: Pick<Snapshot, 'backends'>,
): Promise<Blocking> {
	const rows = await cluster.observe<{pid: number; by: readonly number[]}>(
		'select pid, pg_blocking_pids(pid) as by from (select distinct pid from pg_locks where not granted and pid is not null) w',
	);
	const leaders = new Map(backends.map(({pid, leaderPid}) => [pid, leaderPid ?? pid]));
	const blocking = new Map<number, Set<number>>();
	for (const {pid, by} of rows) {
		const leader = leaders.get(pid) ?? pid;
		const known = blocking.get(leader) ?? new Set();
		for (const one of by) known.add(leaders.get(one) ?? one);
		blocking.set(leader, known);
	}

	return blocking;
}

/** Everyone who waits for it, directly or behind others; itself not. */
export function allBehind(blocking: Blocking, pid: number): ReadonlySet<number> {
	const found = new Set<number>([pid]);
	for (let before = 0; before !== found.size; ) {
		before = found.size;
		for (const [waiter, by] of blocking) if ([...by].some(one => found.has(one))) found.add(waiter);
	}

	found.delete(pid);
	return found;
}

/** Everyone in the tree, as often as it stands there. */
export function placed(graph: LockGraph): readonly RowId[] {
	const under = (id: RowId, depth: number): readonly RowId[] =>
		depth > 1000 ? [] : [id, ...graph.childrenOf(id).flatMap(child => under(child, depth + 1))];
	return graph.roots.flatMap(root => under(root, 0));
}

/** All in which the graph of a picture and the server do not agree, in words. `isOrdered`: who stands before whom in a queue is known. */
export function disagreements(
	graph: LockGraph,
	{backends}: Snapshot,
	blocking: Blocking,
	isOrdered: boolean,
): readonly string[] {
	const pids = new Map<RowId, number>(backends.map(({id, pid}) => [id, pid]));
	const wrong: string[] = [];
	const waiters = new Map([...graph.sights].filter(([, {wait}]) => wait));
	const waiting = [...waiters.keys()].map(id => pids.get(id) ?? -1);
	if (waiting.toSorted().join() !== [...blocking.keys()].toSorted().join())
		wrong.push(`${waiting.join()} wait, by the server ${[...blocking.keys()].join()}`);
	for (const [id, {under}] of waiters) {
		const pid = pids.get(id) ?? -1;
		const by = blocking.get(pid) ?? new Set();
		if (!under) wrong.push(`${pid} waits, and stands under nobody`);
		else if ((!under.isQueued || isOrdered) && !by.has(under.pid))
			wrong.push(
				`${pid} stands under ${under.pid}${under.isQueued ? ' queued' : ''}, by the server ${[...by].join()}`,
			);
	}

	const all = placed(graph);
	if (all.length !== new Set(all).size || all.length !== graph.sights.size)
		wrong.push(`${all.length} lines in the tree for ${graph.sights.size}`);
	const prepared = [...graph.sights.keys()].filter(id => !pids.has(id));
	if (!isOrdered) return wrong;
	for (const [id, {blocks}] of graph.sights) {
		const pid = pids.get(id) ?? 0;
		// Of several prepared transactions the server does not tell which it is.
		if (pid === 0 && prepared.length > 1) continue;
		const behind = allBehind(blocking, pid);
		if (behind.size !== blocks) wrong.push(`${pid} blocks ${blocks}, by the server ${[...behind].join()}`);
	}

	return wrong;
}
