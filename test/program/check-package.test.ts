import {execFile} from 'node:child_process';
import {cp, mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {delimiter, dirname, join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {newest} from '../helpers/server/servers.js';
import {nodes} from '../helpers/terminal/terminal.js';
import {pack} from './pack.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

let packed: Awaited<ReturnType<typeof pack>>;

beforeAll(async () => {
	packed = await pack();
});

afterAll(async () => rm(packed.folder, {recursive: true, force: true}));

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
			const {stdout} = await check(packed.tgz, node);
			expect(stdout).toContain(`works on Node.js ${version}: pgtop demo  PG ${newest.major}`);
		},
	);

	/** The package with a mistake in it. */
	const spoil = async (name: string, change: (package_: string) => Promise<unknown>) => {
		const draft = join(packed.folder, name);
		const tgz = `${draft}.tgz`;
		await cp(packed.content, join(draft, 'package'), {recursive: true});
		await change(join(draft, 'package'));
		await run('tar', ['-czf', tgz, '-C', draft, 'package']);
		return tgz;
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

	test.each([
		['--help', "--help says ''"],
		['--once', '--once shows no list of sessions'],
	])('refuses one that says nothing to %s', async (flag, words) => {
		const file = await spoil(`silent${flag}`, async path => {
			const program = join(path, packageJson.bin.pgtop);
			const text = await readFile(program, 'utf8');
			await writeFile(
				program,
				text.replace('\n', `\nif (process.argv.includes('${flag}')) process.exit(0);`),
			);
		});
		await expect(check(file)).rejects.toThrow(words);
	});
});
