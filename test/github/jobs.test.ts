import {parseArgs} from 'node:util';
import {describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {papers} from '../papers/papers.js';
import {actionOf, type Job, workflow, workflowTexts} from './workflows.js';

const stepsOf = ({steps = []}: Job) => steps.map(step => step.name ?? step.run ?? actionOf(step));

const weekly = [{cron: expect.stringMatching(/^(?!0 )\d+ \d+ \* \* [0-6]$/)}];

describe('the workflows', () => {
	const nodes = [20, 22, 24];
	const {on, jobs} = workflow('test.yml');
	const release = workflow('release.yml');

	test('test what is pushed or asked to be pulled, each week when not everybody does, by hand, and for a release', () => {
		expect(on).toEqual({
			push: {branches: ['main']},
			pull_request: null,
			schedule: weekly,
			workflow_dispatch: null,
			workflow_call: null,
		});
	});

	test('run all tests on every Node.js that runs pgtop', () => {
		expect(Object.keys(jobs)).toEqual(['test']);
		expect(stepsOf(jobs.test ?? {})).toEqual(['actions/checkout', 'actions/setup-node', '.ci/run']);
		expect(jobs.test?.strategy?.matrix.node).toEqual(nodes);
		expect(nodes[0]).toBe(Number(/^>=(\d+)/.exec(packageJson.engines.node)?.[1]));
	});

	test('make a release of a tag, and of nothing else', () => {
		expect(release.on).toEqual({push: {tags: ['v*']}});
		expect(Object.keys(release.jobs)).toEqual(['pack', 'test', 'check', 'release']);
	});

	test('test what is released as everything else', () => {
		expect(release.jobs.test?.uses).toBe('./.github/workflows/test.yml');
	});

	test('check the package that was made, on the same Node.js', () => {
		const {pack = {}, check = {}} = release.jobs;
		expect(stepsOf(pack)).toEqual([
			'actions/checkout',
			'actions/setup-node',
			'The tag is the version',
			'npm ci',
			'Pack',
			'actions/upload-artifact',
		]);
		expect(stepsOf(check)).toEqual([
			'actions/checkout',
			'actions/setup-node',
			'actions/download-artifact',
			'.build/check-package.sh release/*.tgz',
		]);
		expect(check.needs).toBe('pack');
		expect(check.strategy?.matrix.node).toEqual(nodes);
	});

	test('hand on all of what was made', () => {
		const steps = Object.values(release.jobs).flatMap(job => job.steps ?? []);
		const handing = steps.filter(step => actionOf(step)?.endsWith('load-artifact'));
		const artifact = {name: 'release', path: 'release'};
		expect(handing.map(step => step.with)).toEqual([
			{...artifact, 'if-no-files-found': 'error'},
			artifact,
			artifact,
		]);
	});

	test('write only at the end of a release, in a job that runs nothing of the project', () => {
		const jobs = [...workflowTexts.keys()].flatMap(file => Object.entries(workflow(file).jobs));
		const writing = jobs.filter(([, job]) => job.permissions !== undefined);
		expect(writing.map(([name]) => name)).toEqual(['release']);
		for (const [, {permissions, needs, steps = []}] of writing) {
			expect(permissions).toEqual({contents: 'write'});
			expect(needs).toEqual(['pack', 'test', 'check']);
			expect(stepsOf({steps})).toEqual(['actions/download-artifact', 'Release']);
		}
	});
});

describe('links to other sites', () => {
	const {on, jobs} = workflow('links.yml');

	test('are tried only by the week and by hand', () => {
		expect(on).toEqual({schedule: weekly, workflow_dispatch: null});
		const looking = [...workflowTexts].filter(([, text]) => text.includes('lychee'));
		expect(looking.map(([file]) => file)).toEqual(['links.yml']);
	});

	test('are tried in every paper, and in nothing that is not there', () => {
		const step = jobs.links?.steps?.find(one => actionOf(one) === 'lycheeverse/lychee-action');
		const {values, positionals} = parseArgs({
			args: String(step?.with?.args).split(' '),
			options: {'no-progress': {type: 'boolean'}, scheme: {type: 'string', multiple: true}},
			allowPositionals: true,
		});
		expect(values).toEqual({'no-progress': true, scheme: ['https', 'http']});
		const tried = positionals.map(pattern => {
			const [begin = '', end] = pattern.split('*');
			return papers.filter(paper =>
				end === undefined
					? paper === pattern
					: paper.startsWith(begin) && paper.endsWith(end) && !paper.slice(begin.length).includes('/'),
			);
		});
		expect(tried).not.toContainEqual([]);
		expect(tried.flat().sort()).toEqual([...papers].sort());
	});
});
