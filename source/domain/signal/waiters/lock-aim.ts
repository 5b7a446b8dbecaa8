import {lockGraphOf} from '../../locks/lock-graph.js';
import {freesWords} from '../../locks/words/frees-words.js';
import type {RowId} from '../../row-id.js';
import type {Snapshot} from '../../server/snapshot.js';

/** How a session stood to the locks of others when a signal was aimed at it. */
export type LockAim = {
	/** How many waited for it, directly or behind others. */
	readonly blocks: number;
	/** Those who did. Dropped once nothing more is looked for: there may be thousands. */
	readonly blocked: readonly {readonly id: RowId; readonly pid: number}[];
	/** For whom it waited; 0: a prepared transaction. */
	readonly waitsFor?: number;
	/** What its end was to set free, in words; absent where nobody waited. */
	readonly frees?: string;
};

/** Tells it of each session. Undefined where the locks of that picture were not read. */
export function lockAims(picture: Snapshot | undefined): (target: RowId) => LockAim | undefined {
	if (!picture?.locks) return () => undefined;
	const {sights, blockedBy, freesOf} = lockGraphOf(picture);
	// Made once for all: many sessions may block the same thousands.
	const waiters = picture.backends.map(({id, pid}) => ({id, pid}));
	const indexes = new Map(waiters.map(({id}, index) => [id, index]));
	const waitersOf = (ids: readonly RowId[]) =>
		ids
			.flatMap(id => indexes.get(id) ?? [])
			.sort((one, other) => one - other)
			.flatMap(index => waiters[index] ?? []);
	return target => {
		const sight = sights.get(target);
		if (!sight) return {blocks: 0, blocked: []};
		const frees = freesWords(freesOf(target));
		return {
			blocks: sight.blocks,
			blocked: waitersOf(blockedBy(target)),
			...(sight.under && {waitsFor: sight.under.pid}),
			...(frees !== undefined && {frees}),
		};
	};
}
