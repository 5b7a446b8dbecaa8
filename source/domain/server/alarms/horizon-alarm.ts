import {xactAge} from '../../session/time.js';
import {age as ageText, count} from '../../text/format.js';
import {type HorizonHolder, xminHorizon} from '../figures/xmin-horizon.js';
import type {Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';
import type {Finding} from './finding.js';

/** What keeps VACUUM from cleaning up: for many transactions, or in a session's transaction for long. */
export function horizonAlarm(picture: Snapshot, {horizonTime, horizonXids}: Thresholds): readonly Finding[] {
	const horizon = xminHorizon(picture);
	if (!horizon) return [];
	const {age, holder} = horizon;
	const open = holder.type === 'session' ? xactAge(holder.backend, picture.at) : undefined;
	const isLong = typeof open === 'number' && open > horizonTime && age > 0;
	if (age <= horizonXids && !isLong) return [];
	const {who, what, more, pid} = wordsOf(holder);
	const long = open === undefined ? '' : `, open ${ageText(open)}`;
	return [
		{
			text: `vacuum held back by ${who}: ${count(age)} transactions${long}`,
			more: `${what} is that old, and vacuum can't clean up behind it; ${more}`,
			...(pid !== undefined && {pid}),
		},
	];
}

function wordsOf(holder: HorizonHolder): {
	readonly who: string;
	readonly what: string;
	readonly more: string;
	readonly pid?: number;
} {
	switch (holder.type) {
		case 'session': {
			const {pid, user, state} = holder.backend;
			return {
				who: user === undefined ? String(pid) : `${pid} (${user})`,
				what: 'what it needs',
				more: `k ends it, which loses its work${state === 'active' ? '; c cancels its query only' : ''}`,
				pid,
			};
		}

		case 'standby': {
			const {pid, application, client} = holder.backend;
			return {
				who: `standby ${application ?? ''} ${client ?? ''}`.trim().replaceAll(/ +/g, ' '),
				what: 'what its queries need',
				more: 'it asks for that by hot_standby_feedback: end the long query there',
				pid,
			};
		}

		case 'slot': {
			const {name, isActive} = holder.slot;
			return {
				who: `slot ${name}`,
				what: 'what it keeps',
				more: isActive
					? 'whoever uses it is behind, or has a long query'
					: 'nobody uses it: drop it with pg_drop_replication_slot if nobody will',
			};
		}

		case 'prepared': {
			const {gid, owner, database} = holder.prepared;
			return {
				who: `prepared transaction ${gid}`,
				what: 'it',
				more: `of ${owner} in ${database}: COMMIT PREPARED or ROLLBACK PREPARED there ends it`,
			};
		}
	}
}
