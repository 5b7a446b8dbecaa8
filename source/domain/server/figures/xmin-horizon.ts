import type {Backend} from '../../session/backend.js';
import {xidAge} from '../../session/xid-age.js';
import type {Prepared, ReplicationSlot, Snapshot} from '../snapshot.js';

export type HorizonHolder =
	| {readonly type: 'session'; readonly backend: Backend}
	/** A standby with hot_standby_feedback, by its walsender. */
	| {readonly type: 'standby'; readonly backend: Backend}
	| {readonly type: 'slot'; readonly slot: ReplicationSlot}
	| {readonly type: 'prepared'; readonly prepared: Prepared};

export type XminHorizon = {
	/** How many transactions ago rows have to be kept for, because somebody may still see them. */
	readonly age: number;
	/** Whose transaction or snapshot is that old. */
	readonly holder: HorizonHolder;
};

/**
What VACUUM can't clean up behind. Of our own session and of running VACUUMs nothing is kept.

Undefined where nobody holds anything, where the next transaction id or the running VACUUMs are not known, and on a standby, whose own sessions keep rows on the primary only.
*/
export function xminHorizon(snapshot: Snapshot): XminHorizon | undefined {
	const {backends, ownPid, nextXid, vacuums, slots = [], prepared = [], server} = snapshot;
	if (nextXid === undefined || vacuums === undefined || server.recovery !== 'PRIMARY') return undefined;
	let age = -1;
	let holder: HorizonHolder | undefined;
	const older = (xid: number | undefined): boolean => {
		const found = xid === undefined ? -1 : xidAge(xid, nextXid);
		if (found <= age) return false;
		age = found;
		return true;
	};
	for (const backend of backends) {
		const {pid, leaderPid = pid, xid, xmin, kind} = backend;
		if ((xid ?? xmin) === undefined || pid === ownPid || vacuums.includes(pid) || vacuums.includes(leaderPid))
			continue;
		// A transaction that has written keeps rows for its id, too, with no snapshot at the moment.
		const isOlder = [xmin, xid].map(older).some(is => is);
		if (isOlder) holder = {type: kind === 'walsender' ? 'standby' : 'session', backend};
	}

	for (const one of prepared) if (older(one.xid)) holder = {type: 'prepared', prepared: one};
	for (const slot of slots) if (older(slot.xmin)) holder = {type: 'slot', slot};
	return holder && {age, holder};
}
