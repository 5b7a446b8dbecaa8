import {describe, expect, test} from 'vitest';
import {backend} from '../../helpers/state/backend.js';
import {lookingAt} from '../../helpers/state/play.js';

const session = backend(4388);

describe('r on a server that hangs', () => {
	const hanging = lookingAt(session).until('sample');

	test('says after a second how long there is no answer, and counts', () => {
		const asked = hanging.waits(300).types('r');
		expect(asked.waits(690).status()).toBe('');
		expect(asked.waits(700).status()).toBe('refreshing: no answer for 1s');
		expect(asked.waits(1710).status()).toBe('refreshing: no answer for 2s');
	});

	test('says so at once where the refresh is overdue already', () => {
		expect(hanging.waits(3400).types('r').status()).toBe('refreshing: no answer for 3s');
	});

	test('says so, too, where the key itself has asked', () => {
		const asked = hanging.waits(10).picture([session]).waits(500).types('r');
		expect(asked.waits(1100).status()).toBe('refreshing: no answer for 1s');
	});

	test('and says nothing any more with the picture, or once the connection is lost and back', () => {
		const asked = hanging.types('r').waits(3000);
		expect(asked.picture([session]).status()).toBe('');
		const back = asked.does({type: 'lost', why: 'gone'}).until('connect').does({type: 'linked'});
		expect(back.status()).toBe('');
		expect(back.waits(10).picture([session]).status()).toBe('');
	});
});

describe('an overdue refresh is broken off for a signal', () => {
	/** Five refreshes that took so long, and one that is under way for `ms` when the key acts. */
	function overdue(took: number, ms: number): boolean | undefined {
		let moment = lookingAt(session).picture([session]);
		for (let index = 0; index < 5; index++) moment = moment.until('sample').waits(took).picture([session]);
		const busy = moment
			.draws()
			.until('sample')
			.waits(ms - 50);
		return busy.types('k').waits(50).given('signal')[0]?.isOverdue;
	}

	test.each([
		[10, 60, false],
		[10, 1000, false],
		[10, 1001, true],
		[300, 1000, false],
		[300, 1001, true],
		[500, 1500, false],
		[500, 1501, true],
		[1000, 2000, false],
		[1000, 2001, true],
		[5000, 2000, false],
		[5000, 2001, true],
	])('refreshes of %d ms, %d ms under way: %s', (took, ms, is) => {
		expect(overdue(took, ms)).toBe(is);
	});

	test('none is when none is under way', () => {
		const quiet = lookingAt(session)
			.picture([session])
			.until('sample')
			.waits(10)
			.picture([session])
			.draws()
			.waits(1500);
		expect(quiet.types('k').waits(50).given('signal')[0]?.isOverdue).toBe(false);
	});
});
