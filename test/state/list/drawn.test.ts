import {describe, expect, test} from 'vitest';
import {backend, minute, noon, second} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, play, up} from '../../helpers/state/play.js';

const older = backend(4211, {age: 14 * minute});
const younger = backend(4388, {age: 4 * minute});
const selected = play().picture([older, younger]).types(down);
const ended = (moment: Play) =>
	moment
		.waits(50)
		.signals()
		.map(({target}) => target.pid);

describe('c and k act on a row that has stood in its line, or was highlighted, for 500 ms', () => {
	test.each([
		[0, false],
		[60, false],
		[200, false],
		[499, false],
		[500, true],
		[10_000, true],
	])('%d ms after the first frame that shows it: %s', (ms, isSent) => {
		const pressed = selected.waits(100).draws().waits(ms).types('k').waits(50);
		expect(pressed.signals()).toHaveLength(isSent ? 1 : 0);
	});

	test('a row that no frame has shown yet is not acted on, however long ago it was selected', () => {
		expect(selected.waits(5000).types('k').waits(50).signals()).toEqual([]);
	});

	test('it says why nothing is done', () => {
		const early = selected.draws().waits(60).types('k').status();
		expect(early).toBe('4211: k ignored, its row has just come there');
	});

	test('a key that came too early starts no dead time', () => {
		const early = selected.draws().waits(400).types('k').waits(100);
		expect(early.types('k').waits(50).signals()).toHaveLength(1);
	});

	test('the 500 ms count from the first frame, not from the last', () => {
		const drawn = selected.draws().waits(450).draws().waits(50);
		expect(drawn.types('k').waits(50).signals()).toHaveLength(1);
	});

	test('↓ k works as fast as a hand is: the row has been in its line all the time', () => {
		const moved = selected.draws().waits(1000).types(down).draws().waits(60);
		expect(ended(moved.types('k'))).toEqual([4388]);
		const back = moved.types(up).draws().waits(60);
		expect(ended(back.types('k'))).toEqual([4211]);
	});

	test('until the frame with the new row is drawn nothing is sent to either of them', () => {
		const moved = selected.draws().waits(1000).types(down).waits(500);
		expect(moved.types('k').waits(5000).signals()).toEqual([]);
		expect(moved.status()).not.toContain('4211');
		expect(moved.types('k').status()).toBe('4388: k ignored, its row has just come there');
	});

	test('only the highlighted row counts: what was highlighted before is not hit', () => {
		const moved = selected.draws().waits(1000).types(down).draws().waits(60).types('k').waits(50);
		expect(moved.signals().map(({target}) => target.pid)).not.toContain(4211);
	});

	test.each(['?', 'h'])('after the help (%s) the row has to be looked at again', key => {
		const back = selected.draws().waits(1000).types(key).draws().waits(1000).types(key).draws();
		expect(back.waits(499).types('k').waits(50).signals()).toEqual([]);
		expect(back.waits(500).types('k').waits(50).signals()).toHaveLength(1);
	});

	test('a row that was not in the window has to be looked at once it is there', () => {
		const sessions = Array.from({length: 40}, (_, index) =>
			backend(5000 + index, {age: (60 - index) * minute}),
		);
		const top = play().picture(sessions).types(down).looksAtIt();
		const [first, ...others] = sessions;
		const idle = {...first, ...backend(5000, {state: 'idle'})};
		const away = top
			.waits(3000)
			.picture([idle, ...others])
			.looksAtIt();
		expect(away.selected()).toBe(5000);
		expect(away.rows()).not.toContain('5000');
		const there = away.types(up);
		expect(there.rows()).toContain('5000');
		expect(there.waits(60).types('k').waits(50).signals()).toEqual([]);
		expect(there.draws().waits(499).types('k').waits(50).signals()).toEqual([]);
		expect(there.draws().waits(500).types('k').waits(50).signals()).toMatchObject([{target: {pid: 5000}}]);
	});
});

/** Sorted by TIME: the oldest stand first. */
describe('a new order puts another row into a line', () => {
	const [first, second_, third] = [30, 20, 10].map(age => backend(4200 + age, {age: age * minute}));
	const all = [first, second_, third].filter(one => one !== undefined);
	/** 4230, 4220, 4210; the first one is highlighted, and the order is not held any more. */
	const looking = play().picture(all).types(down).looksAtIt().waits(2000);
	/** 4220 has begun anew: 4210 stands in its line. */
	const changed = [first, third, backend(4220, {age: second})].filter(one => one !== undefined);
	const reordered = looking.picture(changed).draws();

	test('as the picture tells', () => {
		expect(looking.rows()).toEqual(['4230', '4220', '4210']);
		expect(reordered.rows()).toEqual(['4230', '4210', '4220']);
	});

	test.each([60, 300, 489])('↓ k %d ms later, meant for the row before, does not hit it', ms => {
		const pressed = reordered
			.waits(ms - 50)
			.types(down)
			.draws()
			.waits(60)
			.types('k');
		expect(pressed.selected()).toBe(4210);
		expect(ended(pressed)).toEqual([]);
		expect(pressed.status()).toBe('4210: k ignored, its row has just come there');
	});

	test('500 ms later it is the row that stands there', () => {
		const pressed = reordered.waits(440).types(down).draws().waits(60).types('k');
		expect(ended(pressed)).toEqual([4210]);
	});

	test('or after it was highlighted for 500 ms, wherever it went meanwhile', () => {
		const moved = looking.types(down).looksAtIt().waits(2000).picture(changed).draws();
		expect(moved.selected()).toBe(4220);
		expect(moved.rows()).toEqual(['4230', '4210', '4220']);
		expect(ended(moved.waits(60).types('k'))).toEqual([4220]);
	});

	test('a row that only came back into its line has to stand there anew', () => {
		const back = reordered.waits(2000).picture(all).draws().waits(60).types(down).draws().waits(60);
		expect(back.selected()).toBe(4220);
		expect(ended(back.types('k'))).toEqual([]);
	});
});

describe('a key acts on what was looked at, not on what came in since', () => {
	const before = backend(4388, {queryStart: noon - minute, query: 'first'});
	const after = backend(4388, {queryStart: noon - second, query: 'second'});
	const looking = lookingAt(before);
	const guard = ({queryStart, hash}: typeof before) => ({queryStart, hash});

	test.each([
		[0, before],
		[499, before],
		[500, after],
		[1000, after],
	])('a query that is on the screen for %d ms', (ms, expected) => {
		const pressed = looking.picture([after]).draws().waits(ms).types('c').waits(50);
		expect(pressed.signals()).toMatchObject([{target: guard(expected)}]);
	});

	test('a query that came in, but was not drawn yet', () => {
		const pressed = looking.picture([after]).waits(1000).types('c').waits(50);
		expect(pressed.signals()).toMatchObject([{target: guard(before)}]);
	});

	test('a query that came in and was drawn while the row was not the highlighted one', () => {
		const other = backend(4211, {age: 14 * minute});
		const away = lookingAt(other, {others: [before]})
			.picture([other, after])
			.draws()
			.waits(100);
		const pressed = away.types(down).draws().waits(60).types('c').waits(50);
		expect(pressed.signals()).toMatchObject([{target: guard(before)}]);
	});

	test('of three queries within 500 ms the last that was there for 500 ms', () => {
		const [second_, third, fourth] = [2, 3, 4].map(at => backend(4388, {queryStart: noon + at}));
		const moving = [second_, third, fourth].reduce(
			(so, session) =>
				so
					.picture(session ? [session] : [])
					.draws()
					.waits(200),
			looking,
		);
		expect(moving.types('c').waits(50).signals()).toMatchObject([{target: {queryStart: noon + 2}}]);
		expect(moving.waits(100).types('c').waits(50).signals()).toMatchObject([
			{target: {queryStart: noon + 3}},
		]);
	});

	test('a transaction that began since', () => {
		const idle = backend(4403, {state: 'idle'});
		const active = backend(4403, {xactStart: noon});
		const pressed = lookingAt(idle).picture([active]).draws().waits(100).types('k').waits(50);
		expect(pressed.signals()[0]?.target.xactStart).toBeUndefined();
	});

	test('its verdict, too: a session that became idle 100 ms ago gets its c, and the guard decides', () => {
		const idle = lookingAt(before)
			.picture([backend(4388, {state: 'idle'})])
			.draws()
			.waits(100);
		expect(idle.types('c').waits(50).signals()).toHaveLength(1);
		expect(idle.waits(400).types('c').status()).toMatch(/^nothing to cancel/);
	});
});
