import {expect, test} from 'vitest';
import {alertLine} from '../../../source/lines/head/alert.js';
import {textOf} from '../../../source/lines/line.js';
import {backend, minute, noon, second} from '../../helpers/state/backend.js';
import {locksOf} from '../../helpers/state/locked.js';
import {down, esc, play} from '../../helpers/state/play.js';

const locks = locksOf([
	{type: 'transactionid', held: {E: [4211]}, waits: [[4388, 'S', noon - 4 * minute - 12 * second]]},
	{type: 'transactionid', held: {E: [4501]}, waits: [[4502, 'S', noon - minute]]},
]);
const sessions = [
	backend(4211, {state: 'idle in transaction', age: 14 * minute + 2 * second}),
	backend(4388),
	backend(4501, {age: 2 * minute}),
	backend(4502, {age: minute}),
];
const moment = play().picture(sessions, {locks, at: noon});
const line = (state = moment.state, width = 80) => textOf(alertLine(state, width));

test('names the worst root, and at its end the key that leads there', () => {
	expect(line()).toBe('▲ 4211 blocks 1 since 4m12s: idle-tx 14m02s          b: select 4211   +2 more: !');
});

test('names the root that the key goes to from the selected row', () => {
	const at = (pid: number) => {
		let so = moment.types(down);
		while (so.selected() !== pid) so = so.types(down);
		return line(so.state);
	};
	expect(at(4211)).toContain('b: next 4501 ');
	expect(at(4388)).toContain('b: select 4211 ');
	expect(at(4502)).toContain('b: select 4501 ');
	expect(at(4501)).toContain('b: next 4211 ');
});

test('leaves the key out where there is no room for it, and never the others', () => {
	expect(line(moment.state, 70)).toBe(
		'▲ 4211 blocks 1 since 4m12s: idle-tx 14m02s                 +2 more: !',
	);
	for (let width = 40; width < 100; width++) expect(line(moment.state, width)).toHaveLength(width);
});

test('Enter in the list of alerts selects the one that blocks', () => {
	const chosen = moment.types('!');
	expect(chosen.types('\r').selected()).toBe(4211);
	expect(chosen.types(down).types('\r').selected()).toBe(4501);
	expect(chosen.types(esc).selected()).toBeUndefined();
});
