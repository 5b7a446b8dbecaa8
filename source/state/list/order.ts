import {type Row, rowWith} from '../../domain/list/row.js';
import {countNew, holdRows, sortedRows, withGoneRows} from '../../domain/list/rows.js';
import {clampTop, layoutFor} from '../../domain/list/window.js';
import {type LockGraph, lockGraphOf} from '../../domain/locks/lock-graph.js';
import {longBlockers} from '../../domain/locks/long-blockers.js';
import {withQueueCounts} from '../../domain/locks/tree/queue-line.js';
import {aboveIn, lockTree} from '../../domain/locks/tree/tree.js';
import type {Micros} from '../../domain/micros.js';
import type {RowId} from '../../domain/row-id.js';
import type {Backend} from '../../domain/session/backend.js';
import {type Signalled, sightingOf} from '../../domain/signal/signalled.js';
import {sessions} from '../../views/sessions/view.js';
import {listedBy} from '../find/listed-by.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';
import {grown} from './shown-columns.js';

/** How long a signalled session is listed even against the toggles, in milliseconds. */
const signalledFor = 60_000;

/** How many ended sessions of a question about tags keep their lines so long. */
const mostEnded = 10;

/** How long the order is held after a movement, in milliseconds. */
export const heldFor = 2000;

export const tableLines = ({screen}: State) => layoutFor(screen.size.rows, screen.showsPane).tableLines;

const isEndedTag = (signalled: Signalled): boolean =>
	signalled.isTagged === true && sightingOf(signalled)?.outcome.type === 'ended';

/** Those that are selected or tagged, were signalled, or are named in the alert line for those that wait for them. */
function pinned(
	{screen, server, settings}: State,
	graph: LockGraph,
	at: Micros,
	now: number,
): ReadonlySet<RowId> {
	const signalled = server.signals.filter(({pressedAt}) => now - pressedAt < signalledFor);
	// So many would leave no room for those that live.
	const areMany = signalled.filter(isEndedTag).length > mostEnded;
	const kept = areMany ? signalled.filter(one => !isEndedTag(one)) : signalled;
	const blocking = longBlockers(graph, at, settings.thresholds.lockWait).slice(0, 1);
	const selected = screen.selected === undefined ? [] : [screen.selected];
	return new Set([
		...kept.map(({order}) => order.target.id),
		...selected,
		...screen.tags.keys(),
		...blocking.map(({id}) => id),
	]);
}

/** Gives the rows the values of the new picture. A held order stays, any other is renewed. */
export function listRows(state: State, now: number): State {
	const {screen} = state;
	const snapshot = pictureOf(state);
	if (!snapshot) return state;
	if (now < screen.heldUntil || screen.layers[0].type === 'question') {
		const held = holdRows(sessions, screen.rows, snapshot);
		return withScreen(state, {
			rows: withQueueCounts(held, lockGraphOf(snapshot), snapshot.at),
			selected: stillListed(screen, held),
			newSessions: countNew(sessions, screen.rows, snapshot, listedBy(state), screen.folded),
		});
	}

	return renewOrder(state, now);
}

/** Sorts anew: with the next picture after a held order, or for a key that asks for another order. */
export function renewOrder(state: State, now: number): State {
	const {screen} = state;
	const snapshot = pictureOf(state);
	const column = sessions.columns.find(({id}) => id === screen.sort.column);
	if (!snapshot || !column || column.isUnsortable) return state;
	const order = {
		value: column.value,
		isDescending: (column.isDescending ?? false) !== screen.sort.isReversed,
	};
	const graph = lockGraphOf(snapshot);
	const kept = pinned(state, graph, snapshot.at, now);
	const sorted = sortedRows(sessions, screen.rows, snapshot, {
		...listedBy(state),
		order,
		pinned: kept,
		...(screen.isTree && {above: aboveIn(graph)}),
	});
	const tree = screen.isTree ? treeOf(state, sorted, graph, kept) : {...unbranched, rows: sorted};
	const rows = withGoneRows(sessions, tree.rows, screen.rows, snapshot, kept);
	const top = clampTop(screen.top, tableLines(state), rows.length);
	const {folded} = tree;
	const branches =
		screen.isTree && rows !== tree.rows
			? withGoneBranches(rows, tree.branches, screen.branches)
			: tree.branches;
	const selected = stillListed(screen, rows);
	return grown(withScreen(state, {rows, branches, folded, selected, newSessions: 0, top}));
}

/** What has no row any more is not selected: the line of a queue goes where its queue does, and where rights were granted or revoked a session is told by another identity. */
const stillListed = ({selected}: State['screen'], rows: readonly Row<Backend>[]) =>
	rowWith(rows, selected) ? selected : undefined;

const unbranched = {branches: new Map<RowId, string>(), folded: new Set<RowId>()};

const treeOf = (
	{screen: {opened}, settings: {isAscii}}: State,
	rows: readonly Row<Backend>[],
	graph: LockGraph,
	kept: ReadonlySet<RowId>,
) => lockTree(rows, graph, {opened, kept, isAscii});

/** Who has gone keeps its branch. */
function withGoneBranches(
	rows: readonly Row<Backend>[],
	branches: ReadonlyMap<RowId, string>,
	before: ReadonlyMap<RowId, string>,
): ReadonlyMap<RowId, string> {
	const after = new Map(branches);
	for (const {value, isGone} of rows) {
		const branch = isGone ? before.get(value.id) : undefined;
		if (branch !== undefined) after.set(value.id, branch);
	}

	return after;
}
