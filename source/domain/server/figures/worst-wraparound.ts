import type {Limits, Snapshot} from '../snapshot.js';
import {thresholds} from '../thresholds.js';

export type WorstWraparound = {
	readonly database: string;
	readonly counts: 'xid' | 'multixact';
	/** Of the oldest id that is not frozen. */
	readonly age: number;
	/** Of the ids that there are before the server takes no more, 0 to 1. */
	readonly share: number;
	readonly level: 'fine' | 'open' | 'red';
};

/** So many ids can be in use before the server stops giving out new ones. */
const usableIds = 2_146_000_000;

/** The database that is nearest to having no ids left; undefined where none was read. */
export function worstWraparound({wraparound = [], limits}: Snapshot): WorstWraparound | undefined {
	const all = wraparound.flatMap(({database, xidAge, multixactAge}) => [
		of(database, 'xid', xidAge, limits?.freezeMaxAge, limits?.failsafeAge),
		of(database, 'multixact', multixactAge, limits?.multixactFreezeMaxAge, limits?.multixactFailsafeAge),
	]);
	const rank = {fine: 0, open: 1, red: 2} as const;
	return all.reduce<WorstWraparound | undefined>(
		(worst, one) =>
			worst && (rank[one.level] - rank[worst.level] || one.share - worst.share) <= 0 ? worst : one,
		undefined,
	);
}

function of(
	database: string,
	counts: WorstWraparound['counts'],
	age: number,
	freezeMaxAge: Limits['freezeMaxAge'] = 0,
	failsafeAge: Limits['failsafeAge'] = Infinity,
): WorstWraparound {
	const {wraparoundShare, wraparoundOverFreeze, wraparoundRedShare} = thresholds;
	const share = age / usableIds;
	const isOpen = share >= wraparoundShare && age >= wraparoundOverFreeze * freezeMaxAge;
	const isRed = age >= failsafeAge || share >= wraparoundRedShare;
	return {database, counts, age, share, level: isRed ? 'red' : isOpen ? 'open' : 'fine'};
}
