import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {blocks} from './blocks.js';
import {papers, readPaper, root} from './papers.js';

const marked = (name: string) => new RegExp(`(?<=<!-- ${name} -->\n).*?(?=<!-- /${name} -->)`, 'gs');

if (process.env.UPDATE) {
	for (const paper of papers) {
		const before = await readPaper(paper);
		const after = Object.entries(blocks).reduce(
			(text, [name, block]) => text.replace(marked(name), () => `\n${block}\n\n`),
			before,
		);
		if (after !== before) await writeFile(join(root, paper), after);
	}
}

const texts = await Promise.all(papers.map(readPaper));

test.each(Object.entries(blocks))(
	'the papers show the %s of the program, once (UPDATE=1 writes them)',
	(name, block) => {
		expect(texts.flatMap(text => text.match(marked(name)) ?? [])).toEqual([`\n${block}\n\n`]);
	},
);

test('no paper has marks of what is not generated', () => {
	const names = texts.flatMap(text => [...text.matchAll(/<!-- \/?(.*?) -->/g)].map(([, name = '']) => name));
	expect(names.filter(name => !Object.hasOwn(blocks, name))).toEqual([]);
});
