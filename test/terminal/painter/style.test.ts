import fc from 'fast-check';
import {expect, test} from 'vitest';
import {styleAfter, styleChange} from '../../../source/terminal/painter/style.js';

const sgr = (codes: string) => (codes === '' ? '' : `\u001B[${codes}m`);
const styleOf = (...codes: readonly string[]) => codes.reduce(styleAfter, '').replaceAll('\u001B', '^');

test.each([
	[['1'], '^[1m'],
	[['1', '31'], '^[1;31m'],
	[['31', '1'], '^[1;31m'],
	[['1', '2', '22'], ''],
	[['1', '7', '22'], '^[7m'],
	[['3;4;7;9', '23', '24', '27', '29'], ''],
	[['31', '32'], '^[32m'],
	[['31', '92', '39'], ''],
	[['38;5;1', '39'], ''],
	[['38;5;1', '48;5;7'], '^[38;5;1;48;5;7m'],
	[['38;5;0;1', '22'], '^[38;5;0m'],
	[['38;2;0;22;0', '4'], '^[4;38;2;0;22;0m'],
	[['41', '103', '49'], ''],
	[['1;31', ''], ''],
	[['1;31', '0'], ''],
	[['1;0;31'], '^[31m'],
	[['1;;31'], '^[31m'],
	// Nobody here knows them.
	[['1', '53'], '^[1m^[53m'],
	[['53', '1', '22'], '^[53m^[1m^[22m'],
	[['53', '4:3', '0;1'], '^[1m'],
	[['31', '0;53'], '^[0;53m'],
	[['53;0'], ''],
])('%j is the style %s', (codes, style) => {
	expect(styleOf(...codes)).toBe(style);
});

test.each([
	['', '', ''],
	['1', '1', ''],
	['', '1', '1'],
	['1', '7', '0;7'],
	['31', '32', '32'],
	['31', '1;31', '1'],
	['1;31', '31', '22'],
	['1;31', '2;31', '22;2'],
	['48;5;236', '31;48;5;236', '31'],
	['31;48;5;236', '48;5;236', '39'],
	['31;48;5;236', '31', '49'],
	['30;43', '7', '0;7'],
	['1;7', '7', '22'],
	['1;2', '2', '0;2'],
	['38;5;1', '38;5;2', '38;5;2'],
	['1;53', '53', '0;53'],
])('from %s to %s it takes %s', (from, to, change) => {
	expect(styleChange(sgr(from), sgr(to))).toBe(sgr(change));
});

test('a change of style leaves the terminal with the new one', () => {
	const codes = ['1', '2', '4', '7', '31', '92', '38;5;9', '43', '48;5;236'];
	const anyStyle = fc.shuffledSubarray(codes).map(some => styleOf(...some).replaceAll('^', '\u001B'));
	fc.assert(
		fc.property(anyStyle, anyStyle, (from, to) => {
			const change = /^\u001B\[(.*)m$/.exec(styleChange(from, to))?.[1];
			expect(change === undefined ? from : styleAfter(from, change)).toBe(to);
		}),
	);
});

test('what is taken back leaves nothing on', () => {
	expect(styleChange('\u001B[1m', '')).toBe('\u001B[m');
});
