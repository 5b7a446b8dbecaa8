import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {type BuildOptions, build} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import packageLock from '../../package-lock.json' with {type: 'json'};
import {newest} from '../helpers/server/servers.js';
import {nodes} from '../helpers/terminal/terminal.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

let folder: string;
/** What is in the package. */
let packed: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	packed = join(folder, 'package');
	// Without the build that comes before: other tests run what is in dist/.
	const flags = ['--ignore-scripts', '--no-update-notifier', `--cache=${join(folder, 'cache')}`];
	await run('npm', ['pack', ...flags, `--pack-destination=${folder}`], {cwd: root});
	await run('tar', ['-xzf', tgz(), '-C', folder]);
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

const tgz = (name = `pgtop-${packageJson.version}`) => join(folder, `${name}.tgz`);

async function filesUnder(path: string): Promise<readonly string[]> {
	if (!existsSync(path)) return [];
	const entries = await readdir(path, {withFileTypes: true, recursive: true});
	return entries
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name).slice(path.length + 1));
}

describe('the package', () => {
	test('holds the program, its licences, and the papers in Markdown', async () => {
		const manual = await filesUnder(join(root, 'media', 'manual'));
		expect([...(await filesUnder(packed))].sort()).toEqual(
			[
				'README.md',
				'dist/cli.js',
				'dist/third-party-notices.txt',
				'license',
				'package.json',
				...manual.filter(file => file.endsWith('.md')).map(file => join('media', 'manual', file)),
			].sort(),
		);
	});

	test('holds a program that runs by its name', async () => {
		const program = join(packed, packageJson.bin.pgtop);
		expect((await readFile(program, 'utf8')).split('\n', 1)).toEqual(['#!/usr/bin/env node']);
		expect((await stat(program)).mode & 0o777).toBe(0o755);
	});

	test('needs no other one, and runs nothing when it is installed', () => {
		expect(Object.keys(packageJson).filter(key => key.endsWith('ependencies'))).toEqual(['devDependencies']);
		expect(Object.keys(packageJson.scripts).filter(name => /install|^prepare$/.test(name))).toEqual([]);
	});

	test('holds the licence of every package that is inside the program, which is MIT or ISC', async () => {
		const file = join(root, '.build', 'bundle.mjs');
		const {bundle} = (await import(file)) as {readonly bundle: BuildOptions};
		const {metafile} = await build({...bundle, write: false, metafile: true});
		const [output] = Object.values(metafile.outputs);
		const within = Object.entries(output?.inputs ?? {}).map(([input]) => input.split('node_modules/'));
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
			expect(notices).toMatch(new RegExp(`^${name} ${version}, declared licence: (?:MIT|ISC)$`, 'm'));
		}
	});
});

/** As the workflow of the release does it. */
const check = async (file: string, node: string = process.execPath) =>
	run(join(root, '.build', 'check-package.sh'), [file], {
		env: {
			...process.env,
			PATH: [dirname(node), process.env.PATH].join(delimiter),
			PGTOP_PG_BIN: newest.bin,
		},
	});

describe('the check of a package', () => {
	test.each(nodes)(
		'installs it without a network and runs it, on Node.js $version',
		async ({node, version}) => {
			const {stdout} = await check(tgz(), node);
			expect(stdout).toContain(`works on Node.js ${version}: pgtop demo  PG ${newest.major}`);
		},
	);

	/** The package with a mistake in it. */
	const spoil = async (name: string, change: (package_: string) => Promise<unknown>) => {
		const draft = join(folder, name);
		await cp(packed, join(draft, 'package'), {recursive: true});
		await change(join(draft, 'package'));
		await run('tar', ['-czf', tgz(name), '-C', draft, 'package']);
		return tgz(name);
	};

	const declare = async (path: string, fields: object) =>
		writeFile(join(path, 'package.json'), JSON.stringify({...packageJson, ...fields}));

	test('refuses one that needs another one', async () => {
		const file = await spoil('needy', async path => declare(path, {dependencies: {pg: '*'}}));
		await expect(check(file)).rejects.toThrow(/ENOTCACHED/);
	});

	test('refuses one that brings another one', async () => {
		const file = await spoil('heavy', async path => {
			await declare(path, {dependencies: {pg: '*'}, bundleDependencies: ['pg']});
			await mkdir(join(path, 'node_modules', 'pg'), {recursive: true});
			await writeFile(join(path, 'node_modules', 'pg', 'package.json'), '{"name": "pg", "version": "8.0.0"}');
		});
		await expect(check(file)).rejects.toThrow(/installs more than pgtop: .*pg\/package\.json/);
	});

	test('refuses one whose program is of another version', async () => {
		const file = await spoil('old', async path => declare(path, {version: '99.0.0'}));
		await expect(check(file)).rejects.toThrow(`--version says 'pgtop ${packageJson.version}'`);
	});

	test('refuses one that shows nothing', async () => {
		const file = await spoil('blank', async path => {
			const program = join(path, packageJson.bin.pgtop);
			const text = await readFile(program, 'utf8');
			await writeFile(program, text.replace('\n', '\nif (process.argv.includes("--once")) process.exit(0);'));
		});
		await expect(check(file)).rejects.toThrow('--once shows no list of sessions');
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
		expect(packages['']).toMatchObject({name, version, license, bin, engines, devDependencies});
	});
});
