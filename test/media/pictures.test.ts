import {describe, expect, test} from 'vitest';
import {largestStill, stillSize} from '../../media/limits.js';
import {thresholds} from '../../source/domain/server/thresholds.js';
import {alerts} from '../../source/tables/alerts.js';
import {keyRows} from '../../source/tables/keymap.js';
import {elementsOf} from '../helpers/media/elements-of.js';
import {expectPresent, pictures, readPicture, titlesOf, waiting} from '../helpers/media/present.js';
import {screenOf} from '../helpers/media/screen-of.js';

// Pictures are drawn by hand, with `npm run media`: these tests say when it is time to.

test.each(['pgtop.svg', 'ended.svg'])('%s shows the present titles and keys: npm run media', async name => {
	const svg = await readPicture(name);
	expectPresent(screenOf(svg), stillSize);
	expect(svg.length).toBeLessThan(largestStill);
});

test('pgtop.svg shows a selected lock holder and those that wait', async () => {
	const lines = screenOf(await readPicture('pgtop.svg'));
	expect(lines).toContainEqual(expect.stringMatching(/^># \d+ billing .* idle-tx blocks [7-9] /));
	expect(waiting(lines).length).toBeGreaterThanOrEqual(7);
	expect(lines.at(-1)).toMatch(/^k end /);
});

test('tree.svg shows those that wait under the one that they wait for', async () => {
	const lines = screenOf(await readPicture('tree.svg'));
	const root = lines.findIndex(line => /^># \d+ billing .* idle-tx blocks [7-9] /.test(line));
	expect(root).toBeGreaterThan(0);
	expect(lines.slice(root + 1, root + 7).filter(line => /[├└]─ /.test(line))).toHaveLength(6);
	expect(lines).toContainEqual(expect.stringMatching(/ queue < \d+ /));
});

test('details.svg shows what is known of a session, and its query formatted', async () => {
	const lines = screenOf(await readPicture('details.svg'));
	expect(lines[0]).toMatch(/^Session \d+/);
	for (const group of ['now', 'transaction']) expect(lines.some(line => line.startsWith(group))).toBe(true);
	expect(lines).toContainEqual(expect.stringMatching(/ idle in transaction for \dm\d\ds /));
	expect(lines).toContain('update invoices');
	expect(lines.at(-1)).toMatch(/^k end Tab next y copy /);
});

test('alerts.svg shows what was checked, in the present words: npm run media', async () => {
	const lines = screenOf(await readPicture('alerts.svg'));
	expect(lines[0]).toMatch(/^Alerts, the worst first/);
	const shown = alerts.filter(({inOrder}) => lines.some(line => line.includes(inOrder(thresholds))));
	expect(shown.length).toBeGreaterThan(alerts.length - 5);
});

test('help.svg shows the present keys: npm run media', async () => {
	const lines = screenOf(await readPicture('help.svg'));
	const [first, second] = keyRows;
	for (const row of [first, second])
		expect(lines).toContainEqual(expect.stringContaining(`${row?.key} ${row?.does}`));
});

test('filter.svg shows a filter that is typed, and how much it finds', async () => {
	const lines = screenOf(await readPicture('filter.svg'));
	expect(lines.at(-2)).toMatch(/^filter: wait:lock >5s \d+ of \d+$/);
	expect(lines.at(-1)).toMatch(/^Enter keep Esc back /);
});

test('ended.svg shows what came of k', async () => {
	const lines = screenOf(await readPicture('ended.svg'));
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ billing .* gone .* ended [\d.]+s after k/));
	expect(waiting(lines)).toEqual([]);
	expect(lines.at(-2)).toMatch(/^\d+ ended [\d.]+s after k: [7-9] went on$/);
});

test('question.svg shows the present titles, a question and the keys that answer it: npm run media', async () => {
	const lines = screenOf(await readPicture('question.svg'));
	expect(lines).toContain(titlesOf(stillSize));
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ .* logical replication launcher$/));
	expect(lines.findLast(line => line.startsWith('k: '))).toMatch(/^k: end process \d+\?$/);
	// Under the keys the status line may count sessions that have come since.
	expect(lines.slice(-2)).toContain('y: yes, end it any other key: no');
});

describe.each(pictures)('%s', name => {
	const allowed = ['svg', 'title', 'style', 'rect', 'path', 'g', 'circle', 'text'];

	test('is a whole picture of shapes and text, which runs nothing and fetches nothing', async () => {
		const svg = await readPicture(name);
		const elements = elementsOf(svg);
		expect(elements.filter(element => !allowed.includes(element.name))).toEqual([]);
		expect(elements.filter(({attributes}) => /\s(?:on\w+|href|src|xlink:\w+)=/.test(attributes))).toEqual([]);
		expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
			/:\/\/|url\(|@import|image-set/,
		);
	});

	test('shows all of its text', async () => {
		const svg = await readPicture(name);
		const [, width = 0, height = 0] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
		const texts = elementsOf(svg).filter(element => element.name === 'text');
		const number = (attributes: string, of: string) =>
			Number(new RegExp(`\\s${of}="([\\d.]+)"`).exec(attributes)?.[1] ?? 0);
		expect(texts.length).toBeGreaterThan(20);
		for (const {attributes} of texts) {
			expect(number(attributes, 'x') + number(attributes, 'textLength')).toBeLessThan(width);
			expect(number(attributes, 'y')).toBeLessThan(height);
			expect(number(attributes, 'y')).toBeGreaterThan(0);
		}

		const style = /<style>(.*?)<\/style>/s.exec(svg)?.[1] ?? '';
		// Only shots that wait for their time are hidden.
		expect(
			style
				.match(/^.*(?:visibility:hidden|display|opacity:0).*$/gm)
				?.filter(rule => !/^\.s[\d-]+\{visibility:hidden\}$|^@keyframes /.test(rule)) ?? [],
		).toEqual([]);
	});
});
