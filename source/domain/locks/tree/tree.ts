import type {Row} from '../../list/row.js';
import type {RowId} from '../../row-id.js';
import type {Backend} from '../../session/backend.js';
import type {LockGraph} from '../lock-graph.js';
import {queueLine} from './queue-line.js';

export type TreeShape = {
	/** Whose long queues are open: all their waiters have a row. */
	readonly opened: ReadonlySet<RowId>;
	/** These have a row of their own, however long the queue is. */
	readonly kept: ReadonlySet<RowId>;
	/** The terminal draws no sign that is not ASCII. */
	readonly isAscii: boolean;
};

export type LockTree = {
	readonly rows: readonly Row<Backend>[];
	/** What stands before the text of a row, by its id; absent where nothing does. */
	readonly branches: ReadonlyMap<RowId, string>;
	/** Those that have no row, because a line stands for them. */
	readonly folded: ReadonlySet<RowId>;
};

/** A row, and the parallel workers that stand under it. */
type Cluster = {readonly head: Row<Backend>; readonly workers: readonly Row<Backend>[]};

/** What a tree grows from. */
type Seed = {
	readonly graph: LockGraph;
	readonly shape: TreeShape;
	/** Of two rows with one id only the first is in the tree. */
	readonly byId: ReadonlyMap<RowId, Cluster>;
	/** Those that have their place by now. */
	readonly taken: Set<RowId>;
};

/** Where a row stands: how deep, what stands before its text, and before those of what stands under it. */
type Place = {
	readonly cluster: Cluster;
	readonly level: number;
	readonly branch: string;
	readonly stem: string;
};

/** Signs of three cells each. */
type Signs = {readonly next: string; readonly last: string; readonly on: string};

const drawn: Signs = {next: '├─ ', last: '└─ ', on: '│  '};
const ascii: Signs = {next: '|- ', last: '`- ', on: '|  '};
const blank = '   ';

/** No more levels are drawn: what is deeper stands at the last. */
const deepest = 5;

/** More waiters that nobody waits for are one line. */
const mostInQueue = 20;

/** Whom each stands under in the tree; undefined for a root, and for who neither waits nor blocks. */
export function aboveIn({roots, sights}: LockGraph): (id: RowId) => RowId | undefined {
	const isRoot = new Set(roots);
	return id => (isRoot.has(id) ? undefined : sights.get(id)?.under?.id);
}

/** Sorted rows as a tree: those that block stand above those that wait for them, in chains. The others follow in their order. */
export function lockTree(rows: readonly Row<Backend>[], graph: LockGraph, shape: TreeShape): LockTree {
	const clusters = clustersOf(rows);
	const byId = new Map(clusters.toReversed().map(cluster => [cluster.head.value.id, cluster]));
	const seed: Seed = {graph, shape, byId, taken: new Set()};
	const placed: Row<Backend>[] = [];
	const branches = new Map<RowId, string>();
	const folded = new Set<RowId>();
	const put = (row: Row<Backend>, branch: string) => {
		placed.push(row);
		if (branch !== '') branches.set(row.value.id, branch);
	};

	// A chain may be thousands of rows deep: what is still to be placed waits here, the next one at the end.
	const pending = takeListed(graph.roots, seed)
		.map((cluster): Place => ({cluster, level: 0, branch: '', stem: ''}))
		.toReversed();
	for (let place = pending.pop(); place; place = pending.pop()) {
		const {head, workers} = place.cluster;
		put(head, place.branch + moreWords(place, graph));
		for (const worker of workers) put(worker, place.stem);
		if (head.value.queue) continue;
		const {shown, inLine} = unfolded(head, seed);
		for (const one of inLine) folded.add(one.head.value.id);
		pending.push(...placesUnder(place, shown, shape.isAscii ? ascii : drawn).toReversed());
	}

	for (const cluster of clusters) {
		const {head, workers} = cluster;
		const {id} = head.value;
		if (!seed.taken.has(id) || byId.get(id) !== cluster) placed.push(head, ...workers);
	}

	return {rows: placed, branches, folded};
}

/** A root stands under nobody, so nobody is more. */
function moreWords({cluster: {head}, level}: Place, {sights}: LockGraph): string {
	const more = level === 0 ? 0 : (sights.get(head.value.id)?.under?.more ?? 0);
	return more > 0 ? `+${more} more: ` : '';
}

/** The clusters with these ids. What is not listed has those in its place that stand under it. */
function takeListed(ids: readonly RowId[], {graph, byId, taken}: Seed): readonly Cluster[] {
	const found: Cluster[] = [];
	const open = ids.toReversed();
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (taken.has(id)) continue;
		taken.add(id);
		const cluster = byId.get(id);
		if (cluster) found.push(cluster);
		else open.push(...graph.childrenOf(id).toReversed());
	}

	return found;
}

/** What stands under a row, and those of it that stand in the line of a queue. */
function unfolded(
	{value: {id}, at}: Row<Backend>,
	seed: Seed,
): {readonly shown: readonly Cluster[]; readonly inLine: ReadonlySet<Cluster>} {
	const {
		graph,
		shape: {opened, kept},
	} = seed;
	const children = takeListed(graph.childrenOf(id), seed);
	const isLast = ({head}: Cluster) => graph.childrenOf(head.value.id).length === 0;
	const isLong = children.length > mostInQueue && children.filter(isLast).length > mostInQueue;
	const inLine = new Set(
		isLong && !opened.has(id)
			? children.filter(one => isLast(one) && one.workers.length === 0 && !kept.has(one.head.value.id))
			: [],
	);
	if (inLine.size === 0) return {shown: children, inLine};
	const line = {head: queueLine(id, inLine.size, at), workers: []};
	return {shown: [...children.filter(one => !inLine.has(one)), line], inLine};
}

const placesUnder = (
	{level, stem}: Place,
	children: readonly Cluster[],
	{next, last, on}: Signs,
): readonly Place[] =>
	children.map((cluster, index) => {
		const isLast = index === children.length - 1;
		const below = stem + (isLast ? blank : on);
		return {
			cluster,
			level: level + 1,
			branch: stem + (isLast ? last : next),
			stem: level + 1 < deepest ? below : stem,
		};
	});

function clustersOf(rows: readonly Row<Backend>[]): readonly Cluster[] {
	const clusters: {head: Row<Backend>; workers: Row<Backend>[]}[] = [];
	for (const row of rows) {
		const {leaderPid} = row.value;
		const last = clusters.at(-1);
		const isUnder = leaderPid !== undefined && leaderPid === last?.head.value.pid;
		if (isUnder) last.workers.push(row);
		else clusters.push({head: row, workers: []});
	}

	return clusters;
}
