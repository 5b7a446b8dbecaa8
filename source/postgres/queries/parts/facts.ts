import {clean} from '../../../domain/text/clean.js';
import {decodeBytes} from '../../../domain/text/decode-bytes.js';
import {micros, numberOf, toNumber} from '../integer.js';
import type {PartQuery} from '../query.js';

/** The server's clock when a batch begins, and our pid in it, which changes behind a pooler. */
export const firstClock = `select ${micros('clock_timestamp()')}, pg_backend_pid()`;

export const lastClock = `select ${micros('clock_timestamp()')}`;

export const recoveryQuery: PartQuery = {
	text: () => `
		select pg_is_in_recovery(),
		       case when pg_is_in_recovery() then pg_is_wal_replay_paused() else false end`,
	read: ([row]) =>
		row ? {server: {recovery: row[1] === true ? 'PAUSED' : row[0] === true ? 'STANDBY' : 'PRIMARY'}} : {},
};

export const startQuery: PartQuery = {
	text: () => `select ${micros('pg_postmaster_start_time()')}`,
	read([row]) {
		const startedAt = toNumber(row?.[0]);
		return startedAt === undefined ? {} : {server: {startedAt}};
	},
};

/** A week in seconds: PostgreSQL takes any zone up to that. */
const farthestZone = 7 * 86_400;

/** The first column is computed first: it makes TimeZone log_timezone, whose abbreviation and offset the others read. */
export const zoneQuery: PartQuery = {
	text: () => `
		select set_config('timezone', current_setting('log_timezone'), true),
		       to_char(clock_timestamp(), 'TZ'),
		       extract(timezone from clock_timestamp())::int4`,
	read([row]) {
		if (!row) return {};
		const offsetSeconds = numberOf(row[2]);
		if (Math.abs(offsetSeconds) > farthestZone)
			throw new Error(`the server answered ${offsetSeconds} for the seconds of a time zone`);
		return {server: {zone: {name: clean(String(row[1])), offsetSeconds}}};
	},
};

/** Reads the catalogues of roles and databases, which somebody may have locked. */
export const selfQuery: PartQuery = {
	text: () => `
		select encode(textsend(current_user::text), 'escape'),
		       encode(textsend(current_database()::text), 'escape')`,
	read([row], encoding) {
		const name = (cell: unknown) => clean(decodeBytes(String(cell), encoding));
		return row ? {server: {user: name(row[0]), database: name(row[1])}} : {};
	},
};
