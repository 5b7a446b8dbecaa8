import type {Micros} from '../backend.js';
import {stateAge} from '../time.js';
import type {Row} from './row.js';

export type Comparable = number | string | undefined;

export type Order = {
	/** What is compared; undefined stands last, whatever the direction. */
	sortBy(row: Row): Comparable;
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

const groupOf = ({backend}: Row) => (backend.kind === 'client' ? 0 : 1);

const stateStart = ({backend, at}: Row): Micros => {
	const since = stateAge(backend, at);
	return since === undefined ? Number.POSITIVE_INFINITY : -since;
};

/**
Sorts rows for the list: client sessions before everything else, missing values last and hidden ones after them, parallel workers under their leader. Total: ties fall by the age of the state, then by pid.
*/
export function sortRows(rows: readonly Row[], {sortBy, isDescending}: Order): readonly Row[] {
	const keyed = rows.map(row => ({row, value: sortBy(row), group: groupOf(row), state: stateStart(row)}));
	keyed.sort((a, b) => {
		if (a.group !== b.group) return a.group - b.group;
		if (a.value === undefined || b.value === undefined) {
			const missing = Number(a.value === undefined) - Number(b.value === undefined);
			const hidden = Number(!a.row.backend.isVisible) - Number(!b.row.backend.isVisible);
			if (missing !== 0 || hidden !== 0) return missing || hidden;
		} else {
			const order = compareValues(a.value, b.value);
			if (order !== 0) return isDescending ? -order : order;
		}

		return compareValues(a.state, b.state) || a.row.backend.pid - b.row.backend.pid;
	});
	return underLeaders(keyed.map(({row}) => row));
}

function underLeaders(rows: readonly Row[]): readonly Row[] {
	const pids = new Set(
		rows.filter(({backend}) => backend.leaderPid === undefined).map(({backend}) => backend.pid),
	);
	const workers = new Map<number, Row[]>();
	const others: Row[] = [];
	for (const row of rows) {
		const {leaderPid} = row.backend;
		if (leaderPid === undefined || !pids.has(leaderPid)) others.push(row);
		else workers.set(leaderPid, [...(workers.get(leaderPid) ?? []), row]);
	}

	return others.flatMap(row =>
		row.backend.leaderPid === undefined ? [row, ...takeWorkers(workers, row.backend.pid)] : [row],
	);
}

/** Two rows may have one pid, a gone one and its successor: each worker is placed once. */
function takeWorkers(workers: Map<number, Row[]>, pid: number): readonly Row[] {
	const own = workers.get(pid) ?? [];
	workers.delete(pid);
	return own;
}
