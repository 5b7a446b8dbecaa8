import {ageSince} from '../../session/time.js';
import {age, dataWords} from '../../text/format.js';
import {lagTime, type Noticed, type NoticedStandby} from '../noticed.js';
import type {Receiver, ReplicationSlot, Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';
import type {Finding} from './finding.js';

/** Slots that keep much WAL, or have lost what they should keep. */
export function slotAlarms(
	{slots = [], limits}: Snapshot,
	{slotBytes, slotShareOfLimit}: Thresholds,
): readonly Finding[] {
	const most = limits?.slotKeepBytes;
	const limit = Math.min(slotBytes, most === undefined ? Infinity : most * slotShareOfLimit);
	return slots.flatMap(slot => {
		const {name, isActive, walStatus, retainedBytes = 0} = slot;
		const isRed = walStatus === 'lost' || walStatus === 'unreserved';
		if (!isRed && retainedBytes <= limit) return [];
		return [
			{
				...(isRed && {isRed}),
				text: `slot ${name} ${slotWords(slot)}`,
				more: isActive
					? 'whoever uses it does not keep up'
					: 'nobody uses it: drop it with pg_drop_replication_slot if nobody will',
			},
		];
	});
}

function slotWords({walStatus, retainedBytes = 0, isActive}: ReplicationSlot): string {
	if (walStatus === 'lost') return 'is lost: WAL that it needs is removed';
	const kept = `keeps ${dataWords(retainedBytes)} of WAL`;
	if (walStatus === 'unreserved') return `${kept}: removed at the next checkpoint`;
	return isActive ? kept : `${kept}, and nobody uses it`;
}

export function pausedAlarm({server, receiver, at}: Snapshot): readonly Finding[] {
	if (server.recovery !== 'PAUSED') return [];
	const old = receiver?.isCaughtUp === false ? ageSince(receiver.replayedAt, at) : undefined;
	return [
		{
			text: `replay is paused on this standby${old === undefined ? '' : `: what it shows is ${age(old)} old`}`,
			more: 'select pg_wal_replay_resume() lets it go on',
		},
	];
}

const nameOf = ({name, client}: Pick<NoticedStandby, 'name' | 'client'>) =>
	client === undefined ? name : `${name} (${client})`;

const behindWords = ({isReceiving}: Receiver, old: string) =>
	isReceiving
		? {
				text: `this standby is ${old} behind its primary`,
				more: 'a query here may hold its replay up: a shows the startup process, and what it waits for',
			}
		: {
				text: `this standby receives no WAL: what it shows is ${old} old`,
				more: "no walreceiver runs: it has lost its primary, or gets its WAL from an archive. The server's log says why",
			};

/** Standbys that are behind in time and in bytes; on a standby itself how it is behind. */
export function lagAlarms(
	{standbys = [], receiver, server, at}: Snapshot,
	{standbyLag}: Thresholds,
	noticed: Noticed,
): readonly Finding[] {
	if (server.recovery === 'STANDBY' && receiver && !(receiver.isCaughtUp && receiver.isReceiving)) {
		const time = ageSince(receiver.replayedAt, at);
		if (typeof time !== 'number' || time <= standbyLag) return [];
		return [{isRed: true, ...behindWords(receiver, age(time))}];
	}

	return standbys
		.filter(standby => lagTime(standby, noticed, at) > standbyLag)
		.map(standby => ({
			isRed: true,
			text: `standby ${nameOf(standby)} is ${age(lagTime(standby, noticed, at))} and ${dataWords(standby.lagBytes ?? 0)} behind`,
			more: 'its replay waits, or its disk or the network is slow: look at it there',
			pid: standby.pid,
		}));
}

export const goneAlarms = ({at}: Snapshot, {standbys}: Noticed): readonly Finding[] =>
	[...standbys.values()]
		.filter(({goneAt}) => goneAt !== undefined)
		.map(standby => ({
			isRed: true,
			text: `standby ${nameOf(standby)} has been gone for ${age(ageSince(standby.goneAt, at) ?? 0)}${standby.most > 1 ? `: ${standby.count} of ${standby.most} are left` : ''}`,
			more: 'it was there before in this run, and does not stream any more',
		}));
