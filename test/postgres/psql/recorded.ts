import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Outcome} from './case.js';

export type Recorded = {
	/** The version of psql. */
	readonly psql: string;
	readonly outcomes: Readonly<Record<string, Outcome>>;
};

const file = join(import.meta.dirname, 'recorded.json');

export async function readRecorded(): Promise<Recorded> {
	return JSON.parse(await readFile(file, 'utf8')) as Recorded;
}

/** A line for each case, as the formatter leaves it. */
export async function writeRecorded({psql, outcomes}: Recorded): Promise<void> {
	const text = (value: unknown) =>
		JSON.stringify(value).replaceAll(/(?<=[^\\]"|\d|true|false|\])([,:])(?=["[{\dtf])/g, '$1 ');
	const lines = Object.entries(outcomes).map(
		([name, outcome]) => `\t\t${JSON.stringify(name)}: ${text(outcome)}`,
	);
	await writeFile(
		file,
		`{\n\t"psql": ${JSON.stringify(psql)},\n\t"outcomes": {\n${lines.join(',\n')}\n\t}\n}\n`,
	);
}
