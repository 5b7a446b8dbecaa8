import type {Limits, Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';

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
export function worstWraparound(
	{wraparound = [], limits}: Snapshot,
	thresholds: Thresholds,
): WorstWraparound | undefined {
	const {freezeMaxAge, failsafeAge, multixactFreezeMaxAge, multixactFailsafeAge} = limits ?? {};
	const all = wraparound.flatMap(({database, xidAge, multixactAge}) => [
		of({database, counts: 'xid', age: xidAge}, thresholds, freezeMaxAge, failsafeAge),
		of(
			{database, counts: 'multixact', age: multixactAge},
			thresholds,
			multixactFreezeMaxAge,
			multixactFailsafeAge,
		),
	]);
	const rank = {fine: 0, open: 1, red: 2} as const;
	return all.reduce<WorstWraparound | undefined>(
		(worst, one) =>
			worst && (rank[one.level] - rank[worst.level] || one.share - worst.share) <= 0 ? worst : one,
		undefined,
	);
}

function of(
	oldest: Pick<WorstWraparound, 'database' | 'counts' | 'age'>,
	{wraparoundShare, wraparoundOverFreeze, wraparoundRedShare}: Thresholds,
	freezeMaxAge: Limits['freezeMaxAge'] = 0,
	failsafeAge: Limits['failsafeAge'] = Infinity,
): WorstWraparound {
	const {age} = oldest;
	const share = age / usableIds;
	const isOpen = share >= wraparoundShare && age >= wraparoundOverFreeze * freezeMaxAge;
	const isRed = age >= failsafeAge || share >= wraparoundRedShare;
	return {...oldest, share, level: isRed ? 'red' : isOpen ? 'open' : 'fine'};
}
