import {readFile, rm, stat} from 'node:fs/promises';
import {dirname, join, normalize} from 'node:path';
import {type BuildOptions, build} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import packageLock from '../../package-lock.json' with {type: 'json'};
import {filesUnder} from '../helpers/files-under.js';
import {readLinks} from '../papers/links.js';
import {pack} from './pack.js';

const root = join(import.meta.dirname, '..', '..');

let folder: string;
/** What is in the package. */
let packed: string;

beforeAll(async () => {
	({folder, content: packed} = await pack());
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

describe('the package', () => {
	test('holds the program, its licences, and the papers with their pictures', async () => {
		const media = (await filesUnder(join(root, 'media'))).map(file => join('media', file));
		expect([...(await filesUnder(packed))].sort()).toEqual(
			[
				'README.md',
				'dist/cli.js',
				'dist/demo.js',
				'dist/format.js',
				'dist/ink.js',
				'dist/read-flags.js',
				'dist/third-party-notices.txt',
				'license',
				'package.json',
				...media.filter(file => /^media\/(?:manual\/.*\.md|\w+\.svg)$/.test(file)),
			].sort(),
		);
	});

	test('holds all that its papers lead to, but for what is written for contributors', async () => {
		const files = await filesUnder(packed);
		const missing = await Promise.all(
			files
				.filter(file => file.endsWith('.md'))
				.map(async paper =>
					readLinks(await readFile(join(packed, paper), 'utf8'))
						.links.filter(link => !/^(?:https:|#)/.test(link))
						.map(link => normalize(join(dirname(paper), link.split('#')[0] ?? '')))
						.filter(file => !files.includes(file)),
				),
		);
		expect(new Set(missing.flat())).toEqual(new Set(['.github/CONTRIBUTING.md', '.github/SECURITY.md']));
	});

	test('holds a program that runs by its name', async () => {
		const program = join(packed, packageJson.bin.pgtop);
		expect((await readFile(program, 'utf8')).split('\n', 1)).toEqual(['#!/usr/bin/env node']);
		expect((await stat(program)).mode & 0o777).toBe(0o755);
	});

	test('holds a program that is small enough to start fast', async () => {
		expect((await stat(join(packed, packageJson.bin.pgtop))).size).toBeLessThan(540_000);
	});

	test('needs no other one, and runs nothing when it is installed', () => {
		expect(Object.keys(packageJson).filter(key => key.endsWith('ependencies'))).toEqual(['devDependencies']);
		expect(Object.keys(packageJson.scripts).filter(name => /install|^prepare$/.test(name))).toEqual([]);
	});

	test('holds the text of every licence, where its package has one', async () => {
		const notices = await readFile(join(packed, 'dist', 'third-party-notices.txt'), 'utf8');
		const without = notices
			.split(/^-{80}\n/m)
			.filter(notice => notice.includes(', declared licence: ') && !notice.includes('AS IS'));
		expect(without.map(notice => notice.split(' ', 1)[0])).toEqual(['ink-table', 'pg-types', 'yoga-layout']);
		for (const notice of without) expect(notice).toContain('\n\nThe package ships no licence file.\n');
	});

	test('holds the licence of every package that is inside the program, which is MIT, ISC or BSD', async () => {
		const file = join(root, '.build', 'bundle.mjs');
		const {bundle, demoBundle, formatBundle, inkBundle} = (await import(file)) as Readonly<
			Record<string, BuildOptions>
		>;
		const built = [bundle, demoBundle, formatBundle, inkBundle].map(options =>
			build({...options, write: false, metafile: true}),
		);
		const within = (await Promise.all(built))
			.flatMap(({metafile}) => Object.values(metafile.outputs))
			.flatMap(({inputs}) => Object.keys(inputs).map(input => input.split('node_modules/')));
		const folders = within
			.filter(parts => parts.length > 1)
			.map(parts => {
				const [scope = '', name = ''] = parts.at(-1)?.split('/') ?? [];
				return [...parts.slice(0, -1), scope.startsWith('@') ? `${scope}/${name}` : scope].join(
					'node_modules/',
				);
			});
		const notices = await readFile(join(packed, 'dist', 'third-party-notices.txt'), 'utf8');
		expect(new Set(folders).size).toBeGreaterThan(20);
		for (const path of new Set(folders)) {
			const {name, version} = JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8'));
			expect(notices).toMatch(
				new RegExp(`^${name} ${version}, declared licence: (?:MIT|ISC|BSD-3-Clause)$`, 'm'),
			);
		}
	});
});

describe('package-lock.json', () => {
	const packages: Readonly<Record<string, object>> = packageLock.packages;

	test('names no registry', () => {
		expect(Object.keys(packages).length).toBeGreaterThan(100);
		expect(Object.entries(packages).filter(([, entry]) => 'resolved' in entry)).toEqual([]);
	});

	test('says what package.json says', () => {
		const {name, version, license, bin, engines, devDependencies} = packageJson;
		expect(packageLock).toMatchObject({name, version});
		expect(packages['']).toMatchObject({name, version, license, bin, engines, devDependencies});
	});
});
