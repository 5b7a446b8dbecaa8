import type {Row} from '../../domain/list/row.js';
import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {nextRoot} from '../../domain/locks/next-root.js';
import type {RowId} from '../../domain/row-id.js';
import type {Backend} from '../../domain/session/backend.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';

/** What b goes to now; undefined where nobody waits. `isWorst`: because it is the worst of all, and the selected session has nothing to do with it. */
export function rootFromHere(state: State): {readonly id: RowId; readonly isWorst: boolean} | undefined {
	const picture = pictureOf(state);
	if (!picture) return undefined;
	const graph = lockGraphOf(picture);
	const {rows, selected} = state.screen;
	const from = leaderOf(rows, selected);
	const id = nextRoot(graph, from);
	if (id === undefined) return undefined;
	const isOwn = from !== undefined && (graph.roots.includes(from) || graph.rootOf(from) === id);
	return {id, isWorst: !isOwn};
}

/** Of a parallel worker the leader stands for all of them. */
function leaderOf(rows: readonly Row<Backend>[], id: RowId | undefined): RowId | undefined {
	const leader = id && rows.find(({value}) => value.id === id)?.value.leaderPid;
	return leader ? (rows.find(({value: {pid}}) => pid === leader)?.value.id ?? id) : id;
}
