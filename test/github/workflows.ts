import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parse} from 'yaml';

export type Step = {
	readonly name?: string;
	readonly uses?: string;
	readonly with?: Readonly<Record<string, unknown>>;
	readonly run?: string;
};

export type Job = {
	readonly uses?: string;
	readonly needs?: string | readonly string[];
	readonly permissions?: Readonly<Record<string, string>>;
	readonly 'timeout-minutes'?: number;
	readonly strategy?: {readonly matrix: {readonly node: readonly number[]}};
	readonly steps?: readonly Step[];
};

export type Workflow = {
	readonly on: Readonly<Record<string, unknown>>;
	readonly permissions?: Readonly<Record<string, string>>;
	readonly jobs: Readonly<Record<string, Job>>;
};

const folder = join(import.meta.dirname, '..', '..', '.github', 'workflows');

/** What GitHub reads there: each workflow by the name of its file. */
export const workflowTexts: ReadonlyMap<string, string> = new Map(
	await Promise.all(
		(await readdir(folder))
			.filter(file => /^[^.].*\.ya?ml$/.test(file))
			.map(async file => [file, await readFile(join(folder, file), 'utf8')] as const),
	),
);

export const workflow = (file: string): Workflow => parse(workflowTexts.get(file) ?? '');

/** The action that a step or a job takes, without its version. */
export const actionOf = ({uses}: Step): string | undefined => uses?.split('@')[0];
