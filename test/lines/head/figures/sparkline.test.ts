import fc from 'fast-check';
import {expect, test} from 'vitest';
import {tpsAfter} from '../../../../source/domain/server/rates.js';
import {sparkline} from '../../../../source/lines/head/figures/sparkline.js';

const sixes = (...values: readonly (number | undefined)[]) => values.flatMap(value => Array(6).fill(value));

test.each<[values: readonly (number | undefined)[], line: string, ascii: string]>([
	[[], '          ', '          '],
	[[0], '         ▁', '         _'],
	[sixes(1, 2, 3, 4, 5), '     ▂▄▅▇█', '     _.:||'],
	[sixes(1, undefined, 8), '       ▁ ▇', '       _ |'],
	// The last cell has begun with two pictures of 8.
	[[...sixes(8, 4), 8, 8], '       ▇▄▇', '       |.|'],
	[sixes(...Array(10).fill(100)), '██████████', '||||||||||'],
	[[undefined, 2, undefined], '         █', '         |'],
])('%j is %s', (values, line, ascii) => {
	expect(sparkline(values, false)).toBe(line);
	expect(sparkline(values, true)).toBe(ascii);
});

test('cells that are full stay as they are, and move by one with every sixth picture', () => {
	// All on the same scale.
	const anyTps = fc.double({min: 501, max: 1000, noNaN: true});
	fc.assert(
		fc.property(
			fc.array(anyTps, {minLength: 80, maxLength: 80}),
			fc.integer({min: 60, max: 78}),
			(all, now) => {
				const at = (pictures: number) =>
					sparkline(all.slice(0, pictures).reduce<readonly (number | undefined)[]>(tpsAfter, []), false);
				const [before, after] = [at(now), at(now + 1)];
				const moved = now % 6 === 0 ? 1 : 0;
				expect(after.slice(2 - moved, 9 - moved)).toBe(before.slice(2, 9));
			},
		),
	);
});
