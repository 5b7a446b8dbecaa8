import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {papers, readPaper, root} from './papers.js';

const texts = await Promise.all(papers.map(async paper => [paper, await readPaper(paper)] as const));

test.each(texts)('%s names only scripts that exist', (_, text) => {
	const names = [...text.matchAll(/npm run (?:--silent )?([a-z]+)/g)].map(([, name = '']) => name);
	expect(names.filter(name => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
});

test.each(texts)('%s names only folders and files that exist', (_, text) => {
	const paths = [...text.matchAll(/(?<![\w./-])(?:source|test|media)\/[\w./-]*\w/g)].map(([path]) => path);
	expect(paths.filter(path => !existsSync(join(root, path)))).toEqual([]);
});

test.each(texts)('%s knows nothing of the machine it was written on', (_, text) => {
	expect(text).not.toMatch(/\/(?:home|root|work|Users)\//);
});
