import type {WorstLag} from '../../../domain/server/figures/worst-lag.js';
import type {Snapshot} from '../../../domain/server/snapshot.js';
import {age, count, dataSize, percent, rareRate} from '../../../domain/text/format.js';
import {fit} from '../../../domain/text/width.js';
import type {Heading} from '../heading.js';
import type {Facts} from './facts.js';
import type {Figure} from './figure.js';
import {sparkline} from './sparkline.js';

/** From this share on connections are near their limit. */
const fullShare = 0.9;

/** A rate that is not known is `-`. */
const shown = (value: number | undefined, write: (value: number) => string, width: number) =>
	(value === undefined ? '-' : write(value)).padStart(width);

const perSecond = (write: (value: number) => string) => (value: number) => `${write(value)}/s`;

/** What has a limit, and what the server does each second. */
export function rateFigures(heading: Heading, snapshot: Snapshot, facts: Facts): readonly Figure[] {
	const {rates, tpsBefore = [], isAscii = false} = heading;
	const rare = (rank: number, label: string, value: number | undefined): Figure => ({
		rank,
		label,
		text: shown(value, perSecond(rareRate), 6),
		tone: (value ?? 0) > 0 ? 'hurts' : undefined,
		isQuiet: value === 0,
	});
	return [
		connections(snapshot, facts),
		{
			rank: 2,
			label: 'tps',
			text: shown(rates.tps, count, 4),
			before: sparkline(tpsBefore, isAscii),
		},
		{rank: 3, label: 'hit', text: shown(rates.hitRatio, percent, 5)},
		{rank: 4, label: 'wal', text: shown(rates.walBytes, perSecond(dataSize), 6)},
		wraparound(facts),
		...lag(snapshot, facts),
		{rank: 7, label: 'rollbacks', text: shown(rates.rollbacks, perSecond(rareRate), 6)},
		{rank: 8, label: 'temp', text: shown(rates.tempBytes, perSecond(dataSize), 6)},
		rare(9, 'deadlocks', rates.deadlocks),
		// Only a standby has to end queries for what it replays.
		...(snapshot.server.recovery === 'PRIMARY' ? [] : [rare(10, 'conflicts', rates.conflicts)]),
	];
}

function connections({server: {maxConnections}}: Snapshot, {slots, isShortOfSlots}: Facts): Figure {
	const share = slots.count / maxConnections;
	const text = `${slots.isLeast ? '>=' : ''}${slots.count}/${maxConnections}`;
	return {
		rank: 1,
		label: 'conn',
		text: text.padStart(2 * String(maxConnections).length + 1),
		tone: share >= fullShare || isShortOfSlots ? 'hurts' : undefined,
		share,
	};
}

const wraparoundTones = {fine: undefined, open: 'open', red: 'hurts'} as const;

const wraparound = ({wraparound: worst}: Facts): Figure => ({
	rank: 5,
	label: 'wrap',
	text: shown(worst?.share, share => percent(share, 0), 3),
	tone: worst && wraparoundTones[worst.level],
});

const standbyWidth = 10;

/** Of a primary: the standby that is furthest behind. */
function lag({server}: Snapshot, {lag: worst, thresholds}: Facts): readonly Figure[] {
	if (!worst?.standby || server.recovery !== 'PRIMARY') return [];
	const text = lagText(worst).padStart(6);
	const isLate = typeof worst.time === 'number' && worst.time > thresholds.standbyLag;
	return [
		{
			rank: 6,
			label: 'lag',
			text: `${text} of ${fit(worst.standby.name, standbyWidth)}`,
			tone: isLate ? 'hurts' : undefined,
		},
	];
}

function lagText({time, bytes}: WorstLag): string {
	if (time !== undefined) return age(time);
	return bytes === undefined ? '-' : dataSize(bytes);
}
