import type {Snapshot} from './snapshot.js';

type Untracked = {readonly text: string; readonly more: string};

/** How many of them are named. */
const most = 5;

/** What the server does not track, so that nothing is to be seen of it: what sessions do, and its counters. */
export function untracked({backends, ownPid, counters}: Snapshot): readonly Untracked[] {
	const pids = backends
		.filter(({kind, pid, state}) => kind === 'client' && pid !== ownPid && state === 'disabled')
		.map(({pid}) => pid);
	const named = `${pids.slice(0, most).join(', ')}${pids.length > most ? ', ...' : ''}`;
	const activities = {
		text:
			pids.length === 1
				? `session ${named} is not tracked: track_activities is off for it`
				: `${pids.length} sessions are not tracked: track_activities is off for ${named}`,
		more: 'any of them may be one of those that are counted after >=; c and k ask first. It is set for the server, a database, a role or a session: ALTER ... RESET track_activities, from their next login on',
	};
	const counts = {
		text: "tps and hit ratio can't be told: track_counts is off",
		more: 'with it off autovacuum does not see what changes either',
	};
	return [...(pids.length > 0 ? [activities] : []), ...(counters?.isOff ? [counts] : [])];
}
