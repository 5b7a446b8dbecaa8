import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Figure} from './figure.js';

/** What a run was made on and with. Where it is another, figures say nothing by themselves. */
export type Facts = {
	readonly node: string;
	readonly postgresql: string;
	readonly cores: number;
	/** How long the program ran before the steady figures were taken, in seconds. */
	readonly warm: number;
};

export type Saved = {readonly facts: Facts; readonly figures: readonly Figure[]};

/** The last run that was saved with each major version of Node.js: what one of them needs says nothing of another. */
export type Saves = {readonly [nodeMajor in string]?: Saved};

/** Beside the benchmark, from the root of the project. */
export const savedFile = (root: string) => join(root, 'test', 'bench', 'saved.json');

const majorOf = ({node}: Facts) => node.split('.')[0] ?? '';

/** The run to compare one with these facts with. */
export const savedFor = (facts: Facts, saves: Saves): Saved | undefined => saves[majorOf(facts)];

/** As many digits as a table may show, and one more. */
const short = (figure: Figure): Figure => ({
	name: figure.name,
	unit: figure.unit,
	values: Object.fromEntries(
		Object.entries(figure.values).flatMap(([program, value]) =>
			value === undefined ? [] : [[program, Number(value.toPrecision(4))]],
		),
	),
});

export const withRun = (saves: Saves, facts: Facts, figures: readonly Figure[]): Saves => ({
	...saves,
	[majorOf(facts)]: {facts, figures: figures.map(short)},
});

/** No runs where there is no file. */
export async function readSaves(file: string): Promise<Saves> {
	try {
		return JSON.parse(await readFile(file, 'utf8')) as Saves;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
		throw error;
	}
}

export const writeSaves = async (file: string, saves: Saves): Promise<void> =>
	writeFile(file, `${JSON.stringify(saves, undefined, '\t')}\n`);

export const factsLine = ({node, postgresql, cores, warm}: Facts) =>
	`Node.js ${node}, PostgreSQL ${postgresql}, ${cores} cores, steady figures from ${warm} s after the start`;

/** What to know before the figures are compared. */
export function comparedWith(facts: Facts, saved: Saved | undefined): string {
	if (!saved) return `Nothing is saved of Node.js ${majorOf(facts)} to compare with.`;
	const before = factsLine(saved.facts);
	return before === factsLine(facts) ? 'The saved run was made with the same.' : `The saved run: ${before}.`;
}
