import type {Backend} from '../../session/backend.js';
import {isInTransaction, stateAge} from '../../session/time.js';
import {age, roughAge} from '../../text/format.js';
import {busySessions} from '../busy-sessions.js';
import type {Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';
import type {Finding} from './finding.js';

/** Who has left a transaction open and does nothing. */
export function idleAlarm(
	picture: Snapshot,
	{idleInTransaction, idleInTransactionRed}: Thresholds,
): readonly Finding[] {
	const {ownPid, at} = picture;
	const since = (backend: Backend) => {
		const told = stateAge(backend, at);
		return typeof told === 'number' ? told : 0;
	};
	let worst: Backend | undefined;
	let all = 0;
	for (const backend of busySessions(picture)) {
		if (backend.kind !== 'client' || backend.pid === ownPid || !isInTransaction(backend)) continue;
		if (since(backend) <= idleInTransaction) continue;
		all++;
		if (!worst || since(backend) > since(worst)) worst = backend;
	}

	if (!worst) return [];
	const {pid, user} = worst;
	const others = all === 1 ? '' : `, ${all - 1} more over ${roughAge(idleInTransaction / 1000)}`;
	return [
		{
			...(since(worst) > idleInTransactionRed && {isRed: true}),
			text: `${pid}${user === undefined ? '' : ` (${user})`} idle in transaction for ${age(since(worst))}${others}`,
			more: 'its locks and its snapshot stay until it goes on. k ends it; c does nothing to it',
			pid,
		},
	];
}
