import fc from 'fast-check';
import {expect, test} from 'vitest';
import {clean} from '../../source/domain/text/clean.js';
import {widthOf} from '../../source/domain/text/width.js';
import {asciiOf, hasSigns, isUtf8} from '../../source/terminal/drawable.js';
import {hostileText} from '../domain/text/hostile.js';

test.each([
	[{LANG: 'C.UTF-8'}, true],
	[{LANG: 'en_US.utf8'}, true],
	[{LC_CTYPE: 'UTF-8'}, true],
	[{LC_ALL: 'C', LANG: 'en_US.UTF-8'}, false],
	[{LC_ALL: '', LC_CTYPE: 'C', LANG: 'en_US.UTF-8'}, false],
	[{LC_ALL: '', LC_CTYPE: '', LANG: 'en_US.UTF-8'}, true],
	[{LC_ALL: 'cs_CZ.ISO8859-2'}, false],
	[{LANG: 'POSIX'}, false],
	[{}, false],
])('%j is a locale of UTF-8: %s', (env, is) => {
	expect(isUtf8(env, 'linux')).toBe(is);
	expect(isUtf8(env, 'win32')).toBe(true);
});

test.each([
	[{LANG: 'C.UTF-8', TERM: 'xterm'}, true],
	[{LANG: 'C.UTF-8', TERM: 'linux'}, false],
	[{LANG: 'C.UTF-8', TERM: 'vt100'}, false],
	[{LANG: 'C', TERM: 'xterm'}, false],
])('with %j bars and arrows can be drawn: %s', (env, can) => {
	expect(hasSigns(env, 'linux')).toBe(can);
});

test('what a terminal without UTF-8 gets is ASCII, as wide as before', () => {
	fc.assert(
		fc.property(hostileText.map(clean), text => {
			const drawn = asciiOf(text);
			expect(drawn).toMatch(/^[ -~]*$/);
			expect(drawn).toHaveLength(widthOf(text));
		}),
	);
});

test('escape sequences stay as they are', () => {
	expect(asciiOf('\u001B[1mé\u001B[0m\r\n')).toBe('\u001B[1m?\u001B[0m\r\n');
});
