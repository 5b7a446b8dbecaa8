import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {build, type Plugin} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cleanEnvironment} from '../helpers/clean-environment.js';
import {nodes, program} from '../helpers/terminal/terminal.js';

let folder: string;
let lazy: (builtins: readonly string[], file: string) => Plugin;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	({lazy} = await import(join(import.meta.dirname, '..', '..', '.build', 'lazy.mjs')));
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

/** What this source prints when it is bundled so. */
async function printed(source: string, builtins: readonly string[]): Promise<unknown> {
	const outfile = join(folder, 'bundle.cjs');
	await build({
		stdin: {contents: source, sourcefile: 'main.mjs', resolveDir: import.meta.dirname},
		outfile,
		bundle: true,
		platform: 'node',
		logLevel: 'silent',
		plugins: [lazy(builtins, 'pg/lib/crypto/utils.js')],
	});
	return JSON.parse((await promisify(execFile)(process.execPath, [outfile])).stdout);
}

const loaded = (name: string) => `process.moduleLoadList.includes('NativeModule ${name}')`;

describe('a module that is loaded late', () => {
	test('is not there before it is used, and then as it always is', async () => {
		const source = `
			import {constants, createHash} from 'node:crypto';
			import client from 'pg/lib/crypto/utils.js';
			const before = ${loaded('crypto')};
			const hash = createHash('md5').update('').digest('hex');
			console.log(JSON.stringify([before, hash, ${loaded('crypto')}, typeof client.md5, constants.defaultCoreCipherList !== undefined]));`;
		expect(await printed(source, ['node:crypto'])).toEqual([
			false,
			'd41d8cd98f00b204e9800998ecf8427e',
			true,
			'function',
			true,
		]);
	});

	test('takes what others put into it', async () => {
		const source = `
			import client from 'pg/lib/crypto/utils.js';
			Object.assign(client, {md5: () => 'ours'});
			const before = ${loaded('crypto')};
			console.log(JSON.stringify([before, client.md5(), require('pg/lib/crypto/utils').md5(), typeof client.sha256]));`;
		expect(await printed(source, [])).toEqual([false, 'ours', 'ours', 'function']);
	});

	test('is one that is imported, or the build fails', async () => {
		const failed = printed("import 'pg/lib/crypto/utils.js'; import 'node:dns';", ['node:dns', 'node:tls']);
		await expect(failed).rejects.toThrow('node:tls is to be loaded late, and nobody imports it');
		await expect(printed('', [])).rejects.toThrow('pg/lib/crypto/utils.js is to be loaded late');
	});
});

test.each(nodes)('$version starts the program without what only passwords and TLS need', async ({node}) => {
	const list = 'process.on("exit", () => process._rawDebug(process.moduleLoadList.join("\\n")))';
	const words = ['--import', `data:text/javascript,${list}`, program, '-h', folder];
	const {stderr} = await promisify(execFile)(node, words, {env: cleanEnvironment()}).catch(error => error);
	const modules = stderr.split('\n').flatMap((line: string) => line.match(/(?<=^NativeModule )\w+$/) ?? []);
	expect(stderr).toContain('pgtop: ');
	expect(modules).toContain('net');
	for (const late of ['child_process', 'crypto', 'readline', 'tls']) expect(modules).not.toContain(late);
});
