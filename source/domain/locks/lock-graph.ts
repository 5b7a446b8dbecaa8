import type {RowId} from '../row-id.js';
import type {Snapshot} from '../server/snapshot.js';
import type {Backend} from '../session/backend.js';
import type {Frees} from './frees.js';
import {holdersFor, onlyBlocker, type Parent, parentOf} from './graph/blockers.js';
import {blockersIn, contestedObjects} from './graph/contested.js';
import {freesOf, letsGoOn, nextAfter} from './graph/frees-of.js';
import {byAge, lockParties, type Parties} from './graph/lock-parties.js';
import type {Contested, LockParty, Waiting} from './graph/lock-party.js';
import {allBlockedBy} from './graph/reach.js';
import {byWait, longestWait, topsOf} from './graph/tops.js';
import type {LockSight, LockWait} from './lock-sight.js';

/** Who waits for whom, in one picture. */
export type LockGraph = {
	/** Of everyone who waits or is waited for. */
	readonly sights: ReadonlyMap<RowId, LockSight>;
	/** Those who block and wait for nobody, and one of each cycle: most blocked first, then the oldest transaction. */
	readonly roots: readonly RowId[];
	/** Who stands under it in the tree, the longest wait first. */
	childrenOf(id: RowId): readonly RowId[];
	/** Everyone who waits for it, directly or behind others. */
	blockedBy(id: RowId): readonly RowId[];
	/** Everyone who holds what it waits for, the oldest transaction first. */
	holdersFor(id: RowId): readonly RowId[];
	/** The longest wait of those who wait for it. */
	longestBehind(id: RowId): LockWait | undefined;
	/** What its end would set free. */
	freesOf(id: RowId): Frees;
	/** What a cancel of its wait lets go on. */
	letsGoOn(id: RowId): Frees;
	/** Who gets on next when it ends, where that is known. */
	nextAfter(id: RowId): RowId | undefined;
	/** The root of the chain that it stands in; itself where it is one. Undefined where it neither waits nor blocks. */
	rootOf(id: RowId): RowId | undefined;
	/** Not all locks were read: there may be more of everything. */
	readonly isCut: boolean;
};

const nobody: LockGraph = {
	sights: new Map(),
	roots: [],
	childrenOf: () => [],
	blockedBy: () => [],
	holdersFor: () => [],
	longestBehind: () => undefined,
	freesOf: () => ({least: 0, most: 0}),
	letsGoOn: () => ({least: 0, most: 0}),
	nextAfter: () => undefined,
	rootOf: () => undefined,
	isCut: false,
};

/** What a graph is made of. */
export type LockPicture = Pick<Snapshot, 'backends' | 'prepared' | 'locks'>;

/** A frame asks for the graph of its picture in many places. */
const graphs = new WeakMap<LockPicture, LockGraph>();

/** What the locks of a picture tell. */
export function lockGraphOf(picture: LockPicture): LockGraph {
	const {locks} = picture;
	if (!locks || locks.rows.length === 0) return nobody;
	const before = graphs.get(picture);
	if (before) return before;
	const graph = makeGraph(picture);
	graphs.set(picture, graph);
	return graph;
}

function makeGraph(picture: LockPicture): LockGraph {
	const {locks} = picture;
	const parties = lockParties(picture);
	const objects = contestedObjects(locks?.rows ?? [], parties);
	const waiting = new Set(objects.flatMap(({queue}) => queue.map(({party}) => party)));
	const blocking = blockersIn(objects);
	const all = new Map([...blocking, ...waiting].map(party => [party.id, party]));
	const behind = allBehind(objects, parties);
	const count = (party: LockParty) => behind(party).count;
	const parents = new Map([...waiting].map(party => [party, parentOf(longestWait(party))]));
	const tops = topsOf(waiting, parents);
	const roots = [...blocking]
		.filter(party => !waiting.has(party) || tops.has(party))
		.sort((one, other) => count(other) - count(one) || byAge(one, other));
	const children = groupBy(
		[...waiting].filter(party => !tops.has(party)),
		party => parents.get(party)?.party,
	);
	for (const under of children.values()) under.sort(byWait);
	const freed = groupBy([...waiting], onlyBlocker);
	const ids = (found: Iterable<LockParty>) => [...found].map(({id}) => id);
	const told = <V>(id: RowId, none: V, tell: (party: LockParty) => V): V => {
		const party = all.get(id);
		return party ? tell(party) : none;
	};

	return {
		sights: new Map(
			[...all.values()].map(party => [
				party.id,
				sightOf(party, parents.get(party), blocking.has(party), parties, count),
			]),
		),
		roots: ids(roots),
		childrenOf: id => told(id, [], party => ids(children.get(party) ?? [])),
		blockedBy: id => told(id, [], party => ids(allBlockedBy(party))),
		holdersFor: id => told(id, [], party => ids(holdersFor(longestWait(party)))),
		longestBehind: id => told(id, undefined, party => behind(party).longest),
		freesOf: id => told(id, nobody.freesOf(id), party => freesOf(party, freed.get(party) ?? [])),
		letsGoOn: id => told(id, nobody.letsGoOn(id), party => letsGoOn(party, freed.get(party) ?? [])),
		nextAfter: id => told(id, undefined, party => nextAfter(party, freed.get(party) ?? [])?.id),
		rootOf(id) {
			let party = all.get(id);
			while (party && waiting.has(party) && !tops.has(party)) party = parents.get(party)?.party;
			return party?.id;
		},
		isCut: locks?.isCut ?? false,
	};
}

/** Those who wait for a party, and the longest of their waits. */
type Behind = {readonly count: number; readonly longest?: LockWait};

/** Looked through when somebody asks, and once for all that hold the same and wait for nobody: of a table that is read, these are many. */
function allBehind(objects: readonly Contested[], {backendOf}: Parties): (party: LockParty) => Behind {
	const numbers = new Map(objects.map((object, number) => [object, number]));
	const known = new Map<LockParty | string, Behind>();
	const keyOf = (party: LockParty) =>
		party.waits.length > 0
			? party
			: party.holds.map(({object, mode}) => `${numbers.get(object)}:${mode}`).join(' ');
	const look = (party: LockParty): Behind => {
		const all = allBlockedBy(party);
		let longest: LockWait | undefined;
		for (const one of all) {
			const waiting = longestWait(one);
			const wait = waiting && waitOf(waiting, backendOf(waiting.pid));
			if (wait?.since !== undefined && wait.since < (longest?.since ?? Infinity)) longest = wait;
		}

		return longest ? {count: all.size, longest} : {count: all.size};
	};

	return party => {
		const key = keyOf(party);
		const behind = known.get(key) ?? look(party);
		known.set(key, behind);
		return behind;
	};
}

function sightOf(
	party: LockParty,
	parent: Parent | undefined,
	isBlocker: boolean,
	{backendOf}: Parties,
	count: (party: LockParty) => number,
): LockSight {
	const first = longestWait(party);
	const under = parent && {
		id: parent.party.id,
		pid: parent.party.pid,
		isQueued: parent.isQueued,
		more: parent.more,
	};
	return {
		...(first && {wait: waitOf(first, backendOf(first.pid))}),
		...(under && {under}),
		isBlocker,
		get blocks() {
			return isBlocker ? count(party) : 0;
		},
	};
}

/** Before 14 nothing tells since when a lock is waited for, but not before the query. */
function waitOf({lock, since}: Waiting, backend: Backend | undefined): LockWait {
	if (since !== undefined) return {lock, since};
	const {queryStart} = backend ?? {};
	return lock.since || queryStart === undefined ? {lock} : {lock, since: queryStart, isSinceGuessed: true};
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K | undefined): Map<K, V[]> {
	const groups = new Map<K, V[]>();
	for (const value of values) {
		const key = keyOf(value);
		if (key === undefined) continue;
		const group = groups.get(key);
		if (group) group.push(value);
		else groups.set(key, [value]);
	}

	return groups;
}
