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
			more: `when none is left logins are refused, but for ${picture.limits?.reservedConnections} that are reserved; an idle session holds a connection, too: k ends it`,
		},
	];
}

function leftWords({count, isMost}: {readonly count: number; readonly isMost: boolean}): string {
	if (count === 0) return 'no connection is';
	const connections = `${count} connection${count === 1 ? '' : 's'}`;
	return isMost ? `at most ${connections}` : connections;
}
