import type {Backend} from '../session/backend.js';
import {type Age, stateAge} from '../session/time.js';
import type {Row} from './row.js';

/** Stands for a value that exists but can't be told. A symbol, because a server may send any text. */
const untold: unique symbol = Symbol('?');

export type Comparable = number | string | typeof untold | undefined;

export type RowOrder = {
	/** What is compared. In both directions undefined comes after all values, and `untold` after undefined. */
	sortBy(row: Row<Backend>): Comparable;
	readonly isDescending: boolean;
};

const compareValues = (a: number | string, b: number | string) =>
	typeof a === 'number' && typeof b === 'number'
		? a - b
		: String(a) < String(b)
			? -1
			: String(a) > String(b)
				? 1
				: 0;

const groupOf = ({value: backend}: Row<Backend>) => (backend.kind === 'client' ? 0 : 1);

export const comparableAge = (age: Age): Comparable => (age === '?' ? untold : age);

/** Values stand first, then those that are missing, then those that can't be told. */
type Place = {readonly rank: 0; readonly value: number | string} | {readonly rank: 1 | 2};

function placeOf(value: Comparable, {value: backend}: Row<Backend>): Place {
	if (value === untold) return {rank: 2};
	return value === undefined ? {rank: backend.isVisible ? 1 : 2} : {rank: 0, value};
}

function comparePlaces(a: Place, b: Place, isDescending: boolean): number {
	if (a.rank !== 0 || b.rank !== 0) return a.rank - b.rank;
	const order = compareValues(a.value, b.value);
	return isDescending ? -order : order;
}

/**
Sorts rows for the list: client sessions before everything else, missing values last and hidden ones after them, parallel workers under their leader. Nothing is left to chance: the age of the state decides between equals, then the pid.
*/
export function sortRows(
	rows: readonly Row<Backend>[],
	{sortBy, isDescending}: RowOrder,
): readonly Row<Backend>[] {
	const keyed = rows.map(row => ({
		row,
		group: groupOf(row),
		place: placeOf(sortBy(row), row),
		state: placeOf(comparableAge(stateAge(row.value, row.at)), row),
	}));
	keyed.sort(
		(a, b) =>
			a.group - b.group ||
			comparePlaces(a.place, b.place, isDescending) ||
			comparePlaces(a.state, b.state, true) ||
			a.row.value.pid - b.row.value.pid,
	);
	return underLeaders(keyed.map(({row}) => row));
}

function underLeaders(rows: readonly Row<Backend>[]): readonly Row<Backend>[] {
	const pids = new Set(
		rows.filter(({value: backend}) => backend.leaderPid === undefined).map(({value: backend}) => backend.pid),
	);
	const workers = new Map<number, Row<Backend>[]>();
	const others: Row<Backend>[] = [];
	for (const row of rows) {
		const {leaderPid} = row.value;
		if (leaderPid === undefined || !pids.has(leaderPid)) others.push(row);
		else workers.set(leaderPid, [...(workers.get(leaderPid) ?? []), row]);
	}

	return others.flatMap(row =>
		row.value.leaderPid === undefined ? [row, ...takeWorkers(workers, row.value.pid)] : [row],
	);
}

/** A gone session and its successor may have the same pid: each worker is placed once. */
function takeWorkers(workers: Map<number, Row<Backend>[]>, pid: number): readonly Row<Backend>[] {
	const own = workers.get(pid) ?? [];
	workers.delete(pid);
	return own;
}
