import {describe, expect, test} from 'vitest';
import {workflowFaults} from './workflow-faults.js';
import {workflowTexts} from './workflows.js';

test.each([...workflowTexts])('GitHub takes %s, and so does the house', async (_, text) => {
	expect(await workflowFaults(text)).toEqual([]);
});

describe('a mistake in the workflow of the release is found:', () => {
	const release = workflowTexts.get('release.yml') ?? '';
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
		[
			'an action between braces',
			'- run: npm ci',
			'- {uses: actions/checkout@v7, with: {persist-credentials: false}}',
			'not the actions',
		],
		['an action between quotes', 'uses: actions/setup-node', '"uses": actions/setup-node', 'not the actions'],
		[
			'an input that is misspelt',
			'package-manager-cache',
			'package-manager-cahce',
			'unknown: package-manager-cahce',
		],
		['a job that does not always run', 'needs: pack', 'if: false', 'unknown: if'],
		[
			'a job that may fail',
			/^ +timeout-minutes:/m,
			'    continue-on-error: true\n$&',
			'unknown: continue-on-error',
		],
		['a step that does not always run', '- run: npm ci', '- if: false\n        run: npm ci', 'unknown: if'],
		[
			'a step that may fail',
			'- run: npm ci',
			'- continue-on-error: true\n        run: npm ci',
			'unknown: continue-on-error',
		],
		['a version that is left out', /^( +)node: \[.*$/m, '$&\n$1exclude: [{node: 20}]', 'unknown: exclude'],
		[
			'one version in place of all',
			/node-version: \$.*/,
			'node-version: 24',
			'check does not use its matrix',
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

test('an action has the same commit and the same version everywhere', () => {
	const lines = [...workflowTexts.values()].flatMap(text => text.match(/[\w-]+\/[\w-]+@.*/g) ?? []);
	const actions = [...new Set(lines)].map(line => line.split('@')[0]);
	expect(actions).toEqual([...new Set(actions)]);
	expect(actions).toContain('actions/checkout');
});
