import {lockGraphOf} from '../../locks/lock-graph.js';
import type {Backend} from '../../session/backend.js';
import {isInTransaction, stateAge} from '../../session/time.js';
import {age, roughAge} from '../../text/format.js';
import {busySessions} from '../busy-sessions.js';
import type {Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';
import type {Finding} from './finding.js';

/** Who has left a transaction open and does nothing. It hurts when it lasts, or when others wait for its locks. */
export function idleAlarm(
	picture: Snapshot,
	{idleInTransaction, idleInTransactionRed}: Thresholds,
): readonly Finding[] {
	const {ownPid, at} = picture;
	const since = (backend: Backend) => {
		const told = stateAge(backend, at);
		return typeof told === 'number' ? told : 0;
	};
	const {sights} = lockGraphOf(picture);
	const isRed = (backend: Backend) => sights.has(backend.id) || since(backend) > idleInTransactionRed;
	const isWorse = (one: Backend, other: Backend) =>
		isRed(one) === isRed(other) ? since(one) > since(other) : isRed(one);
	let worst: Backend | undefined;
	let all = 0;
	for (const backend of busySessions(picture)) {
		if (backend.kind !== 'client' || backend.pid === ownPid || !isInTransaction(backend)) continue;
		if (since(backend) <= idleInTransaction) continue;
		all++;
		if (!worst || isWorse(backend, worst)) worst = backend;
	}

	if (!worst) return [];
	const {pid, user} = worst;
	const others = all === 1 ? '' : `, ${all - 1} more over ${roughAge(idleInTransaction / 1000)}`;
	return [
		{
			...(isRed(worst) && {isRed: true}),
			text: `${pid}${user === undefined ? '' : ` (${user})`} idle in transaction for ${age(since(worst))}${others}`,
			more: 'its locks and its snapshot stay until it goes on. k ends it; c does nothing to it',
			pid,
		},
	];
}
