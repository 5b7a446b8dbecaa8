import {noNumber, toText} from '../integer.js';

/** SQL for how far the WAL is written; on a standby, which must not be asked that, how far it is replayed. */
export const walPosition =
	'case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end';

/** A place in the WAL as bytes from its beginning: `16/B374D848`. They stay below 2^53 for longer than any server writes. Throws at any other answer. */
export function toLsn(value: unknown): number | undefined {
	const text = toText(value);
	if (text === undefined) return undefined;
	const [, high = '', low = ''] = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/.exec(text) ?? [];
	if (low === '') throw noNumber(value);
	return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16);
}

/** From one place to a later one; undefined where one of them is not known. Never negative: the two may be read one after the other. */
export const bytesBetween = (from: number | undefined, to: number | undefined): number | undefined =>
	from === undefined || to === undefined ? undefined : Math.max(0, to - from);
