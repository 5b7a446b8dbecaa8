import {describe, expect, test} from 'vitest';
import {backend} from '../../helpers/state/backend.js';
import {lookingAt} from '../../helpers/state/play.js';

const session = backend(4388);

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
