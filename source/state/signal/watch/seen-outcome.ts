import type {Look, Seen} from '../../../domain/signal/look.js';
import {outcomeOfLook} from '../../../domain/signal/look-outcome.js';
import type {Outcome} from '../../../domain/signal/outcome.js';
import type {Signalled, Watched} from '../../../domain/signal/signalled.js';
import {doneHere} from '../../../domain/signal/verdict/verdict.js';

/** When the look before is longer ago than this, what is seen may have happened at any time since. In milliseconds. */
const lateAfter = 2000;

/** The outcome that a look shows. A look does not tell when it happened, or whose doing it was. `isKilled`: a k was sent to that session since. */
export function seenOutcome(
	signalled: Signalled,
	{found, lastSeenAt}: Watched,
	look: Look,
	isKilled: boolean,
	now: number,
): Outcome | undefined {
	const {order, aimed} = signalled;
	const isCancel = order.signal === 'cancel';
	const outcome = outcomeOfLook(order, look) ?? (isCancel ? waitOver(found, look) : undefined);
	if (!outcome) return undefined;
	if (outcome.type === 'ended' && isCancel && isKilled) return {type: 'ended by k'};
	const isLate = now - lastSeenAt > lateAfter;
	return {
		...(outcome.type === 'query ended' && isCancel && waitsForStandby(found)
			? {type: 'stopped waiting' as const, done: doneHere(aimed.backend)}
			: outcome),
		...(isLate && {isLate}),
	};
}

/** A wait for the standby that was given up is over, even where the query goes on or waits again for another commit. */
function waitOver(
	found: Seen | undefined,
	{seen}: Look,
): Extract<Outcome, {type: 'query ended'}> | undefined {
	if (!waitsForStandby(found) || !seen) return undefined;
	const isOver = !waitsForStandby(seen) || seen.xactStart !== found?.xactStart;
	return isOver ? {type: 'query ended', now: 'other'} : undefined;
}

const waitsForStandby = (seen: Seen | undefined) =>
	seen?.wait?.type === 'IPC' && seen.wait.name === 'SyncRep';
