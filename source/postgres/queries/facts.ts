import type {ServerFacts} from '../../domain/snapshot.js';
import {clean} from '../../domain/text/clean.js';
import {decodeBytes} from '../../domain/text/decode-bytes.js';
import {micros, toNumber} from './integer.js';
import type {Query} from './query.js';

/** The server's clock; its TimeZone becomes log_timezone for the rest of the transaction, whose abbreviation the facts read. */
export const firstClock = `select ${micros('clock_timestamp()')}, set_config('timezone', current_setting('log_timezone'), true)`;

export const lastClock = `select ${micros('clock_timestamp()')}`;

export type Facts = Omit<ServerFacts, 'role' | 'startedAt'> & {
	readonly ownPid: number;
	readonly encoding: string;
};

export const factsQuery: Query<Facts | undefined> = {
	text: () => `
		select pg_backend_pid(),
		       current_setting('server_version'),
		       current_setting('server_version_num'),
		       current_setting('max_connections'),
		       encode(textsend(current_user::text), 'escape'),
		       encode(textsend(current_database()::text), 'escape'),
		       to_char(clock_timestamp(), 'TZ'),
		       extract(timezone from clock_timestamp())::int4,
		       current_setting('server_encoding')`,
	read([row]) {
		if (!row) return undefined;
		const encoding = String(row[8]);
		const name = (cell: unknown) => clean(decodeBytes(String(cell), encoding));
		return {
			ownPid: Number(row[0]),
			version: clean(String(row[1]).split(' ')[0] ?? ''),
			major: Math.floor(Number(row[2]) / 10_000),
			maxConnections: Number(row[3]),
			user: name(row[4]),
			database: name(row[5]),
			zone: {name: clean(String(row[6])), offsetSeconds: Number(row[7])},
			encoding,
		};
	},
};

export const recoveryQuery: Query<ServerFacts['role']> = {
	text: () => `
		select pg_is_in_recovery(),
		       case when pg_is_in_recovery() then pg_is_wal_replay_paused() else false end`,
	read: ([row]) => row && (row[1] === true ? 'PAUSED' : row[0] === true ? 'STANDBY' : 'PRIMARY'),
};

export const startQuery: Query<ServerFacts['startedAt']> = {
	text: () => `select ${micros('pg_postmaster_start_time()')}`,
	read: ([row]) => toNumber(row?.[0]),
};
