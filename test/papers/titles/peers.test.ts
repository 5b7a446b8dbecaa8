import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {root} from '../papers.js';
import {peerBugs} from './peers.js';

test.each(Object.entries(peerBugs))('%s: there is a test that pgtop does not', async (_, [file, title]) => {
	const text = await readFile(join(root, 'test', `${file}.test.ts`), 'utf8');
	expect(text).toContain(title);
});
