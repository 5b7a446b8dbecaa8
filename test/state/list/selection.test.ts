import {describe, expect, test} from 'vitest';
import {backend, hour, idleBackend, noon, second} from '../../helpers/state/backend.js';
import {
	down,
	end,
	esc,
	home,
	lookingAt,
	type Play,
	pageDown,
	pageUp,
	play,
	up,
} from '../../helpers/state/play.js';

/** So many sessions, the first of them the oldest: 5000, 5001, … */
const sessions = (count: number) =>
	Array.from({length: count}, (_, index) => backend(5000 + index, {age: hour - index * second}));

const forty = play().picture(sessions(40));

describe('at the start', () => {
	test('nothing is selected', () => {
		expect(forty.selected()).toBeUndefined();
		expect(forty.waits(10_000).picture(sessions(40)).selected()).toBeUndefined();
	});

	test.each([
		['↓', down, 5000],
		['PgDn', pageDown, 5000],
		['Home', home, 5000],
		['↑', up, 5039],
		['PgUp', pageUp, 5039],
		['End', end, 5039],
	])('%s selects the first or the last session', (_, key, pid) => {
		const moved = forty.types(key);
		expect(moved.selected()).toBe(pid);
		expect(moved.rows()).toContain(String(pid));
	});

	test('an arrow does nothing where there is no session', () => {
		expect(play().picture([]).types(down).types(end).selected()).toBeUndefined();
	});
});

describe('a movement', () => {
	test.each([
		['one line', [down, down, down], 5002],
		['one line back', [down, down, up], 5000],
		['no further than the first', [down, up, up], 5000],
		['no further than the last', [end, down, pageDown], 5039],
		['a screenful of 17 lines', [home, pageDown], 5017],
		['a screenful back', [end, pageUp], 5022],
		['to the ends', [down, end, home], 5000],
	])('goes %s', (_, keys, pid) => {
		const moved = keys.reduce((before, key) => before.types(key), forty);
		expect(moved.selected()).toBe(pid);
		expect(moved.rows()).toContain(String(pid));
	});

	test('scrolls no further than it has to', () => {
		const moved = Array.from({length: 18}).reduce<Play>(before => before.types(down), forty);
		expect(moved.rows()).toEqual(
			sessions(18)
				.slice(1)
				.map(({pid}) => String(pid)),
		);
	});
});

describe('the selection is a session, not a line', () => {
	const selected = play()
		.picture([backend(4211, {age: hour}), backend(4388)])
		.types(down);

	test('it stays with its session in another order', () => {
		const later = selected.waits(3000).picture([backend(4388), idleBackend(4211)]);
		expect(later.rows()).toEqual(['4388', '4211']);
		expect(later.selected()).toBe(4211);
	});

	test('when its session ends the row keeps its line and its last values', () => {
		const gone = lookingAt(backend(4388, {age: hour}), {others: [backend(4402)]})
			.waits(5000)
			.picture([backend(4402)]);
		expect(gone.rows()).toEqual(['4388 gone', '4402']);
		expect(gone.line(4388)).toMatch(/gone .* 1h00m .*UPDATE orders/);
		const later = gone.waits(60_000).picture([backend(4402), backend(4403)]);
		expect(later.rows()).toEqual(['4388 gone', '4402', '4403']);
		expect(later.line(4388)).toBe(gone.line(4388));
		expect(later.selected()).toBe(4388);
	});

	test('a row that has gone leaves with the next order after the selection has left it', () => {
		const gone = selected
			.waits(3000)
			.picture([backend(4388)])
			.types(down);
		expect(gone.selected()).toBe(4388);
		expect(gone.rows()).toEqual(['4211 gone', '4388']);
		expect(
			gone
				.waits(1000)
				.picture([backend(4388)])
				.rows(),
		).toEqual(['4211 gone', '4388']);
		expect(
			gone
				.waits(2000)
				.picture([backend(4388)])
				.rows(),
		).toEqual(['4388']);
	});

	test('an arrow moves on from the line of a row that has gone', () => {
		const [first, second_, third] = sessions(3).map(({pid}) => backend(pid));
		const three = [first, second_, third].flatMap(one => (one ? [one] : []));
		const gone = lookingAt(three[1] ?? backend(1), {others: three.filter((_, index) => index !== 1)})
			.waits(3000)
			.picture(three.filter((_, index) => index !== 1));
		expect(gone.rows()).toEqual(['5000', '5001 gone', '5002']);
		expect(gone.types(down).selected()).toBe(5002);
		expect(gone.types(up).selected()).toBe(5000);
	});

	test('a new session with the same pid is another row', () => {
		const successor = backend(4211, {backendStart: noon, age: second});
		const later = selected.waits(3000).picture([backend(4388), successor]);
		expect(later.rows()).toEqual(['4211 gone', '4388', '4211']);
		const looking = later.draws().waits(1000);
		expect(looking.types('k').waits(5000).signals()).toEqual([]);
		expect(looking.types('k').status()).toBe('4211 has ended already');
	});

	test('Esc leaves it', () => {
		const left = selected.types(esc).waits(200);
		expect(left.selected()).toBeUndefined();
		expect(left.types(down).selected()).toBe(4211);
	});

	test('Esc twice is no worse than once', () => {
		expect(selected.types(esc).waits(200).types(esc).waits(200).selected()).toBeUndefined();
	});

	test('keys that need no selection leave it alone', () => {
		const others = [...'jCKxRia<>pr+-?h'].reduce((before, key) => before.types(key).waits(60), selected);
		expect(others.selected()).toBe(4211);
	});
});

describe('the window does not follow a row that moves', () => {
	const others = sessions(40);
	const top = lookingAt(backend(4388, {age: 2 * hour}), {others}).waits(2000);
	const sunk = top.picture([...others, backend(4388, {age: second})]);

	test('the rows on the screen stay where they are, and the status line names its line', () => {
		expect(sunk.rows().slice(0, 2)).toEqual(['5000', '5001']);
		expect(sunk.selected()).toBe(4388);
		expect(sunk.status()).toBe('4388 is in line 41 now: an arrow goes there');
	});

	test.each([
		['↓', down],
		['↑', up],
		['PgDn', pageDown],
		['PgUp', pageUp],
	])('%s goes there first, and moves from there the next time', (_, key) => {
		const there = sunk.types(key);
		expect(there.selected()).toBe(4388);
		expect(there.rows().at(-1)).toBe('4388');
		expect(there.status()).toMatch(/^lines \d+-\d+ of 41: Home goes to the first$/);
		expect(there.types(up).selected()).toBe(5039);
	});

	test('Home and End go where they always go', () => {
		expect(sunk.types(home).selected()).toBe(5000);
		expect(sunk.types(end).selected()).toBe(4388);
	});

	test('when its line is on the screen nothing is said', () => {
		const near = top.picture([...others, backend(4388, {age: hour - 4.5 * second})]);
		expect(near.rows()[5]).toBe('4388');
		expect(near.status()).toBe('');
	});

	test('when fewer sessions are left the window has no empty lines above them', () => {
		const bottom = forty.types(end).waits(2000).picture(sessions(10));
		expect(bottom.rows()).toHaveLength(11);
		expect(bottom.rows()[0]).toBe('5000');
	});
});
