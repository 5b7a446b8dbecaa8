import {ofLast} from '../../of-last.js';
import {states} from '../../session/states.js';
import {busySessions} from '../busy-sessions.js';
import type {Snapshot} from '../snapshot.js';
import type {Finding} from './finding.js';

/** How many sessions are named. */
const most = 5;

/** The sessions that show nothing, because the server does not track what they do. */
export const untracked = ofLast((picture: Snapshot | undefined): readonly Finding[] => {
	if (!picture) return [];
	const pids = busySessions(picture)
		.filter(({kind, pid, state}) => kind === 'client' && pid !== picture.ownPid && state === states.disabled)
		.map(({pid}) => pid);
	if (pids.length === 0) return [];
	const named = `${pids.slice(0, most).join(', ')}${pids.length > most ? ', ...' : ''}`;
	return [
		{
			text:
				pids.length === 1
					? `session ${named} is not tracked: track_activities is off for it`
					: `${pids.length} sessions are not tracked: track_activities is off`,
			more: `${pids.length === 1 ? 'it' : `${named}: any of them`} may be one of those that are counted after >=; c and k ask first. It is set for the server, a database, a role or a session: ALTER ... RESET track_activities, from their next login on`,
		},
	];
});
