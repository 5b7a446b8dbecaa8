import {setTimeout as wait} from 'node:timers/promises';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import {type Figure, median, type ProgramName} from '../report/figure.js';
import {type Contestant, down, loginOf} from './contestants.js';
import {watch} from './watched.js';

/** In milliseconds. */
const patience = 8000;

/** What came within the patience, and how often it did not. */
type Tries = {readonly times: number[]; lost: number};

/** From the start of a process to what the screen then shows. */
async function startOf(
	contestant: Contestant,
	address: ServerAddress,
	{types, shows}: {readonly types?: string; readonly shows: Contestant['isReady']},
	tries: Tries,
): Promise<void> {
	const watched = watch(contestant.command(address), loginOf(contestant));
	if (types !== undefined) watched.type(types);
	const at = await watched.until(shows, patience);
	await watched.end();
	if (at === undefined) tries.lost++;
	else tries.times.push(at - watched.startedAt);
	// The server has ended its session.
	await wait(100);
}

/** How long each takes to start, one after the other in each round. */
export async function measureStarts(
	contestants: readonly Contestant[],
	address: ServerAddress,
	{rounds, backends}: {readonly rounds: number; readonly backends: number},
): Promise<readonly Figure[]> {
	const picture = triesOf(contestants);
	const key = triesOf(contestants.filter(({arrows}) => arrows));
	for (let round = 0; round < rounds; round++)
		for (const contestant of contestants) {
			const {name, arrows, isReady} = contestant;
			await startOf(contestant, address, {shows: isReady}, picture[name] as Tries);
			if (arrows)
				await startOf(contestant, address, {types: down, shows: arrows.isSelected}, key[name] as Tries);
		}

	return [
		figureOf(`start → first full picture, ${backends} backends`, picture, rounds),
		figureOf(`start → the first ↓ is answered, ${backends} backends`, key, rounds),
	];
}

type TriesByName = {readonly [name in ProgramName]?: Tries};

const triesOf = (contestants: readonly Contestant[]): TriesByName =>
	Object.fromEntries(contestants.map(({name}) => [name, {times: [], lost: 0}]));

function figureOf(name: string, tries: TriesByName, rounds: number): Figure {
	const entries = Object.entries(tries) as [ProgramName, Tries][];
	const lost = entries.flatMap(([program, {lost}]) => (lost > 0 ? [`${program} ${lost} of ${rounds}`] : []));
	return {
		name,
		unit: 'ms',
		values: Object.fromEntries(entries.map(([program, {times}]) => [program, median(times)])),
		note: lost.length > 0 ? `${name}: never in ${lost.join(', ')}` : undefined,
	};
}
