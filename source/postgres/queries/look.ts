import type {Look, Seen} from '../../domain/signal/look.js';
import {clean} from '../../domain/text/clean.js';
import {hashOf} from './backends.js';
import {integer, micros, toNumber, toText} from './integer.js';
import type {Cells} from './query.js';

/** What a look and a signal read of the session `s`, in the order of `toSeen`. */
export const seenColumns = (major: number) =>
	[
		's.pid',
		's.backend_type',
		's.usesysid',
		micros('s.backend_start'),
		micros('s.xact_start'),
		micros('s.query_start'),
		's.state',
		's.wait_event_type',
		's.wait_event',
		hashOf('s.query', major),
	].join(', ');

export function toSeen(row: Cells): Seen | undefined {
	const pid = toNumber(row[0]);
	if (pid === undefined) return undefined;
	const [userId, backendStart, xactStart, queryStart] = row.slice(2, 6).map(toNumber);
	const [state, waitType] = [toText(row[6]), toText(row[7])];
	return {
		pid,
		isVisible: row[1] !== null,
		...(userId !== undefined && {userId}),
		...(backendStart !== undefined && {backendStart}),
		...(xactStart !== undefined && {xactStart}),
		...(queryStart !== undefined && {queryStart}),
		...(state !== undefined && {state: clean(state)}),
		...(waitType !== undefined && {wait: {type: clean(waitType), name: clean(String(row[8]))}}),
		...(row[9] !== null && {hash: String(row[9])}),
	};
}

/** Reads these pids alone, whatever runs on the server; a pid that no backend has gives a row of nulls. */
export const lookText = (pids: readonly number[], major: number) => `
	select ${seenColumns(major)}, v.pid, ${micros('clock_timestamp()')}
	  from (values ${pids.map(pid => `(${integer(pid, 'int4')})`).join(', ')}) v(pid)
	  left join lateral pg_stat_get_activity(v.pid) s on true`;

export function toLook(row: Cells): Look {
	const seen = toSeen(row);
	return {pid: Number(row[10]), at: Number(row[11]), ...(seen && {seen})};
}
