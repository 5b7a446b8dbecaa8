import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {blocks} from './blocks.js';
import {papers, readPaper, root} from './papers.js';

const between = (name: string) => new RegExp(`(?<=<!-- ${name} -->\n).*?(?=<!-- /${name} -->)`, 'gs');
const pageOf = (page: string) => join('media', 'manual', `${page}.md`);

if (process.env.UPDATE) {
	for (const [name, {page, text}] of Object.entries(blocks)) {
		const before = await readPaper(pageOf(page));
		const after = before.replace(between(name), () => `\n${text}\n\n`);
		if (after !== before) await writeFile(join(root, pageOf(page)), after);
	}
}

test.each(Object.entries(blocks))(
	'the manual shows the %s of the program (UPDATE=1 writes them)',
	async (name, {page, text}) => {
		expect((await readPaper(pageOf(page))).match(between(name))).toEqual([`\n${text}\n\n`]);
	},
);

test('no paper has other marks than those, and each once', async () => {
	const texts = await Promise.all(papers.map(readPaper));
	const marks = texts.flatMap(text => [...text.matchAll(/<!--\s*(.*?)\s*-->/gs)].map(([, mark]) => mark));
	expect(marks.sort()).toEqual(
		Object.keys(blocks)
			.flatMap(name => [name, `/${name}`])
			.sort(),
	);
});
