import type {Locks} from '../../../domain/locks/lock-row.js';
import type {RowId} from '../../../domain/row-id.js';
import {rowId} from '../../../domain/session/backend.js';
import type {Look} from '../../../domain/signal/look.js';
import type {Signalled} from '../../../domain/signal/signalled.js';
import {freedOf} from '../../../domain/signal/waiters/freed.js';
import type {Deadline} from '../../deadline.js';
import {pictureOf} from '../../picture.js';
import type {State} from '../../state.js';
import {withServer} from '../../step.js';
import {freedTogether} from './freed-together.js';
import {judgeEach} from './judged.js';
import {readOn} from './locks.js';
import {earliest} from './looks.js';

/** The outcome is told without them when that look takes longer, in milliseconds. */
const patience = 1000;

const dueOf = ({phase}: Signalled): number =>
	phase.type === 'locks'
		? Math.min(phase.lookAt ?? Infinity, (phase.askedAt ?? Infinity) + patience)
		: Infinity;

/** One look tells of all who had waited for those that have ended. */
export const nextLookAtWaiters: Deadline = {
	name: 'next look at those who waited',
	at: ({server}) => earliest(server.signals, dueOf),
	act(state, now) {
		const given = giveUp(state, now);
		const due = given.server.signals.filter(one => dueOf(one) <= now);
		const numbers = due.map(({order}) => order.number);
		const pids = [...new Set(due.flatMap(({locks}) => locks?.blocked.map(({pid}) => pid) ?? []))];
		const signals = given.server.signals.map(one => {
			if (one.phase.type !== 'locks' || dueOf(one) > now) return one;
			const {lookAt: _, ...phase} = one.phase;
			return {...one, phase: {...phase, askedAt: now}};
		});
		return numbers.length === 0
			? [given, []]
			: [withServer(given, {signals}), [{type: 'waiting', numbers, pids}]];
	},
};

/** Of those whose look takes too long. */
const giveUp = (state: State, now: number): State =>
	waitingRead(
		state,
		state.server.signals.flatMap(({order, phase}) =>
			phase.type === 'locks' && phase.askedAt !== undefined && phase.askedAt + patience <= now
				? [order.number]
				: [],
		),
		undefined,
	);

/** Says who went on. Leaves it out where the locks could not be read. */
export function waitingRead(
	state: State,
	numbers: readonly number[],
	locks: Locks | undefined,
	looks: readonly Look[] = [],
): State {
	const picture = pictureOf(state);
	const awaited = new Set(numbers);
	const {signals} = state.server;
	const gone = goneAmong(signals, looks);
	const targetsOf = targetsByKey(signals);
	const [told] = judgeEach(state, signalled => {
		const {phase, order, locks: aim} = signalled;
		if (!awaited.has(order.number) || phase.type !== 'locks' || phase.askedAt === undefined) return undefined;
		const {askedAt: _, ended, ...others} = phase;
		const targets = targetsOf(signalled);
		const freed = aim && picture && locks && freedOf(aim, order.target.id, {picture, locks, gone, targets});
		const outcome = {...ended.outcome, ...(freed && {freed})};
		return readOn(signalled, {...others, ended: {...ended, outcome}});
	});
	return told === state || !picture || !locks ? told : freedTogether(told, awaited, picture, locks, gone);
}

/** Whom the same key has signalled. */
function targetsByKey(signals: readonly Signalled[]): (signalled: Signalled) => ReadonlySet<RowId> {
	const found = new Map<number, Set<RowId>>();
	for (const {pressedAt, order} of signals) {
		const same = found.get(pressedAt) ?? new Set();
		found.set(pressedAt, same.add(order.target.id));
	}

	return ({pressedAt}) => found.get(pressedAt) ?? new Set();
}

/** Those who had waited and are not there any more. Whom nobody looked at may be. */
function goneAmong(signals: readonly Signalled[], looks: readonly Look[]): ReadonlySet<RowId> {
	const seen = new Map(looks.map(look => [look.pid, look]));
	const blocked = signals.flatMap(({locks}) => locks?.blocked ?? []);
	return new Set(
		blocked.flatMap(({id, pid}) => {
			const look = seen.get(pid);
			if (!look || look.isOwn) return [];
			const {backendStart, userId} = look.seen ?? {};
			// Where this role sees less by now, nobody can tell.
			const isThere = look.seen && (backendStart === undefined || rowId(pid, backendStart, userId) === id);
			return isThere ? [] : [id];
		}),
	);
}
