import type {Part} from '../../../domain/server/snapshot.js';
import type {Answerer, LocksHeld, Look, Seen} from '../../../domain/signal/look.js';
import {given} from '../given.js';
import {integer, micros, numberOf, toClean, toInteger, toNumber} from '../integer.js';
import {hashOf} from '../parts/columns.js';
import type {Cells} from '../query.js';
import {sessionsOf} from '../sessions-of.js';

/** What a look and a signal read of the session `s`, in the order of `toSeen`, each with a name. */
export const seenColumns = (major: number, wanted: readonly Part[]) =>
	[
		's.pid',
		's.usesysid',
		`${micros('s.backend_start')} as backend_start`,
		`${micros('s.xact_start')} as xact_start`,
		`${micros('s.query_start')} as query_start`,
		`${micros('s.state_change')} as state_change`,
		's.state',
		's.wait_event_type',
		's.wait_event',
		`${given(wanted, 'hashes', hashOf('s.query', major))} as hash`,
	].join(', ');

/** How many columns `seenColumns` has. */
export const seenWidth = 10;

export function toSeen(row: Cells): Seen | undefined {
	const pid = toNumber(row[0]);
	if (pid === undefined) return undefined;
	const [userId, backendStart, xactStart, queryStart, stateChange] = row.slice(1, 6).map(toNumber);
	const [state, waitType, waitName, hash] = [...row.slice(6, 9).map(toClean), toInteger(row[9])];
	return {
		pid,
		...(userId !== undefined && {userId}),
		...(backendStart !== undefined && {backendStart}),
		...(xactStart !== undefined && {xactStart}),
		...(queryStart !== undefined && {queryStart}),
		...(stateChange !== undefined && {stateChange}),
		...(state !== undefined && {state}),
		...(waitType !== undefined && {wait: {type: waitType, name: waitName ?? ''}}),
		...(hash !== undefined && {hash}),
	};
}

/** Who answers, and since when its postmaster runs. */
export const answererColumns = (wanted: readonly Part[]) =>
	`pg_backend_pid(), ${given(wanted, 'start', micros('pg_postmaster_start_time()'))}`;

/** Reads `answererColumns`: behind a pooler the pid asked for may be our own. */
export function toAnswerer(pid: number, [own, started]: Cells): Answerer {
	const startedAt = toNumber(started);
	return {
		...(startedAt !== undefined && {startedAt}),
		...(Number(own) === pid && {isOwn: true}),
	};
}

/** Reads these pids alone, whatever runs on the server; a pid that no backend has gives a row of nulls. */
export const lookText = (pids: readonly number[], major: number, wanted: readonly Part[]) => `
	select ${seenColumns(major, wanted)}, v.pid, ${micros('clock_timestamp()')}, ${answererColumns(wanted)}
	  from ${sessionsOf(pids)}
	 order by v.position`;

export function toLook(row: Cells): Look {
	const seen = toSeen(row);
	const [asked, at, ...answerer] = row.slice(seenWidth);
	const pid = numberOf(asked);
	return {pid, at: numberOf(at), ...toAnswerer(pid, answerer), ...(seen && {seen})};
}

/** The same for one pid, with how many locks it holds: all, and advisory ones. */
export const locksText = (pid: number, major: number, wanted: readonly Part[]) => `
	select k.*, l.held, l.advisory
	  from (${lookText([pid], major, wanted)}) k,
	       (select count(*) filter (where l.locktype <> 'advisory') as held,
	               count(*) filter (where l.locktype = 'advisory') as advisory
	          from pg_catalog.pg_lock_status() l
	         where l.pid = ${integer(pid, 'int4')} and l.granted) l`;

export const toLocksHeld = (row: Cells): LocksHeld => ({
	...toLook(row),
	held: numberOf(row.at(-2)),
	advisory: numberOf(row.at(-1)),
});
