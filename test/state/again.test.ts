import {describe, expect, test} from 'vitest';
import {backend, noon, second} from '../helpers/backend.js';
import {down, lookingAt, up} from '../helpers/play.js';

const before = backend(4211, {state: 'idle in transaction'});
const next = backend(4211, {xactStart: noon + 750_000, queryStart: noon + 750_000});
const other = backend(4388, {age: second});

/** The guard found another transaction: nothing was sent, at 1050 ms. */
const heldBack = lookingAt(before, {others: [other]})
	.types('k')
	.waits(50)
	.holdsBack(next);

describe('a k that found its transaction over', () => {
	test('sends nothing, and says so', () => {
		expect(heldBack.status()).toBe('4211 has ended that transaction, now active 0.3s. k again ends it');
	});

	test('says how the session is, when it has no transaction now', () => {
		const idle = backend(4211, {state: 'idle'});
		expect(lookingAt(before).types('k').waits(50).holdsBack(idle).status()).toBe(
			'4211 has ended that transaction, now idle. k again ends it',
		);
	});

	test.each([
		[700, 'any'],
		[4999, 'any'],
		[5000, 'any'],
		[5001, 'same'],
	])('a second k %d ms later ends the session in transaction: %s', (ms, transaction) => {
		const again = heldBack.waits(ms).types('k').waits(50);
		expect(again.signals()).toHaveLength(2);
		expect(again.signals()[1]).toMatchObject({signal: 'terminate', transaction});
	});

	test('a k that is held down is no second one', () => {
		expect(heldBack.waits(300).types('k').waits(300).types('k').waits(50).signals()).toHaveLength(1);
	});

	test('is asked for once: a third k is guarded again', () => {
		const third = heldBack.waits(700).types('k').waits(50).sends().waits(700).types('k').waits(50);
		expect(third.signals().map(({transaction}) => transaction)).toEqual(['same', 'any', 'same']);
	});

	test('does nothing for another session', () => {
		const moved = heldBack.types(down).draws().waits(1000).types('k').waits(50);
		expect(moved.signals()[1]).toMatchObject({target: {pid: 4388}, transaction: 'same'});
	});

	test('holds for its own session after a look at another one', () => {
		const back = heldBack.types(down).draws().waits(300).types(up).draws().waits(300);
		expect(back.types('k').waits(50).signals()[1]).toMatchObject({target: {pid: 4211}, transaction: 'any'});
	});
});

test('a row without a transaction, held, that has one since: it is not said that one has ended', () => {
	const held = lookingAt(backend(4403, {state: 'idle'}))
		.types('p')
		.waits(100)
		.types('k')
		.waits(50);
	const said = held.holdsBack(backend(4403, {xactStart: noon + 750_000})).status();
	expect(held.signals()).toMatchObject([{transaction: 'none'}]);
	expect(said).toMatch(/^4403 .*k again ends it$/);
	expect(said).not.toContain('has ended');
});

test('when c was missed twice, it says what helps', () => {
	const [second_, third] = [2, 1].map(age => backend(4388, {age: age * second}));
	const missed = lookingAt(backend(4388)).types('c').waits(50).holdsBack(second_);
	expect(missed.status()).toBe('4388 runs another query now, not cancelled');
	const twice = missed.waits(1000).types('c').waits(50).holdsBack(third);
	expect(twice.status()).toBe('4388 sends short queries: k ends the session');
});
