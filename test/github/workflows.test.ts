import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import packageJson from '../../package.json' with {type: 'json'};
import {type Workflow, workflowFaults} from './workflow-faults.js';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.github', 'workflows');

const files = await readdir(folder);
const texts = Object.fromEntries(
	await Promise.all(files.map(async file => [file, await readFile(join(folder, file), 'utf8')] as const)),
);
const textOf = (file: string) => texts[file] ?? '';
const workflow = (file: string): Workflow => parse(textOf(file));

test.each(files)('GitHub takes %s, and so does the house', async file => {
	expect(await workflowFaults(textOf(file))).toEqual([]);
});

describe('a mistake in the workflow of the release is found:', () => {
	const release = textOf('release.yml');
	const commit = /(actions\/checkout@)\w{40}/;

	test.each([
		['a key that is misspelt', 'runs-on:', 'run-on:', "Unexpected value 'run-on'"],
		['an expression that is not closed', 'github.token }}', 'github.token', 'not closed'],
		['a job that is not there', 'needs: pack', 'needs: pakc', "unknown job 'pakc'"],
		['a workflow that can not be called', 'workflows/test.yml', 'workflows/links.yml', 'workflow_call'],
		['a tag in place of a commit', commit, '$1v7', 'no full commit with its version'],
		['half a commit', commit, '$1abcdef0', 'no full commit with its version'],
		['a commit of no version', / # v[\d.]+$/m, '', 'no full commit with its version'],
		[
			'a token that stays',
			'persist-credentials: false',
			'fetch-depth: 1',
			'a checkout leaves its token behind',
		],
		['a right for all jobs', 'contents: read', 'contents: write', 'it may do more than read'],
		['a job without an end', /^ +timeout-minutes: .*\n/m, '', 'pack has all the time in the world'],
		['a script made of data', '$GITHUB_REF_NAME', `\${{ github.ref_name }}`, 'an expression is in a script'],
		['a script that is not in package.json', 'npm ci', 'npm run biuld', 'no script of npm: biuld'],
		[
			'a program that is not there',
			'check-package.sh',
			'check-pakcage.sh',
			'no program: .build/check-pakcage.sh',
		],
	])('%s', async (_, good, bad, fault) => {
		const text = release.replace(good, bad);
		expect(text).not.toBe(release);
		expect((await workflowFaults(text)).join('\n')).toContain(fault);
	});
});

describe('the workflows', () => {
	const nodesOf = ({jobs}: Workflow) => Object.values(jobs).flatMap(job => job.strategy?.matrix.node ?? []);
	const nodes = nodesOf(workflow('test.yml'));

	test('begin with the oldest Node.js that runs pgtop, and test the package on the same ones', () => {
		expect(nodes[0]).toBe(Number(/^>=(\d+)/.exec(packageJson.engines.node)?.[1]));
		expect(nodes).toEqual([...nodes].sort((a, b) => a - b));
		expect(nodesOf(workflow('release.yml'))).toEqual(nodes);
	});

	test('test on the Node.js that the papers name', async () => {
		const papers = (await readdir(join(root, '.github'))).filter(file => file.endsWith('.md'));
		const named = await Promise.all(
			['README.md', ...papers.map(file => join('.github', file))].map(async file =>
				[...(await readFile(join(root, file), 'utf8')).matchAll(/Node\.js ((?:\d+, )+\d+ and \d+)/g)].map(
					([, list = '']) => list.match(/\d+/g)?.map(Number),
				),
			),
		);
		for (const list of named.flat()) expect(list).toEqual(nodes);
	});

	test('run every week, and not when everybody else does', () => {
		for (const file of ['test.yml', 'links.yml']) {
			const {schedule} = workflow(file).on;
			expect(schedule).toEqual([{cron: expect.stringMatching(/^(?!0 )\d+ \d+ \* \* [0-6]$/)}]);
		}
	});

	test('look at other sites only by the week and by hand', () => {
		const looking = files.filter(file => textOf(file).includes('lychee'));
		expect(looking).toEqual(['links.yml']);
		expect(Object.keys(workflow('links.yml').on)).toEqual(['schedule', 'workflow_dispatch']);
	});

	test('write only at the end of a release, in a job that runs nothing of the project', () => {
		const jobs = files.flatMap(file => Object.entries(workflow(file).jobs));
		const writing = jobs.filter(([, job]) => job.permissions !== undefined);
		expect(writing.map(([name]) => name)).toEqual(['release']);
		for (const [, {permissions, needs, steps = []}] of writing) {
			expect(permissions).toEqual({contents: 'write'});
			expect(needs).toEqual(['pack', 'test', 'check']);
			expect(steps.flatMap(({uses}) => uses?.split('@')[0] ?? [])).toEqual(['actions/download-artifact']);
		}
	});
});

// With the programs of GitHub's machines, which are Linux.
describe.runIf(process.platform === 'linux')('a release', () => {
	let temporary: string;

	beforeAll(async () => {
		temporary = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		// It prints what it is called with, one word on a line.
		await writeFile(join(temporary, 'gh'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', {mode: 0o755});
		await writeFile(join(temporary, 'pgtop-1.2.3.tgz'), 'package');
		const sum = createHash('sha256').update('package').digest('hex');
		await writeFile(join(temporary, 'SHA256SUMS'), `${sum}  pgtop-1.2.3.tgz\n`);
	});

	afterAll(async () => rm(temporary, {recursive: true, force: true}));

	/** What a step writes, run as GitHub runs it. */
	const step = async (job: string, name: string, tag: string, cwd = temporary) => {
		const {run = ''} = workflow('release.yml').jobs[job]?.steps?.find(one => one.name === name) ?? {};
		expect(run).not.toBe('');
		const env = {...process.env, PATH: `${temporary}:${process.env.PATH}`, GITHUB_REF_NAME: tag};
		return (await promisify(execFile)('bash', ['-e', '-c', run], {cwd, env})).stdout;
	};

	test('has the version of package.json for its tag', async () => {
		const check = async (tag: string) => step('pack', 'The tag is the version', tag, root);
		expect(await check(`v${packageJson.version}`)).toBe('');
		for (const tag of [packageJson.version, `v${packageJson.version}0`, 'v', '$(exit 0)', 'v*'])
			await expect(check(tag)).rejects.toThrow('Command failed');
	});

	test('is made of the files that were checked', async () => {
		const words = (await step('release', 'Release', 'v1.2.3')).split('\n');
		expect(words).toContain('pgtop-1.2.3.tgz: OK');
		expect(words).toEqual(expect.arrayContaining(['release', 'create', 'v1.2.3', '--verify-tag']));
		expect(words).toEqual(expect.arrayContaining(['--', 'SHA256SUMS', 'pgtop-1.2.3.tgz']));
		expect(words).not.toContain('--prerelease');
	});

	test('is no latest one where its version is a candidate', async () => {
		expect((await step('release', 'Release', 'v1.2.3-rc.1')).split('\n')).toContain('--prerelease');
	});

	test('is none where a file has changed since', async () => {
		await writeFile(join(temporary, 'pgtop-1.2.3.tgz'), 'another');
		await expect(step('release', 'Release', 'v1.2.3')).rejects.toThrow('did NOT match');
	});
});
