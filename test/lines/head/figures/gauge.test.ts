import {expect, test} from 'vitest';
import {gauge} from '../../../../source/lines/head/figures/gauge.js';
import {textOf} from '../../../../source/lines/line.js';

test.each([
	[0, '··········', '[--------]'],
	[0.01, '··········', '[--------]'],
	[0.05, '▌·········', '[--------]'],
	[0.5, '█████·····', '[####----]'],
	[0.99, '█████████▌', '[#######-]'],
	[1, '██████████', '[########]'],
	[1.2, '██████████', '[########]'],
])('a share of %d is %s', (share, bar, ascii) => {
	expect(textOf(gauge(share, 10, false))).toBe(bar);
	expect(textOf(gauge(share, 10, true))).toBe(ascii);
});
