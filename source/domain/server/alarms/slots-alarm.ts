import {slotsLeft} from '../figures/slots-left.js';
import {slotsTaken} from '../slots-taken.js';
import type {Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';
import type {Finding} from './finding.js';

export function slotsAlarm(picture: Snapshot, thresholds: Thresholds): readonly Finding[] {
	const left = slotsLeft(picture, thresholds);
	if (!left?.isNear) return [];
	const taken = slotsTaken(picture);
	const all = picture.server.maxConnections;
	return [
		{
			isRed: true,
			text: `${leftWords(left)} left for ordinary roles: ${taken.isLeast || left.isMost ? '>=' : ''}${taken.count}/${all} taken`,
			more: `${picture.limits?.reservedConnections} are reserved; then logins are refused. k ends a session, an idle one holds a connection too`,
		},
	];
}

function leftWords({count, isMost}: {readonly count: number; readonly isMost: boolean}): string {
	if (count === 0) return 'no connection is';
	const connections = `${count} connection${count === 1 ? '' : 's'}`;
	return isMost ? `at most ${connections}` : connections;
}
