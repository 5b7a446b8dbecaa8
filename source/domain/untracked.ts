import type {Snapshot} from './snapshot.js';

type Untracked = {readonly text: string; readonly more: string};

/** What the server does not track, so that nothing is to be seen of it: what sessions do, and its counters. */
export function untracked({backends, ownPid, counters}: Snapshot): readonly Untracked[] {
	const off = backends.filter(
		({kind, pid, state}) => kind === 'client' && pid !== ownPid && state === 'disabled',
	);
	const [sessions, them] = off.length === 1 ? ['session is', 'it'] : ['sessions are', 'them'];
	const activities = {
		text: `${off.length} ${sessions} not tracked: track_activities is off for ${them}`,
		more: 'what such a session does, and since when, the server does not tell; c and k ask first',
	};
	const counts = {
		text: "tps and hit ratio can't be told: track_counts is off",
		more: 'what they are made of is not counted then, or not all of it',
	};
	return [...(off.length > 0 ? [activities] : []), ...(counters?.isOff ? [counts] : [])];
}
