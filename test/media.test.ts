import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {filmSize, largestFilm, largestStill, stillSize} from '../media/limits.js';
import type {Size} from '../media/svg/layout.js';
import {fitColumns} from '../source/domain/list/fit.js';
import {footerLine} from '../source/lines/foot/footer.js';
import {textOf} from '../source/lines/line.js';
import {titleLine} from '../source/lines/row.js';
import {initialState} from '../source/state/initial.js';
import {columns} from '../source/views/sessions/columns.js';
import {type Frame, framesOf, groupsAtRest} from './helpers/media/frames-of.js';
import {linesOf, rowsOf, words} from './helpers/media/lines-of.js';
import {usualSettings} from './helpers/state/settings.js';

// Pictures are drawn by hand, with `npm run media`: these tests say when it is time to.

const read = async (name: string) => readFile(join(import.meta.dirname, '..', 'media', name), 'utf8');

const titlesOf = (size: Size) =>
	words(textOf(titleLine(fitColumns(columns, size.columns), {sortedBy: 'time', isReversed: false})));
/** What the footer shows always; with a selection or a signal there is more between. */
const hintsOf = (size: Size) =>
	textOf(footerLine(initialState(usualSettings, size, 0, []), size.columns))
		.trim()
		.split('  ');

function expectPresent(lines: readonly string[], size: Size): void {
	expect(lines).toContain(titlesOf(size));
	const footer = lines.at(-1);
	expect(hintsOf(size).filter(hint => !footer?.includes(hint))).toEqual([]);
}

/** Under the lines of the server, and one for alerts. */
const titlesRow = 4;

const waiting = (lines: readonly string[]) => lines.filter(line => line.includes(' Lock:'));

test.each(['pgtop.svg', 'ended.svg'])('%s shows the present titles and keys: npm run media', async name => {
	const svg = await read(name);
	expectPresent(linesOf(svg), stillSize);
	expect(svg.length).toBeLessThan(largestStill);
});

test('pgtop.svg shows a selected lock holder and those that wait', async () => {
	const lines = linesOf(await read('pgtop.svg'));
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ billing .* idle-tx /));
	expect(waiting(lines)).toHaveLength(3);
	expect(lines.at(-1)).toMatch(/^k end /);
});

test('ended.svg shows what came of k', async () => {
	const lines = linesOf(await read('ended.svg'));
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ billing .* gone .* ended [\d.]+s after k$/));
	expect(waiting(lines)).toEqual([]);
	expect(lines.at(-2)).toMatch(/^\d+ ended [\d.]+s after k$/);
});

test('question.svg shows the present titles, a question and the keys that answer it: npm run media', async () => {
	const lines = linesOf(await read('question.svg'));
	expect(lines).toContain(titlesOf(stillSize));
	expect(lines).toContainEqual(expect.stringMatching(/^> \d+ .* logical replication launcher$/));
	expect(lines.findLast(line => line.startsWith('k: '))).toMatch(/^k: end process \d+\?$/);
	// Under the keys the status line may count sessions that have come since.
	expect(lines.slice(-2)).toContain('y: yes, end it any other key: no');
});

describe('film.svg', () => {
	type Shot = Frame & {readonly lines: readonly string[]; readonly press: string | undefined};

	const shotOf = (frame: Frame): Shot => {
		const all = frame.groups.join('\n');
		const [, key, does] = /<text class="k"[^>]*>([^<]+)<\/text><text [^>]*>([^<]+)</.exec(all) ?? [];
		return {...frame, lines: linesOf(all), press: key && `${key} ${does}`};
	};
	const hasLine =
		(pattern: RegExp) =>
		({lines}: Shot) =>
			lines.some(line => pattern.test(line));
	const hasHolder = hasLine(/^> \d+ billing .* idle-tx .* last: /);
	const hasGone = hasLine(/^> \d+ billing .* gone .* ended [\d.]+s after k$/);
	const selected = ({lines}: Shot) => lines.findIndex(line => line.startsWith('> '));
	const secondsOf = (some: readonly Shot[]) => some.reduce((sum, {seconds}) => sum + seconds, 0);

	let svg: string;
	let shots: readonly Shot[];

	beforeAll(async () => {
		svg = await read('film.svg');
		shots = framesOf(svg).map(shotOf);
	});

	test('shows the present titles and keys in every shot: npm run media', () => {
		for (const {lines} of shots) expectPresent(lines, filmSize);
	});

	test('shows each line once in every shot, and leaves out only what may be blank', () => {
		const mayBeBlank = [titlesRow - 1, filmSize.rows - 2];
		const whole = Array.from({length: filmSize.rows}, (_, row) => row);
		for (const {groups} of shots) {
			const rows = groups.flatMap(rowsOf).filter(row => row >= 0);
			expect(rows).toEqual([...new Set(rows)]);
			expect(whole.filter(row => !rows.includes(row) && !mayBeBlank.includes(row))).toEqual([]);
		}
	});

	test('begins with a list in which nothing is selected, and goes down to the lock holder row by row', () => {
		const [first, ...others] = shots;
		expect(first && selected(first)).toBe(-1);
		const onTheWay = others.slice(0, others.findIndex(hasHolder) + 1);
		const steps = onTheWay.filter(({press}) => press !== undefined).map(selected);
		expect(steps.length).toBeGreaterThanOrEqual(2);
		expect(steps).toEqual(steps.map((_, step) => titlesRow + 1 + step));
	});

	test('shows each key that was pressed, and none runs into the next one', () => {
		const presses = shots.map(({press}) => press);
		expect(presses.filter(press => press !== undefined)).toEqual([
			'↓ next row',
			'↓ next row',
			'k end the session',
		]);
		expect(presses.filter((press, index) => press !== undefined && presses[index + 1] === press)).toEqual([]);
	});

	test('shows that the lock holder is gone with k, and in the next picture that nobody waits for it any more', () => {
		const [before, after, last] = [shots.at(-3), shots.at(-2), shots.at(-1)] as [Shot, Shot, Shot];
		expect(after.press).toMatch(/^k /);
		expect([before, after, last].map(hasHolder)).toEqual([true, false, false]);
		expect([before, after, last].map(hasGone)).toEqual([false, true, true]);
		expect(after.lines.at(-2)).toMatch(/^\d+ ended [\d.]+s after k$/);
		expect(last.lines.at(-2)).toBe(after.lines.at(-2));
		const waited = waiting(before.lines);
		expect(waited.length).toBeGreaterThanOrEqual(3);
		expect(waiting(last.lines)).toEqual([]);
		// They are where they were.
		const others = waited.map(line => last.lines[before.lines.indexOf(line)]);
		expect(others.map(line => line?.split(' ')[0])).toEqual(waited.map(line => line.split(' ')[0]));
	});

	test('leaves time to read', () => {
		const firstPress = shots.findIndex(({press}) => press !== undefined);
		expect(secondsOf(shots.slice(0, firstPress))).toBeGreaterThanOrEqual(1.5);
		expect(shots.at(-1)?.seconds).toBeGreaterThanOrEqual(2.5);
		expect(secondsOf(shots)).toBeGreaterThanOrEqual(8);
		expect(secondsOf(shots)).toBeLessThanOrEqual(12);
	});

	test('shows the lock holder before k, and nothing else, where nothing moves', () => {
		const atRest = shotOf({seconds: 0, groups: groupsAtRest(svg)});
		expect(hasHolder(atRest)).toBe(true);
		expect(shots.filter(({groups}) => groups.join('\n') === atRest.groups.join('\n'))).toHaveLength(1);
	});

	test('is small, and moved by CSS alone, for who has not asked for less motion', () => {
		expect(svg.length).toBeLessThan(largestFilm);
		expect(svg).not.toMatch(
			/<(?:script|animate|set|foreignObject|image|use|a)\b|href|url\(|@import| on\w+=/i,
		);
		const animations = svg.match(/animation\b.*/g) ?? [];
		const [, allowed = ''] =
			/^@media \(prefers-reduced-motion:no-preference\)\{\n(.*?)\n\}$/ms.exec(svg) ?? [];
		expect(animations.length).toBeGreaterThan(0);
		expect(allowed.match(/animation\b.*/g)).toEqual(animations);
		expect(animations.filter(rule => !/^animation:\S+ [\d.]+s step-end infinite\}$/.test(rule))).toEqual([]);
	});
});
