import {ageSince} from '../../session/time.js';
import {age} from '../../text/format.js';
import type {Archiver, Snapshot} from '../snapshot.js';
import type {Finding} from './finding.js';

/** A standby archives only where that is always done. */
export const isArchiving = ({mode}: Archiver, {server}: Snapshot) =>
	mode === 'always' || (mode === 'on' && server.recovery === 'PRIMARY');

/** The newest failure is later than the newest success. */
export function archivingAlarm(picture: Snapshot): readonly Finding[] {
	const {archiver, at} = picture;
	if (archiver?.failedAt === undefined || !isArchiving(archiver, picture)) return [];
	const {failedAt, archivedAt, failedWal, failures} = archiver;
	if (archivedAt !== undefined && archivedAt >= failedAt) return [];
	const last = ageSince(archivedAt, at);
	const failed = age(ageSince(failedAt, at) ?? 0);
	return [
		{
			isRed: true,
			text: `archiving failed ${failed} ago, ${last === undefined ? 'nothing was archived yet' : `the last success was ${age(last)} ago`}`,
			more: `${failures} failures, the last with ${failedWal ?? 'a WAL file'}; WAL stays on the server's disk until it works. The server's log says why`,
		},
	];
}
