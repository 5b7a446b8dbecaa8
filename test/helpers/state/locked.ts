import {lockModes} from '../../../source/domain/locks/graph/lock-modes.js';
import type {LockRow, Locks} from '../../../source/domain/locks/lock-row.js';

/** `AE` for AccessExclusiveLock, and so on, as the manual's table abbreviates them. */
const short: {readonly [name: string]: string} = {
	AS: 'AccessShareLock',
	RS: 'RowShareLock',
	RE: 'RowExclusiveLock',
	SUE: 'ShareUpdateExclusiveLock',
	S: 'ShareLock',
	SRE: 'ShareRowExclusiveLock',
	E: 'ExclusiveLock',
	AE: 'AccessExclusiveLock',
};

type Held = {readonly [mode: string]: readonly (number | string)[]};

/** An object: who holds it and who waits for it, by mode; a text is the virtual transaction of a prepared one. `since`: when each wait began, in microseconds; by default one after the other, as they stand. */
export type LockScene = {
	readonly type?: string;
	readonly relation?: number;
	readonly database?: number;
	readonly xid?: number;
	readonly held?: Held;
	readonly waits?: readonly (readonly [pid: number, mode: string, since?: number | null])[];
};

/** Rows of pg_locks as the picture has them. `hasStart`: the server tells since when (14). */
export function locksOf(scenes: readonly LockScene[], hasStart = true): Locks {
	const rows = scenes.flatMap((scene, index): readonly LockRow[] => {
		const {type = 'relation', relation, database, xid, held = {}, waits = []} = scene;
		const object = {
			key: `${type} ${index}`,
			type,
			...(relation !== undefined && {relationId: relation}),
			...(database !== undefined && {databaseId: database}),
			...(xid !== undefined && {xid}),
		};
		const granted = Object.entries(held).map(([mode, parties]): LockRow => {
			const pids = parties.filter(one => typeof one === 'number');
			const prepared = parties.filter(one => typeof one === 'string');
			return {
				...object,
				mode: modeOf(mode),
				isGranted: true,
				pids,
				count: parties.length,
				...(prepared.length > 0 && {prepared}),
			};
		});
		const modes = [...new Set(waits.map(([, mode]) => mode))];
		const waiting = modes.map((mode): LockRow => {
			const own = waits
				.map(([pid, asked, since = 1_000_000 * (1 + waits.findIndex(one => one[0] === pid))]) => ({
					pid,
					asked,
					since,
				}))
				.filter(({asked}) => asked === mode)
				.sort((one, other) => (one.since ?? Infinity) - (other.since ?? Infinity) || one.pid - other.pid);
			return {
				...object,
				mode: modeOf(mode),
				isGranted: false,
				pids: own.map(({pid}) => pid),
				count: own.length,
				...(hasStart && {since: own.map(({since}) => since ?? undefined)}),
			};
		});
		return [...granted, ...waiting];
	});
	return {rows, serverMs: 0.5};
}

function modeOf(name: string): string {
	const mode = short[name] ?? name;
	if (!lockModes.some(one => one === mode)) throw new Error(`no such mode: ${name}`);
	return mode;
}
