import {beforeAll, describe, expect, test} from 'vitest';
import {filmSize, largestFilm} from '../../media/limits.js';
import {film} from '../../media/svg/film.js';
import {round} from '../../media/svg/layout.js';
import {type Frame, framesOf, groupsAtRest} from '../helpers/media/frames-of.js';
import {expectPresent, readPicture, titlesRow, waiting} from '../helpers/media/present.js';
import {rowsOf, screenOf} from '../helpers/media/screen-of.js';

describe('film.svg', () => {
	type Shot = Frame & {readonly lines: readonly string[]; readonly press: string | undefined};

	const shotOf = (frame: Frame): Shot => {
		const all = frame.groups.join('\n');
		const [, key, does] = /<text class="k"[^>]*>([^<]+)<\/text><text [^>]*>([^<]+)</.exec(all) ?? [];
		return {...frame, lines: screenOf(all), press: key && `${key} ${does}`};
	};
	const hasLine =
		(pattern: RegExp) =>
		({lines}: Shot) =>
			lines.some(line => pattern.test(line));
	const hasHolder = hasLine(/^># \d+ billing .* idle-tx blocks [7-9] .* idle \d+[sm]: /);
	const hasGone = hasLine(/^> \d+ billing .* gone .* ended [\d.]+s after k$/);
	const selected = ({lines}: Shot) => lines.findIndex(line => line.startsWith('> '));
	const secondsOf = (some: readonly Shot[]) => some.reduce((sum, {seconds}) => sum + seconds, 0);

	let svg: string;
	let shots: readonly Shot[];

	beforeAll(async () => {
		svg = await readPicture('film.svg');
		shots = framesOf(svg).map(shotOf);
	});

	test('shows the present titles and keys in every shot: npm run media', () => {
		// The key that led to the tree leads back.
		const inList = (line: string) => line.replace('t list', 't tree');
		for (const {lines} of shots) expectPresent(lines.map(inList), filmSize);
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

	test('begins with a list in which nothing is selected, and an alert that names who blocks', () => {
		const [first] = shots;
		expect(first && selected(first)).toBe(-1);
		expect(first?.lines[titlesRow - 1]).toMatch(
			/^▲ \d+ blocks [7-9] since 1m\d\ds: idle-tx 1m\d\ds b : select \d+( |$)/,
		);
	});

	test('shows each key that was pressed, and none runs into the next one', () => {
		const presses = shots.map(({press}) => press);
		expect(presses.filter(press => press !== undefined)).toEqual([
			't who waits for whom',
			'b who blocks them all',
			'k end the session',
		]);
		expect(presses.filter((press, index) => press !== undefined && presses[index + 1] === press)).toEqual([]);
	});

	test('shows who waits for whom as a tree after t, and selects who blocks after b', () => {
		const hasBranch = hasLine(/[├└]─ /);
		const pressed = (key: string) => shots.findIndex(({press}) => press?.startsWith(`${key} `));
		expect(shots.map(hasBranch).indexOf(true)).toBe(pressed('t'));
		expect(shots.map(hasHolder).indexOf(true)).toBe(pressed('b'));
	});

	test('shows that the lock holder is gone with k and how many went on, and in the next picture that nobody waits any more', () => {
		const [before, after, last] = [shots.at(-3), shots.at(-2), shots.at(-1)] as [Shot, Shot, Shot];
		expect(after.press).toMatch(/^k /);
		expect([before, after, last].map(hasHolder)).toEqual([true, false, false]);
		expect([before, after, last].map(hasGone)).toEqual([false, true, true]);
		expect(after.lines.at(-2)).toMatch(/^\d+ ended [\d.]+s after k: [7-9] went on$/);
		expect(last.lines.at(-2)).toBe(after.lines.at(-2));
		expect(waiting(before.lines).length).toBeGreaterThanOrEqual(7);
		expect(waiting(last.lines)).toEqual([]);
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
		const animations = svg.match(/animation\b.*/g) ?? [];
		const [, allowed = ''] =
			/^@media \(prefers-reduced-motion:no-preference\)\{\n(.*?)\n\}$/ms.exec(svg) ?? [];
		expect(animations.length).toBeGreaterThan(0);
		expect(allowed.match(/animation\b.*/g)).toEqual(animations);
		const seconds = round(secondsOf(shots));
		for (const rule of animations)
			expect(rule).toMatch(new RegExp(`^animation:\\S+ ${seconds}s step-end infinite\\}$`));
	});
});

test('a film shows each shot for its time, and the one at rest where nothing moves', async () => {
	const size = {columns: 12, rows: 2};
	const shots = ['one', 'two', 'one'].map((text, index) => ({
		bytes: Buffer.from(`same\r\n${text}`),
		seconds: index + 1,
		...(index === 1 && {press: {key: 'k', does: 'on'}}),
	}));
	const svg = await film(shots, 1, size, 'a film');
	const shown = framesOf(svg).map(({seconds, groups}) => [Math.round(seconds), screenOf(groups.join('\n'))]);
	expect(shown).toEqual([
		[1, ['same', 'one']],
		[2, ['same', 'two']],
		[3, ['same', 'one']],
	]);
	expect(screenOf(groupsAtRest(svg).join('\n'))).toEqual(['same', 'two']);
	expect(groupsAtRest(svg).join('')).toContain('>k</text>');
});
