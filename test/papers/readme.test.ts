import {expect, test} from 'vitest';
import {readPaper} from './papers.js';

const readme = await readPaper('README.md');
const lines = readme.trimEnd().split('\n');

test('the README has two screens: 150 lines', () => {
	expect(lines.length).toBeLessThanOrEqual(150);
	expect(readme.length).toBeLessThan(9000);
});

test('its first lines say what pgtop is and how to get it, and show it moving', async () => {
	const first = lines.slice(0, 15).join('\n');
	expect(first).toMatch(/^# pgtop\n\n`top` for PostgreSQL/);
	expect(first).toContain('\nnpm ci && npm run demo ');
	expect(first).toContain('\nnpm ci && npm install --global "$(npm pack --silent)"');
	const [, seconds = '', picture = ''] =
		/\n!\[.+ ([\d.]+s) after k.+\]\((media\/\w+\.svg)\)/.exec(first) ?? [];
	const svg = await readPaper(picture);
	expect(svg).toContain('@keyframes');
	expect(svg).toContain(`ended ${seconds} after k`);
});

test('then it says how to install, what is in it for whom, what it needs, and where to read on', () => {
	const headings = lines.filter(line => line.startsWith('## ')).map(line => line.slice(3));
	expect(headings).toEqual(['Install', 'A tour', 'Why', 'Why not', 'Rights', 'Security', 'More']);
	expect(lines.filter(line => line.startsWith('| '))[0]).toMatch(
		/pgtop \| pg_activity .* pg_top .* pgcenter /,
	);
});
