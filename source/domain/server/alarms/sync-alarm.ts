import {age} from '../../text/format.js';
import {busySessions} from '../busy-sessions.js';
import {commitOf, isSyncWait, type Noticed} from '../noticed.js';
import type {Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';
import type {Finding} from './finding.js';

/** Only a statement that is a COMMIT has waited for as long as it runs; of any other it is known from when on it was seen to wait. */
const isCommit = /^\s*(?:commit|end)\b/i;

/** Commits that no standby confirms. */
export function syncAlarm(
	picture: Snapshot,
	{syncWait}: Thresholds,
	{syncWaits}: Noticed,
): readonly Finding[] {
	const {at, limits} = picture;
	const waits = busySessions(picture)
		.filter(isSyncWait)
		.map(backend => {
			const {query, queryStart} = backend;
			const seen = syncWaits.get(commitOf(backend)) ?? at;
			return {pid: backend.pid, time: at - (isCommit.test(query?.text ?? '') ? (queryStart ?? seen) : seen)};
		});
	const longest = waits.toSorted((a, b) => b.time - a.time)[0];
	if (!longest || longest.time <= syncWait) return [];
	const names = limits?.synchronousStandbys;
	return [
		{
			isRed: true,
			text: `${waits.length} commit${waits.length === 1 ? ' waits' : 's wait'} for a standby, ${waits.length === 1 ? 'for' : 'the longest for'} ${age(longest.time)}: ${longest.pid}`,
			more: `${names === undefined ? '' : `synchronous_standby_names = ${names}; `}c and k only give up the wait: the commit stands here, and may be missing there`,
			pid: longest.pid,
		},
	];
}
