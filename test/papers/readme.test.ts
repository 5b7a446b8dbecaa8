import {expect, test} from 'vitest';
import {readPaper} from './papers.js';

const lines = (await readPaper('README.md')).trimEnd().split('\n');

test('the README has two screens: 150 lines', () => {
	expect(lines.length).toBeLessThanOrEqual(150);
});

test('its first lines say what pgtop is and how to get it, and show it moving', async () => {
	const first = lines.slice(0, 15).join('\n');
	expect(first).toMatch(/^# pgtop\n\n`top` for PostgreSQL/);
	expect(first).toContain('\nnpm ci && npm run demo ');
	expect(first).toContain('\nnpm ci && npm install --global "$(npm pack --silent)"');
	const [, picture = ''] = /\n!\[.+\]\((media\/\w+\.svg)\)/.exec(first) ?? [];
	expect(await readPaper(picture)).toContain('@keyframes');
});
