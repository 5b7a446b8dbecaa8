import fc from 'fast-check';
import {expect, test} from 'vitest';
import {osc52} from '../../../source/terminal/clipboard/osc-52.js';

/** What the terminal around GNU screen gets. */
const handedOn = (bytes: string) =>
	bytes.replaceAll(/\u001BP([^\u001B]*(?:\u001B(?!\\)[^\u001B]*)*)\u001B\\/gs, '$1');

test('a text arrives whole, in no other character than those of a sequence', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 2000}), fc.boolean(), (text, isInScreen) => {
			const whole = isInScreen ? handedOn(osc52(text, true)) : osc52(text, false);
			const [, body = ''] = /^\u001B\]52;c;([A-Za-z\d+/=]*)\u0007$/.exec(whole) ?? [];
			expect(Buffer.from(body, 'base64').toString()).toBe(Buffer.from(text).toString());
		}),
	);
});

test('GNU screen gets it in strings that are short enough for it', () => {
	const strings = osc52('x'.repeat(5000), true).split('\u001B\\').slice(0, -1);
	expect(strings.length).toBeGreaterThan(20);
	for (const string of strings) {
		expect(string).toMatch(/^\u001BP/);
		expect(string.length).toBeLessThan(512);
	}
});
