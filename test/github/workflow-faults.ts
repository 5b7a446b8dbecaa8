import {constants} from 'node:fs';
import {access, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {parse} from 'yaml';
import packageJson from '../../package.json' with {type: 'json'};
import {workflowParser} from './workflow-parser.js';

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

const root = join(import.meta.dirname, '..', '..');

/** What GitHub would refuse, and what this house does not want. */
export async function workflowFaults(content: string): Promise<readonly string[]> {
	const refused = await refusedByGithub(content);
	if (refused.length > 0) return refused;
	const {permissions, jobs}: Workflow = parse(content);
	const steps = Object.values(jobs).flatMap(job => job.steps ?? []);
	const runs = steps.flatMap(({run}) => run ?? []);
	return [
		...(isDeepStrictEqual(permissions, {contents: 'read'}) ? [] : ['it may do more than read']),
		...Object.entries(jobs)
			.filter(([, job]) => job.uses === undefined && job['timeout-minutes'] === undefined)
			.map(([name]) => `${name} has all the time in the world`),
		...unpinned(content),
		...steps
			.filter(
				step => step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false,
			)
			.map(() => 'a checkout leaves its token behind'),
		// What is put into the text of a script is run. A variable is not.
		...runs.filter(run => run.includes('${{')).map(run => `an expression is in a script: ${run}`),
		...runs.flatMap(missingScripts),
		...(await Promise.all(runs.flatMap(missingFiles))).flat(),
	];
}

async function refusedByGithub(content: string): Promise<readonly string[]> {
	const {parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter} = workflowParser;
	const {context, value} = parseWorkflow({name: 'workflow', content}, new NoOperationTraceWriter());
	if (value !== undefined) {
		const getFileContent = async ({path}: {readonly path: string}) => ({
			name: path,
			content: await readFile(join(root, path), 'utf8'),
		});
		await convertWorkflowTemplate(context, value, {getFileContent}, {fetchReusableWorkflowDepth: 1});
	}

	return context.errors.getErrors().map(({message}) => message);
}

/** Actions that somebody else can change, or nobody can tell the version of; those of this project come with its commit. */
function unpinned(content: string): readonly string[] {
	return [...content.matchAll(/^[ -]*uses: *(.*)$/gm)]
		.map(([, uses = '']) => uses)
		.filter(uses => !/^(?:[\w-]+(?:\/[\w-]+)+@[\da-f]{40} # v\d+\.\d+\.\d+|\.\/\S+)$/.test(uses))
		.map(uses => `no full commit with its version: ${uses}`);
}

function missingScripts(run: string): readonly string[] {
	const scripts = [...run.matchAll(/\bnpm (?:run (?:-\S+ )*)?([\w:-]+)/g)].flatMap(([words, name = '']) =>
		words.includes(' run ') || name === 'test' ? name : [],
	);
	return scripts.filter(name => !(name in packageJson.scripts)).map(name => `no script of npm: ${name}`);
}

/** Programs of the project are in its hidden folders. */
function missingFiles(run: string): readonly Promise<readonly string[]>[] {
	return [...run.matchAll(/\.\w+\/[\w./-]+/g)].map(async ([file]) => {
		try {
			await access(join(root, file), constants.X_OK);
			return [];
		} catch {
			return [`no program: ${file}`];
		}
	});
}
