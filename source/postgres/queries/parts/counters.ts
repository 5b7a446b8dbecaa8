import {micros, numberOf, toNumber} from '../integer.js';
import type {PartQuery} from '../query.js';

/** What all databases together have done since the last reset of any of them. */
export const countersQuery: PartQuery = {
	text: () => `
		select sum(xact_commit)::int8,
		       sum(xact_rollback)::int8,
		       sum(blks_hit)::int8,
		       sum(blks_read)::int8,
		       sum(temp_bytes)::int8,
		       sum(deadlocks)::int8,
		       sum(conflicts)::int8,
		       ${micros('max(stats_reset)')},
		       current_setting('track_counts') = 'off',
		       ${micros('pg_stat_get_snapshot_timestamp()')}
		  from pg_stat_database`,
	read([row]) {
		if (!row || row[0] === null) return {};
		const [resetAt, readAt] = [toNumber(row[7]), toNumber(row[9])];
		return {
			counters: {
				commits: numberOf(row[0]),
				rollbacks: numberOf(row[1]),
				blocksHit: numberOf(row[2]),
				blocksRead: numberOf(row[3]),
				tempBytes: numberOf(row[4]),
				deadlocks: numberOf(row[5]),
				conflicts: numberOf(row[6]),
				...(resetAt !== undefined && {resetAt}),
				...(readAt !== undefined && {readAt}),
				...(row[8] === true && {isOff: true}),
			},
		};
	},
};
