import type {Snapshot} from '../server/snapshot.js';
import type {Backend, RowId} from '../session/backend.js';
import {states} from '../session/states.js';
import type {Row} from './row.js';
import {type Arrangement, type RowOrder, sortRows} from './sort.js';

export type Toggles = {readonly showsIdle: boolean; readonly showsBackground: boolean};

/** Whether the toggles let a session be listed. */
export function passes(backend: Backend, ownPid: number, {showsIdle, showsBackground}: Toggles): boolean {
	if (!showsBackground) {
		const isWorker = backend.kind === 'parallel worker' && backend.leaderPid !== undefined;
		if (backend.pid === ownPid || (backend.kind !== 'client' && !isWorker)) return false;
	}

	return showsIdle || backend.state !== states.idle;
}

const toRow = (backend: Backend, {at}: Snapshot): Row<Backend> => ({value: backend, at, isGone: false});

/**
The same session, where this role sees more or less of it than before, because rights were granted or revoked. Its id is another, but it has not ended.
*/
function shownAnew({value: backend, isGone}: Row<Backend>, {backends}: Snapshot): Backend | undefined {
	const {pid, userId, isVisible} = backend;
	if (isGone) return undefined;
	return backends.find(one => one.pid === pid && one.userId === userId && one.isVisible !== isVisible);
}

/** The lines while the order is held: the same ones, with new values. Sessions that ended keep their values, and new ones wait. */
export function holdRows(rows: readonly Row<Backend>[], snapshot: Snapshot): readonly Row<Backend>[] {
	const found = new Map(snapshot.backends.map(backend => [backend.id, backend]));
	return rows.map(row => {
		const backend = found.get(row.value.id) ?? shownAnew(row, snapshot);
		return backend ? toRow(backend, snapshot) : row.isGone ? row : {...row, isGone: true};
	});
}

/** How many sessions the next order will bring. */
export function countNew(rows: readonly Row<Backend>[], snapshot: Snapshot, toggles: Toggles): number {
	const known = new Set(rows.map(({value: backend}) => backend.id));
	return snapshot.backends.filter(
		backend => !known.has(backend.id) && passes(backend, snapshot.ownPid, toggles),
	).length;
}

/**
The lines of a new order. Pinned sessions are listed even against the toggles, and keep their line after they have ended.
*/
export function orderRows(
	rows: readonly Row<Backend>[],
	snapshot: Snapshot,
	toggles: Toggles,
	arrangement: Arrangement<Backend>,
	order: RowOrder<Backend>,
	pinned: ReadonlySet<RowId>,
): readonly Row<Backend>[] {
	const ids = new Set(snapshot.backends.map(({id}) => id));
	const live = snapshot.backends
		.filter(backend => passes(backend, snapshot.ownPid, toggles) || pinned.has(backend.id))
		.map(backend => toRow(backend, snapshot));
	const sorted = [...sortRows(live, arrangement, order)];
	for (const [index, row] of rows.entries()) {
		if (pinned.has(row.value.id) && !ids.has(row.value.id) && !shownAnew(row, snapshot)) {
			// Behind the end it is the end.
			sorted.splice(index, 0, {...row, isGone: true});
		}
	}

	return sorted;
}
