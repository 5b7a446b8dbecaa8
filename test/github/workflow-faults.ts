import {constants} from 'node:fs';
import {access, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {parse} from 'yaml';
import packageJson from '../../package.json' with {type: 'json'};
import {workflowParser} from './workflow-parser.js';
import {actionOf, type Job, type Step, type Workflow} from './workflows.js';

const root = join(import.meta.dirname, '..', '..');

/** What is used. With `if` or `continue-on-error` a test may be left out, or fail and nobody sees it. */
const known = {
	workflow: ['name', 'on', 'permissions', 'concurrency', 'jobs'],
	job: ['name', 'needs', 'uses', 'runs-on', 'timeout-minutes', 'permissions', 'strategy', 'steps'],
	strategy: ['fail-fast', 'matrix'],
	matrix: ['node'],
	step: ['name', 'uses', 'with', 'working-directory', 'env', 'run'],
};

/** And of actions. GitHub only warns of an input that an action does not have. */
const inputs: Readonly<Record<string, readonly string[]>> = {
	'actions/checkout': ['persist-credentials'],
	'actions/setup-node': ['node-version', 'cache', 'cache-dependency-path', 'package-manager-cache'],
	'actions/upload-artifact': ['name', 'path', 'if-no-files-found'],
	'actions/download-artifact': ['name', 'path'],
	'lycheeverse/lychee-action': ['args'],
};

/** What GitHub would refuse, and what this house does not want. */
export async function workflowFaults(content: string): Promise<readonly string[]> {
	const refused = await refusedByGithub(content);
	if (refused.length > 0) return refused;
	const workflow: Workflow = parse(content);
	const {permissions, jobs} = workflow;
	const steps = Object.values(jobs).flatMap(job => job.steps ?? []);
	const runs = steps.flatMap(({run}) => run ?? []);
	return [
		...(isDeepStrictEqual(permissions, {contents: 'read'}) ? [] : ['it may do more than read']),
		...Object.entries(jobs)
			.filter(([, job]) => job.uses === undefined && job['timeout-minutes'] === undefined)
			.map(([name]) => `${name} has all the time in the world`),
		...unpinned(content),
		...unseen(content, [...Object.values(jobs), ...steps]),
		...unknown(known.workflow, workflow),
		...Object.entries(jobs).flatMap(([name, job]) => unusual(name, job)),
		...steps.flatMap(step => [
			...unknown(known.step, step),
			...unknown(inputs[actionOf(step) ?? ''] ?? [], step.with ?? {}),
		]),
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

const unknown = (names: readonly string[], value: object): readonly string[] =>
	Object.keys(value)
		.filter(key => !names.includes(key))
		.map(key => `unknown: ${key}`);

function unusual(name: string, job: Job): readonly string[] {
	const {strategy, steps = []} = job;
	if (strategy === undefined) return unknown(known.job, job);
	const versions = steps
		.filter(step => actionOf(step) === 'actions/setup-node')
		.map(step => step.with?.['node-version']);
	return [
		...unknown(known.job, job),
		...unknown(known.strategy, strategy),
		...unknown(known.matrix, strategy.matrix),
		...(isDeepStrictEqual(versions, [`\${{ matrix.node }}`]) ? [] : [`${name} does not use its matrix`]),
	];
}

/** Where an action is written so that it is a line of its own. */
const usesLine = /^[ -]*uses: *(.*)$/gm;

/** Actions that are written in another way: whether they are pinned is not seen. */
function unseen(content: string, users: readonly Step[]): readonly string[] {
	const seen = [...content.matchAll(usesLine)].map(([, uses = '']) => uses.split(' ')[0]);
	const used = users.flatMap(({uses}) => uses ?? []);
	return isDeepStrictEqual(seen.sort(), used.sort()) ? [] : [`not the actions of its lines: ${used}`];
}

/** Actions that somebody else can change, or nobody can tell the version of; those of this project come with its commit. */
function unpinned(content: string): readonly string[] {
	return [...content.matchAll(usesLine)]
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
