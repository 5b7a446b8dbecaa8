import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {stillSize as size} from '../media/limits.js';
import {fitColumns} from '../source/domain/list/fit.js';
import {footerLine} from '../source/lines/foot/footer.js';
import {textOf} from '../source/lines/line.js';
import {titleLine} from '../source/lines/row.js';
import {initialState} from '../source/state/initial.js';
import {columns} from '../source/views/sessions/columns.js';
import {usualSettings} from './helpers/state/settings.js';

// Pictures are drawn by hand, with `npm run media`: these tests say when it is time to.

/** The lines of a picture, top down: texts of the same height, and the blanks between them as one. */
async function linesOf(name: string): Promise<readonly string[]> {
	const svg = await readFile(join(import.meta.dirname, '..', 'media', name), 'utf8');
	const lines = new Map<string, string>();
	for (const [, y = '', text = ''] of svg.matchAll(/<text x="[\d.]+" y="(\d+)"[^>]*>([^<]*)</g)) {
		lines.set(y, `${lines.get(y) ?? ''} ${text}`);
	}

	return [...lines.values()].map(line => words(line.replaceAll('&lt;', '<').replaceAll('&gt;', '>')));
}

const words = (text: string) => text.trim().replace(/\s+/g, ' ');

const titles = words(
	textOf(titleLine(fitColumns(columns, size.columns), {sortedBy: 'time', isReversed: false})),
);
/** What the footer shows always; with a selection or a signal there is more between. */
const hints = textOf(footerLine(initialState(usualSettings, size, 0, []), size.columns))
	.trim()
	.split('  ');

test.each(['pgtop.svg', 'ended.svg'])('%s shows the present titles and keys: npm run media', async name => {
	const lines = await linesOf(name);
	expect(lines).toContain(titles);
	const footer = lines.at(-1);
	expect(hints.filter(hint => !footer?.includes(hint))).toEqual([]);
});

test('pgtop.svg shows a selected lock holder and those that wait', async () => {
	const lines = await linesOf('pgtop.svg');
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ billing .* idle-tx /));
	expect(lines.filter(line => line.includes(' Lock:'))).toHaveLength(3);
	expect(lines.at(-1)).toMatch(/^k end /);
});

test('ended.svg shows what came of k', async () => {
	const lines = await linesOf('ended.svg');
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ billing .* gone .* ended [\d.]+s after k$/));
	expect(lines.filter(line => line.includes(' Lock:'))).toEqual([]);
	expect(lines.at(-2)).toMatch(/^\d+ ended [\d.]+s after k$/);
});

test('question.svg shows the present titles, a question and the keys that answer it: npm run media', async () => {
	const lines = await linesOf('question.svg');
	expect(lines).toContain(titles);
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ .* logical replication launcher$/));
	expect(lines.findLast(line => line.startsWith('k: '))).toMatch(/^k: end process \d+\?$/);
	// Under the keys the status line may count sessions that have come since.
	expect(lines.slice(-2)).toContain('y: yes, end it any other key: no');
});
