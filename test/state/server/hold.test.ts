import {describe, expect, test} from 'vitest';
import {backend, second} from '../../helpers/state/backend.js';
import {down, type Play, play} from '../../helpers/state/play.js';

const before = [backend(4211)];
const after = [backend(4388)];
const seen = play().picture(before).waits(600).picture(before).waits(100);
const held = seen.types('p');

describe('p holds the picture', () => {
	test('no refresh is asked for any more', () => {
		expect(held.waits(120_000).times('sample')).toEqual(seen.times('sample'));
	});

	test('the status line says how old it is, and goes on counting', () => {
		expect(held.waits(1000).status()).toBe('held, 1s old: p goes on');
		expect(held.waits(12_000).status()).toBe('held, 12s old: p goes on');
		expect(held.waits(125_000).status()).toBe('held, 2m old: p goes on');
	});

	test('a picture that was on its way is dropped', () => {
		const asked = seen.until('sample').waits(20).types('p');
		const dropped = asked.waits(50).picture(after);
		expect(dropped.rows()).toEqual(['4211']);
		expect(dropped.waits(60_000).times('sample')).toEqual(asked.times('sample'));
	});

	test('r brings one, and only one', () => {
		const asked = held.waits(5000).types('r');
		expect(asked.times('sample').at(-1)).toBe(asked.now);
		const brought = asked.waits(20).picture(after);
		expect(brought.rows()).toEqual(['4388']);
		expect(brought.waits(60_000).times('sample')).toEqual(asked.times('sample'));
		expect(brought.waits(3000).status()).toBe('held, 3s old: p goes on');
	});

	test('r brings one although another one was on its way when it was held', () => {
		const asked = seen.until('sample').waits(20).types('p').waits(60).types('r').waits(50).picture(after);
		expect(asked.rows()).toEqual(['4211']);
		expect(asked.until('sample').now).toBe(asked.now);
		expect(asked.until('sample').waits(20).picture(after).rows()).toEqual(['4388']);
	});

	test('p again goes on at once', () => {
		const on = held.waits(9000).types('p');
		expect(on.times('sample').at(-1)).toBe(on.now);
		expect(on.waits(10).picture(after).until('sample').now).toBe(on.now + 2000);
		expect(on.status()).toBe('');
	});

	test('p again before the picture on its way came: it is read', () => {
		const asked = seen.until('sample').waits(20).types('p').waits(60).types('p').waits(50).picture(after);
		expect(asked.rows()).toEqual(['4388']);
	});

	test.each(['+', '-'])('%s starts no refresh', key => {
		expect(held.waits(60).types(key).waits(60_000).times('sample')).toEqual(seen.times('sample'));
	});

	test('a refresh that failed is not repeated', () => {
		const failed = held.types('r').does({type: 'sample-failed', why: 'canceling statement'});
		expect(failed.waits(60_000).times('sample')).toEqual(failed.times('sample'));
	});

	test('the selection moves, and c and k act on what it shows', () => {
		const looking = held.waits(1000).types(down).looksAtIt();
		expect(looking.types('c').waits(50).signals()).toMatchObject([{target: {pid: 4211}}]);
	});

	test('the order may be changed', () => {
		const two = play()
			.picture([backend(1), backend(2, {age: second})])
			.types('p');
		expect(two.rows()).toEqual(['1', '2']);
		expect(two.types('R').rows()).toEqual(['2', '1']);
	});
});

describe('a session that was signalled while the picture is held', () => {
	const signalled = held.types(down).looksAtIt().types('k').waits(50).sends();

	test('is watched, and its outcome is said', () => {
		const gone = signalled.until('look').sees();
		expect(gone.status()).toBe('4211 ended 0.1s after k');
	});

	test('no refresh is asked for because of it', () => {
		const watched = (moment: Play) => moment.until('look').sees();
		expect(watched(signalled).waits(60_000).times('sample')).toEqual(seen.times('sample'));
	});
});
