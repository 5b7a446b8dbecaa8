import type {Locks} from '../../../domain/locks/lock-row.js';
import type {RowId} from '../../../domain/row-id.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import {keepsWaiters, type Signalled} from '../../../domain/signal/signalled.js';
import {freedByMany} from '../../../domain/signal/waiters/freed.js';
import type {State} from '../../state.js';
import {withServer} from '../../step.js';

/** What a key that was for many has set free altogether, by a look at those who had waited for one of them. */
export function freedTogether(
	state: State,
	numbers: ReadonlySet<number>,
	picture: Snapshot,
	locks: Locks,
	gone: ReadonlySet<RowId>,
): State {
	const {signals} = state.server;
	const keys = new Set(
		signals.flatMap(({order, isTagged, pressedAt}) =>
			isTagged && numbers.has(order.number) ? [pressedAt] : [],
		),
	);
	return keys.size === 0
		? state
		: withServer(state, {
				signals: [...keys].reduce((before, key) => ofKey(before, key, picture, locks, gone), signals),
			});
}

function ofKey(
	signals: readonly Signalled[],
	key: number,
	picture: Snapshot,
	locks: Locks,
	gone: ReadonlySet<RowId>,
): readonly Signalled[] {
	const many = signals.filter(({pressedAt}) => pressedAt === key);
	const targets = new Set(many.map(({order}) => order.target.id));
	const aims = many.flatMap(one => (keepsWaiters(one) && one.locks ? [one.locks] : []));
	const freed = freedByMany(aims, {picture, locks, gone, targets});
	const isOpen = many.some(({phase}) => phase.type !== 'over');
	return signals.map((one): Signalled => {
		if (one.pressedAt !== key) return one;
		const {locks: aim, ...others} = one;
		return {
			...others,
			...(aim && {locks: isOpen ? aim : {...aim, blocked: []}}),
			...(freed && one === many[0] && {freedByAll: freed}),
		};
	});
}
