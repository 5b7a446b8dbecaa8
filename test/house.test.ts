import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {filesUnder} from './helpers/files-under.js';

const root = join(import.meta.dirname, '..');

type Source = {readonly file: string; readonly text: string};

const filesIn = async (folder: string) =>
	(await filesUnder(join(root, folder)))
		.map(file => join(folder, file))
		.filter(file => !file.includes('node_modules'));

let source: readonly Source[];
let tests: readonly string[];

beforeAll(async () => {
	const files = (await filesIn('source')).filter(file => !file.endsWith('.md'));
	source = await Promise.all(
		files.map(async file => ({file, text: await readFile(join(root, file), 'utf8')})),
	);
	tests = await filesIn('test');
});

const timesOf = (words: readonly string[]) =>
	words.reduce((times, word) => times.set(word, (times.get(word) ?? 0) + 1), new Map<string, number>());

test('no name is exported twice', () => {
	const names = source.flatMap(({text}) =>
		[...text.matchAll(/^export (?:async )?(?:const|let|function\*?|class|type|interface|enum) (\w+)/gm)].map(
			([, name = '']) => name,
		),
	);
	expect(names.length).toBeGreaterThan(100);
	expect([...timesOf(names)].filter(([, times]) => times > 1)).toEqual([]);
});

test('no file hands on what another one of ours exports', () => {
	const handing = source.filter(({text}) => /^export (?:type )?(?:\{|\*)(?!.* from '[#\w])/m.test(text));
	expect(handing.map(({file}) => file)).toEqual([]);
});

test('no file of the source is longer than 200 lines', () => {
	const long = source.filter(({text}) => text.trimEnd().split('\n').length > 200);
	expect(long.map(({file}) => file)).toEqual([]);
});

test('no folder holds more than ten files, but for the golden frames: one for each scene and size', () => {
	const folders = timesOf([...source.map(({file}) => file), ...tests].map(file => dirname(file)));
	const full = [...folders].filter(([, count]) => count > 10).map(([folder]) => folder);
	expect(full).toEqual([join('test', 'frames', 'golden')]);
});

test('only pictureOf reads the picture from the state', () => {
	const readers = source.filter(
		({file, text}) =>
			/^source\/(?:state|tables|lines|ink|store|run)\//.test(file) &&
			/\bserver\??\.snapshot\b|\bsnapshot\b[^\n]*\} = (?:state\.)?server\b|server: \{[^}]*\bsnapshot\b/.test(
				text,
			),
	);
	expect(readers.map(({file}) => file)).toEqual([join('source', 'state', 'picture.ts')]);
});
