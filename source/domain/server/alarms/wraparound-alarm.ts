import {count, percent} from '../../text/format.js';
import {worstWraparound} from '../figures/worst-wraparound.js';
import type {Snapshot} from '../snapshot.js';
import type {Thresholds} from '../thresholds.js';
import type {Finding} from './finding.js';

const words = {xid: 'transaction ids', multixact: 'multixact ids'} as const;

export function wraparoundAlarm(picture: Snapshot, thresholds: Thresholds): readonly Finding[] {
	const worst = worstWraparound(picture, thresholds);
	if (!worst || worst.level === 'fine') return [];
	const {database, counts, age, share, level} = worst;
	return [
		{
			...(level === 'red' && {isRed: true}),
			text: `wraparound: ${database} has used ${percent(share, 0)} of its ${words[counts]}`,
			more: `the oldest in that database is ${count(age)} old, and at 100% the server takes no more writes. VACUUM it; what holds the xmin horizon keeps that from helping`,
		},
	];
}
