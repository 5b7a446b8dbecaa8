import type {Outcome} from '../../../domain/signal/outcome.js';
import type {ReadingLocks, Signalled, Watched} from '../../../domain/signal/signalled.js';

/** How long after an outcome those who had waited are looked at, in milliseconds: they are granted their locks one after the other. */
const lookAfter = 150;

/** What there is to read once an outcome was seen; undefined where nothing is. */
export function lockReading(
	{locks}: Signalled,
	{sighting}: Watched,
	outcome: Outcome,
	now: number,
): ReadingLocks | undefined {
	if (outcome.type !== 'ended' && outcome.type !== 'query ended') return undefined;
	const isHeldAwaited = outcome.type === 'query ended' && outcome.now === 'aborted';
	// Nobody can tell what those who waited did since an end that was seen late.
	const areLookedAt = locks !== undefined && locks.blocked.length > 0 && !outcome.isLate;
	if (!isHeldAwaited && !areLookedAt) return undefined;
	return {
		type: 'locks',
		ended: {outcome, seenAt: now},
		...(isHeldAwaited && {isHeldAwaited}),
		...(areLookedAt && {lookAt: now + lookAfter}),
		...(sighting && {sighting}),
	};
}
