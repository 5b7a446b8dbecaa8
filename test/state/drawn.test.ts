import {describe, expect, test} from 'vitest';
import {backend, minute, noon, second} from '../helpers/backend.js';
import {down, lookingAt, play, up} from '../helpers/play.js';

const older = backend(4211, {age: 14 * minute});
const younger = backend(4388, {age: 4 * minute});
const selected = play().picture([older, younger]).types(down);

describe('c and k act on a row that has been on the screen, highlighted, for 200 ms', () => {
	test.each([
		[0, false],
		[60, false],
		[199, false],
		[200, true],
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
		expect(early).toMatch(/^k ignored: 4211 .* press it again$/);
	});

	test('a key that came too early starts no dead time', () => {
		const early = selected.draws().waits(100).types('k').waits(100);
		expect(early.types('k').waits(50).signals()).toHaveLength(1);
	});

	test('the 200 ms count from the first frame, not from the last', () => {
		const drawn = selected.draws().waits(150).draws().waits(50);
		expect(drawn.types('k').waits(50).signals()).toHaveLength(1);
	});

	test('the row before does not count: every row has to be looked at', () => {
		const moved = selected.draws().waits(1000).types(down).draws().waits(199);
		expect(moved.types('k').waits(50).signals()).toEqual([]);
		expect(moved.waits(1).types('k').waits(50).signals()).toMatchObject([{target: {pid: 4388}}]);
	});

	test('until the frame with the new row is drawn nothing is sent to either of them', () => {
		const moved = selected.draws().waits(1000).types(down).waits(500);
		expect(moved.types('k').waits(5000).signals()).toEqual([]);
	});

	test('a row that was left and comes back has to be looked at again', () => {
		const back = selected.draws().waits(1000).types(down).draws().waits(60).types(up).draws().waits(100);
		expect(back.types('k').waits(50).signals()).toEqual([]);
	});

	test.each(['?', 'h'])('after the help (%s) the row has to be looked at again', key => {
		const back = selected.draws().waits(1000).types(key).draws().waits(1000).types(key).draws();
		expect(back.waits(199).types('k').waits(50).signals()).toEqual([]);
		expect(back.waits(200).types('k').waits(50).signals()).toHaveLength(1);
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
		expect(there.draws().waits(200).types('k').waits(50).signals()).toMatchObject([{target: {pid: 5000}}]);
	});
});

describe('a key acts on what was looked at, not on what came in since', () => {
	const before = backend(4388, {queryStart: noon - minute, query: 'first'});
	const after = backend(4388, {queryStart: noon - second, query: 'second'});
	const looking = lookingAt(before);
	const guard = ({queryStart, query}: typeof before) => ({queryStart, hash: query?.hash});

	test.each([
		[0, before],
		[199, before],
		[200, after],
		[1000, after],
	])('a query that is on the screen for %d ms', (ms, expected) => {
		const pressed = looking.picture([after]).draws().waits(ms).types('c').waits(50);
		expect(pressed.signals()).toMatchObject([{target: guard(expected)}]);
	});

	test('a query that came in, but was not drawn yet', () => {
		const pressed = looking.picture([after]).waits(1000).types('c').waits(50);
		expect(pressed.signals()).toMatchObject([{target: guard(before)}]);
	});

	test('of three queries within 200 ms the last that was there for 200 ms', () => {
		const [second_, third, fourth] = [2, 3, 4].map(at => backend(4388, {queryStart: noon + at}));
		const moving = [second_, third, fourth].reduce(
			(so, session) =>
				so
					.picture(session ? [session] : [])
					.draws()
					.waits(80),
			looking,
		);
		expect(moving.types('c').waits(50).signals()).toMatchObject([{target: {queryStart: noon + 2}}]);
		expect(moving.waits(40).types('c').waits(50).signals()).toMatchObject([{target: {queryStart: noon + 3}}]);
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
		expect(idle.waits(100).types('c').status()).toMatch(/^nothing to cancel/);
	});
});
