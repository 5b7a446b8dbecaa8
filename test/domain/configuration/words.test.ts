import fc from 'fast-check';
import {parse} from 'smol-toml';
import {expect, test} from 'vitest';
import {amountIn, amountText, sizeUnits, timeUnits} from '../../../source/domain/configuration/amounts.js';
import {nearest} from '../../../source/domain/configuration/nearest.js';
import {nameToml, quoteToml} from '../../../source/domain/configuration/quote-toml.js';
import {clean} from '../../../source/domain/text/clean.js';

test.each([
	['5m', 300e6],
	['5min', 300e6],
	['1.5 h', 5400e6],
	['90s', 90e6],
	['250ms', 250_000],
	['2d', 172_800e6],
	['5', undefined],
	['5M', undefined],
	['-5m', undefined],
	['m', undefined],
	['1h30m', undefined],
])('%j is %j microseconds', (text, micros) => {
	expect(amountIn(text, timeUnits)).toBe(micros);
});

test('an amount is written in its largest unit without a fraction, and read again as the same', () => {
	expect(amountText(300e6, timeUnits)).toBe('5m');
	expect(amountText(90e6, timeUnits)).toBe('90s');
	expect(amountText(10 * 1024 ** 3, sizeUnits)).toBe('10GB');
	fc.assert(
		fc.property(fc.integer({min: 1, max: 1e12}), bytes => {
			expect(amountIn(amountText(bytes, sizeUnits), sizeUnits)).toBe(bytes);
			expect(amountIn(amountText(bytes * 1000, timeUnits), timeUnits)).toBe(bytes * 1000);
		}),
	);
});

test('any text is quoted so that TOML gives it back, and a terminal draws it as it stands', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), text => {
			const quoted = quoteToml(text);
			expect(parse(`x = ${quoted}`)).toEqual({x: text});
			for (const character of quoted) expect(clean(character)).toBe(character);
		}),
	);
});

test('a name has quotes only where it needs them, and is not long', () => {
	expect(nameToml('shop-prod')).toBe('shop-prod');
	expect(nameToml('db1.example')).toBe('"db1.example"');
	expect(nameToml('')).toBe('""');
	expect(nameToml('x'.repeat(50))).toBe(`${'x'.repeat(39)}~`);
});

test.each([
	['read_only', 'read-only'],
	['readonly', 'read-only'],
	['Interval', 'interval'],
	['srot', 'sort'],
	['elephant', undefined],
	['', undefined],
	['interval'.repeat(100), undefined],
])('%j was meant to be %s', (word, known) => {
	expect(nearest(word, ['sort', 'interval', 'read-only'])).toBe(known);
});
