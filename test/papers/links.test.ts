import {existsSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readLinks} from './links.js';
import {papers, readPaper, root} from './papers.js';

const texts = new Map(await Promise.all(papers.map(async paper => [paper, await readPaper(paper)] as const)));

/** What is wrong with the links of a paper. Those to other sites are only to be https: a test has no network. */
function brokenLinks(paper: string, text: string): readonly string[] {
	return readLinks(text).links.filter(link => {
		if (/^[a-z]+:/.test(link)) return !link.startsWith('https://') || !URL.canParse(link);
		const [path = '', anchor] = decodeURI(link).split('#');
		const file = path === '' ? paper : path.startsWith('/') ? path : normalize(join(dirname(paper), path));
		// What git ignores is there only today, and what is outside only here.
		if (/^(?:\/|\.\.|dist\/|node_modules\/)/.test(file) || !existsSync(join(root, file))) return true;
		const there = file === paper ? text : (texts.get(file) ?? '');
		return anchor !== undefined && !readLinks(there).anchors.includes(anchor);
	});
}

describe('links', () => {
	test.each([...texts])('of %s lead somewhere', (paper, text) => {
		expect(brokenLinks(paper, text)).toEqual([]);
	});

	test('that lead nowhere are found', () => {
		const broken = [
			'no-such.md',
			'#no-such',
			'README.md#no-such',
			'http://example.com',
			'/license',
			'dist/',
			'../x',
		];
		const good = [
			'license',
			'#here--there',
			'media/manual/usage.md#exit-codes',
			'media',
			'https://example.com',
		];
		const text = `# \`Here\` & there
${[...broken, ...good].map(link => `[to](${link})`).join('\n')}
<img src="no-such.svg">
![named]

[named]: no-such.png
`;
		expect(brokenLinks('README.md', text)).toEqual([...broken, 'no-such.svg', 'no-such.png']);
	});
});

test('every page of the manual can be reached from the README', () => {
	const seen = new Set(['README.md']);
	for (const paper of seen) {
		for (const link of readLinks(texts.get(paper) ?? '').links) {
			const file = normalize(join(dirname(paper), link.split('#')[0] ?? ''));
			if (texts.has(file)) seen.add(file);
		}
	}

	expect(papers.filter(paper => paper.startsWith('media/manual/') && !seen.has(paper))).toEqual([]);
});
