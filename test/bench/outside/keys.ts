import {setTimeout as wait} from 'node:timers/promises';
import {type Figure, median, type ProgramName, percentile} from '../report/figure.js';
import {down} from './contestants.js';
import type {Running} from './steady.js';
import type {Watched} from './watched.js';

/** How long a key may take, and the pause after it, in milliseconds. */
const patience = 2000;
const pause = 250;

/** From a key to the first change of the screen after it; undefined where nothing changed. */
async function answerTime(watched: Watched, key: string): Promise<number | undefined> {
	let before = (await watched.look()).picture();
	const typedAt = watched.type(key);
	const changedAt = await watched.until((shown, at) => {
		const now = shown.picture();
		// A refresh that was on its way is not the answer.
		if (at < typedAt) before = now;
		return now !== before;
	}, patience);
	return changedAt === undefined ? undefined : changedAt - typedAt;
}

/** How soon keys change the screen: all programs have theirs pressed in turn, at no moment of their refreshes in particular. */
export async function measureKeys(
	running: readonly Running[],
	{presses, backends}: {readonly presses: number; readonly backends: number},
): Promise<readonly Figure[]> {
	const figures: Figure[] = [];
	for (const key of ['↓', 'sort'] as const) {
		const times = new Map<ProgramName, number[]>();
		for (let press = 0; press < presses; press++)
			for (const {name, arrows, watched} of running) {
				if (!arrows) continue;
				const sorts = arrows.sort[press % arrows.sort.length] ?? '';
				const time = await answerTime(watched, key === '↓' ? down : sorts);
				if (time !== undefined) times.set(name, [...(times.get(name) ?? []), time]);
				await wait(pause + Math.random() * 100);
			}

		const figure = (word: string, of: (values: readonly number[]) => number | undefined): Figure => ({
			name: `${key} → changed picture, ${word}, ${backends} backends`,
			unit: 'ms',
			values: Object.fromEntries([...times].map(([name, values]) => [name, of(values)])),
		});
		figures.push(
			figure('median', median),
			figure('95 %', values => percentile(values, 95)),
		);
	}

	return figures;
}
