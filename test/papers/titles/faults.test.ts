import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {marked} from 'marked';
import {expect, test} from 'vitest';
import {readPaper, root} from '../papers.js';
import {faults} from './faults.js';

const page = marked.lexer(await readPaper('media/manual/faults.md'));
const told = page.flatMap(token => (token.type === 'table' ? token.rows : [])).map(([cell]) => cell.text);

test('every line of the manual on faults has a test, and no other has', () => {
	expect(told.toSorted()).toEqual(Object.keys(faults).toSorted());
});

test.each(Object.entries(faults))('%s: there is that test', async (_, [file, title]) => {
	const text = await readFile(join(root, 'test', `${file}.test.ts`), 'utf8');
	expect(text).toContain(title);
});
