import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {type BuildOptions, build} from 'esbuild';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openFormatter} from '../../source/format/formatter.js';

let folder: string;
const file = (name: string) => pathToFileURL(join(folder, name));

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	const {formatBundle} = (await import(
		join(import.meta.dirname, '..', '..', '.build', 'bundle.mjs')
	)) as Readonly<Record<string, BuildOptions>>;
	await build({...formatBundle, outfile: join(folder, 'format.mjs')});
	const script = `
		import {parentPort} from 'node:worker_threads';
		parentPort.on('message', text => {
			if (text === 'throw') throw new Error('no');
			if (text === 'exit') process.exit(1);
			while (text === 'hang') {}
			parentPort.postMessage(text);
		});`;
	await writeFile(join(folder, 'odd.mjs'), script);
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

describe('the thread that formats', () => {
	test('answers each text in its order, also those that it does not understand', async () => {
		const format = openFormatter(file('format.mjs'));
		const texts = ['select 1, 2', 'select (', 'select 3'];
		expect(await Promise.all(texts.map(format))).toEqual(['select\n  1,\n  2', undefined, 'select\n  3']);
	});

	test.each(['throw', 'exit'])(
		'that ends by itself leaves the text as it is, and another one begins: %s',
		async text => {
			const format = openFormatter(file('odd.mjs'));
			expect(await format(text)).toBeUndefined();
			expect(await format('select 1')).toBe('select 1');
		},
	);

	test('that takes too long is ended, and the keys are not held up meanwhile', async () => {
		const format = openFormatter(file('odd.mjs'), 2000);
		let beats = 0;
		const pulse = setInterval(() => beats++, 10);
		expect(await format('hang')).toBeUndefined();
		clearInterval(pulse);
		expect(beats).toBeGreaterThan(20);
		expect(await format('select 1')).toBe('select 1');
	});

	test('without its file there is none, and no text is formatted', async () => {
		expect(await openFormatter(file('missing.mjs'))('select 1')).toBeUndefined();
	});
});
