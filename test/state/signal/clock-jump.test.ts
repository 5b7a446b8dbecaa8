import {describe, expect, test} from 'vitest';
import {backend, minute, noon, second} from '../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../helpers/state/play.js';
import {isOpen, layer} from '../questions.js';

const session = backend(4388);
const looking = lookingAt(session);
const pressed = looking.types('k').waits(50);
const jumped = (moment: Play, by = minute) =>
	moment.answers({
		type: 'answered',
		at: noon + moment.now * 1000 + by,
		held: ['time'],
		seen: {pid: 4388},
	});

describe('an answer "too late" sooner than 2 s after the key means that the server’s clock was set on', () => {
	const again = jumped(pressed);

	test('the same order is sent once more, for what is left of its time', () => {
		const [first, second_, ...others] = again.signals();
		expect(others).toEqual([]);
		expect(second_).toEqual({...first, expiresAt: expect.any(Number)});
		// 3 s from the key on the clock as it is now.
		expect(second_?.expiresAt).toBe(noon + looking.now * 1000 + 3 * second + minute);
		expect(again.given('signal').map(({isRepeated}) => isRepeated)).toEqual([false, true]);
	});

	test('and that is said once, and not that it came too late', () => {
		expect(again.status()).toMatch(/^the server's clock has jumped by 1m00s/);
		expect(again.status()).not.toContain('the server got it');
		expect(again.given('record-outcome')).toEqual([]);
	});

	test('what comes of it is what comes of any', () => {
		const ended = again.sends().until('look').sees();
		expect(ended.waits(4000).status()).toBe('4388 ended 0.1s after k');
		const lines = ended.types('L').page();
		expect(lines).toContain("sent once more, because the server's clock had jumped");
		expect(lines.match(/ k 4388 /g)).toHaveLength(1);
	});

	test('only once: a second time it is too late', () => {
		const twice = jumped(again, 2 * minute);
		expect(twice.signals()).toHaveLength(2);
		expect(twice.waits(4000).status()).toMatch(
			/^4388 was not signalled: the server got it .* after the key$/,
		);
		expect(twice.waits(60_000).signals()).toHaveLength(2);
	});

	test('with the question still open, if there was one', () => {
		const asked = lookingAt(session, {confirm: 'always'}).types('k').waits(50).reads(session).draws();
		const resent = jumped(asked.waits(500).types('y').waits(50));
		expect(resent.signals()).toHaveLength(2);
		expect(isOpen(resent)).toBe(true);
		expect(layer(resent.sends())).toEqual({type: 'table'});
	});

	test('of a signal that is not written down it is not asked again', () => {
		const unrecorded = pressed
			.does({type: 'unrecorded', numbers: [1], why: 'full'})
			.reads(session)
			.draws();
		const resent = jumped(unrecorded.waits(1500).types('y').waits(50));
		expect(resent.given('signal').map(({isUnrecorded, isRepeated}) => [isUnrecorded, isRepeated])).toEqual([
			[false, false],
			[true, false],
			[true, true],
		]);
	});
});

test.each([
	[1999, 2],
	[2000, 1],
	[4100, 1],
])('an answer "too late" %d ms after the key: %d signals', (ms, signals) => {
	const answered = jumped(pressed.at(looking.now + ms));
	expect(answered.signals()).toHaveLength(signals);
	if (signals === 1) expect(answered.status()).toContain('was not signalled: the server got it');
});

test('a clock that was set back makes nothing too late', () => {
	const back = pressed.answers({
		type: 'answered',
		at: noon - minute,
		sent: true,
		held: [],
		seen: {pid: 4388},
	});
	expect(back.signals()).toHaveLength(1);
	expect(back.until('look').sees().status()).toBe('4388 ended 0.1s after k');
});

test('a lost connection after it is as after any: nobody knows', () => {
	const lost = jumped(pressed).does({type: 'lost', why: 'gone'});
	const back = lost.until('connect').does({type: 'linked'}).waits(4000);
	expect(back.status()).toBe('4388 may or may not have been signalled');
});
