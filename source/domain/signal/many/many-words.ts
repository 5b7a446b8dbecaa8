import {type Signalled, sightingOf} from '../signalled.js';
import {freedWords, wentOnWords} from '../waiters/freed-words.js';
import {type ShortOutcome, shortOutcome, shortOutcomes} from './short-outcome.js';

/** Those of which k makes an end. */
const forK: readonly ShortOutcome[] = [
	'still in transaction',
	'in ClientRead',
	'running the same again',
	'still running',
	'still at it',
];

/** In cells: what a sentence has in the status line, less what stands at its end. */
const room = 78 - ' - L'.length;

type Group = readonly [short: ShortOutcome, signals: readonly Signalled[]];

/** What came of the signals of one key, counted: `2 ended, 1 denied, 4 went on`. What was seen of those who had waited for them stands with the first. */
export const manyWords = (signals: readonly Signalled[]): string =>
	joined(groupsOf(signals), signals, {hasWaits: true, hasNames: true});

/** The same where there is little room: `3 signals: 2 ended, 1 denied - L`. What matters least is left out first. */
export function manySentence(signals: readonly Signalled[]): string {
	const groups = groupsOf(signals);
	const head = `${signals.length} signals: `;
	const merged = together(groups);
	const shorter = [
		joined(groups, signals, {hasWaits: true, hasNames: true}),
		joined(groups, signals, {hasNames: true}),
		joined(groups, signals, {}),
		joined(groups, signals, {isWithoutFreed: true}),
		...merged.map((_, index) =>
			joined(merged, signals, {isWithoutFreed: true, isFolded: merged.length - index}),
		),
	];
	const words = shorter.find(one => head.length + one.length <= room) ?? shorter.at(-1);
	return `${head}${words} - L`;
}

function groupsOf(signals: readonly Signalled[]): readonly Group[] {
	const found = new Map<ShortOutcome, Signalled[]>();
	for (const one of signals) {
		const short = shortOutcome(one);
		const group = found.get(short);
		if (group) group.push(one);
		else found.set(short, [one]);
	}

	return shortOutcomes.flatMap(short => {
		const group = found.get(short);
		return group ? [[short, group] as const] : [];
	});
}

/** Those of which k makes an end, as one. */
function together(groups: readonly Group[]): readonly Group[] {
	const left = groups.flatMap(([short, group]) => (forK.includes(short) ? group : []));
	const first = groups.findIndex(([short]) => forK.includes(short));
	return groups.flatMap((group, index): readonly Group[] =>
		index === first ? [['still at it', left]] : forK.includes(group[0]) ? [] : [group],
	);
}

type Shown = {
	/** What the sessions wait for that go on. */
	readonly hasWaits?: true;
	/** For whom those wait who have not gone on. */
	readonly hasNames?: true;
	/** Nothing of those who had waited. */
	readonly isWithoutFreed?: true;
	/** How many groups are named; the others are one number. */
	readonly isFolded?: number;
};

function joined(groups: readonly Group[], signals: readonly Signalled[], shown: Shown): string {
	const {hasWaits, hasNames, isWithoutFreed, isFolded = groups.length} = shown;
	const named = groups.slice(0, isFolded);
	const others = groups.slice(isFolded).reduce((count, [, group]) => count + group.length, 0);
	const last = named.findLast(([short]) => forK.includes(short))?.[0];
	const left = named.reduce((count, [short, group]) => count + (forK.includes(short) ? group.length : 0), 0);
	return [
		...named.map(
			([short, group]) =>
				`${group.length} ${short}${hasWaits ? waitOf(group) : ''}${short === last ? `: k ends ${left === 1 ? 'it' : 'them'}` : ''}`,
		),
		...(others > 0 ? [`${others} other${others === 1 ? '' : 's'}`] : []),
		...(isWithoutFreed ? [] : freedOfMany(signals, hasNames)),
	].join(', ');
}

/** Where all of a group wait for the same. */
function waitOf(group: readonly Signalled[]): string {
	const waits = new Set(
		group.map(one => {
			const outcome = sightingOf(one)?.outcome;
			return outcome?.type === 'still there' && outcome.wait && !outcome.isWithClient
				? ` in ${outcome.wait.type}:${outcome.wait.name}`
				: '';
		}),
	);
	const [wait = ''] = waits;
	return waits.size === 1 ? wait : '';
}

function freedOfMany([first]: readonly Signalled[], hasNames: true | undefined): readonly string[] {
	const freed = first?.freedByAll;
	if (!freed) return [];
	if (!hasNames) return [wentOnWords(freed)];
	return [`${freedWords(freed)}${freed.waitFor === undefined ? '' : ' now'}`];
}
