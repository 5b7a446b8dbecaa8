import type {Prepared} from '../../locks/prepared.js';
import type {Micros} from '../../micros.js';
import {ofLast} from '../../of-last.js';
import type {Backend} from '../../session/backend.js';
import {xidAge} from '../../session/xid-age.js';
import {busySessions} from '../busy-sessions.js';
import type {ReplicationSlot, Snapshot} from '../snapshot.js';

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
export const xminHorizon = ofLast((snapshot: Snapshot): XminHorizon | undefined => {
	const {ownPid, nextXid, vacuums, slots = [], prepared = [], server} = snapshot;
	if (nextXid === undefined || vacuums === undefined || server.recovery !== 'PRIMARY') return undefined;
	let best: Candidate | undefined;
	const offer = (candidate: Candidate) => {
		if (!best || isBefore(candidate, best)) best = candidate;
	};
	for (const backend of busySessions(snapshot)) {
		const {pid, leaderPid = pid, xid, xmin, kind, xactStart = Infinity} = backend;
		if ((xid ?? xmin) === undefined || pid === ownPid || vacuums.includes(pid) || vacuums.includes(leaderPid))
			continue;
		const own = xid === undefined ? -1 : xidAge(xid, nextXid);
		const seen = xmin === undefined ? -1 : xidAge(xmin, nextXid);
		const age = Math.max(own, seen);
		// There may be thousands, and hardly any is the oldest so far.
		if (best && age < best.age) continue;
		offer({
			age,
			isReason: own >= seen,
			since: xactStart,
			holder: {type: kind === 'walsender' ? 'standby' : 'session', backend},
		});
	}

	for (const one of prepared)
		offer({
			age: xidAge(one.xid, nextXid),
			isReason: true,
			since: one.preparedAt,
			holder: {type: 'prepared', prepared: one},
		});
	for (const slot of slots) {
		// The server keeps nothing any more for one that is lost.
		if (slot.xmin === undefined || slot.walStatus === 'lost') continue;
		offer({age: xidAge(slot.xmin, nextXid), isReason: true, since: -Infinity, holder: {type: 'slot', slot}});
	}

	return best && {age: best.age, holder: best.holder};
});

type Candidate = XminHorizon & {
	/** It is that old itself. Others only have a snapshot from when such a one was open, and would go on without it. */
	readonly isReason: boolean;
	readonly since: Micros;
};

/** The oldest; of equals the one that is the reason, and then the one that began first. */
const isBefore = (one: Candidate, other: Candidate) =>
	one.age !== other.age
		? one.age > other.age
		: one.isReason !== other.isReason
			? one.isReason
			: one.since < other.since;
