import {describe, expect, test} from 'vitest';
import {type Chunk, encode, names, typed} from './decode-typed.js';

describe('names', () => {
	test.each([
		['c', 'c'],
		['K', 'K'],
		['/', '/'],
		[' ', 'space'],
		['é', 'é'],
		['漢', '漢'],
		['😀', '😀'],
		['\r', 'enter'],
		['\n', 'ctrl-j'],
		['\t', 'tab'],
		['\u007F', 'backspace'],
		['\b', 'backspace'],
		['\u0003', 'ctrl-c'],
		['\u000B', 'ctrl-k'],
		['\u001A', 'ctrl-z'],
		['\0', 'ctrl-@'],
		['\u001C', 'ctrl-\\'],
		['\u001B', 'escape'],
		['\u001B[A', 'up'],
		['\u001BOA', 'up'],
		['\u001B[B', 'down'],
		['\u001BOB', 'down'],
		['\u001B[C', 'right'],
		['\u001B[D', 'left'],
		['\u001B[H', 'home'],
		['\u001BOH', 'home'],
		['\u001B[1~', 'home'],
		['\u001B[7~', 'home'],
		['\u001B[F', 'end'],
		['\u001BOF', 'end'],
		['\u001B[4~', 'end'],
		['\u001B[8~', 'end'],
		['\u001B[2~', 'insert'],
		['\u001B[3~', 'delete'],
		['\u001B[5~', 'pageup'],
		['\u001B[6~', 'pagedown'],
		['\u001B[Z', 'shift-tab'],
		['\u001BOM', 'enter'],
		['\u001BOP', 'f1'],
		['\u001B[11~', 'f1'],
		['\u001B[[A', 'f1'],
		['\u001B[[E', 'f5'],
		['\u001BOS', 'f4'],
		['\u001B[15~', 'f5'],
		['\u001B[17~', 'f6'],
		['\u001B[24~', 'f12'],
		['\u001B[1;2P', 'shift-f1'],
		['\u001B[1;2A', 'shift-up'],
		['\u001B[1;5B', 'ctrl-down'],
		['\u001B[1;3C', 'alt-right'],
		['\u001B[1;6D', 'ctrl-shift-left'],
		['\u001B[5;5~', 'ctrl-pageup'],
		['\u001B[3;2~', 'shift-delete'],
		['\u001B[1;5H', 'ctrl-home'],
		['\u001Bk', 'alt-k'],
		['\u001Bé', 'alt-é'],
		['\u001B\r', 'alt-enter'],
		['\u001B ', 'alt-space'],
		['\u001B\u007F', 'alt-backspace'],
		['\u001B\u000B', 'alt-ctrl-k'],
		['\u001BOk', 'unknown'],
		['\u001BOc', 'unknown'],
		['\u001B[k', 'unknown'],
		['\u001B[c', 'unknown'],
		['\u001B[?64;1;2c', 'unknown'],
		['\u001B[>0;276;0c', 'unknown'],
		['\u001B[5;10R', 'unknown'],
		['\u001B[1;5R', 'unknown'],
		['\u001B[1;9A', 'unknown'],
		['\u001B[1;A', 'unknown'],
		['\u001B[?2026;2$y', 'unknown'],
		['\u001B[107;5u', 'unknown'],
		['\u001B[I', 'unknown'],
		['\u001B[<0;10;5M', 'unknown'],
		['\u001B[<0;10;5m', 'unknown'],
		['\u001B[M kc', 'unknown'],
		['\u001B[201~', 'unknown'],
		['\u001B]11;rgb:0000/0000/0000\u0007', 'unknown'],
		['\u001B]11;rgb:cccc/cccc/cccc\u001B\\', 'unknown'],
		['\u001BP1+r436f=6b\u001B\\', 'unknown'],
		['\u001B_Gi=31;OK\u001B\\', 'unknown'],
	])('%j is %s, in one read or byte by byte', (bytes, name) => {
		expect(names([0, bytes])).toEqual([name]);
		const each = [...encode(bytes)].map((byte, index): Chunk => [index * 150, Uint8Array.of(byte)]);
		expect(names(...each)).toEqual([name]);
	});

	test.each([
		['ab', ['a', 'b']],
		['\u001B[A\u001B[A', ['up', 'up']],
		['\u001B\u001B', ['escape', 'escape']],
		['\u001B\u001B[A', ['escape', 'up']],
		['\u001B[1;\u001B[A', ['up']],
		['\u001B]0;title\u001B[A', ['up']],
		['\u001B[1\rx', ['enter', 'x']],
		['\u001B[', []],
		['\u001B[1;5', []],
		['\u001BO', []],
		['\u001B[M k', []],
		['\u001B]0;k', []],
	])('%j is %j', (bytes, expected) => {
		expect(names([0, bytes])).toEqual(expected);
	});

	test.each([
		['a byte that starts no character', [0xff], ['unknown']],
		['a continuation alone', [0x80, 0x6b], ['unknown', 'k']],
		['a character broken off by a letter', [0xe6, 0xbc, 0x6b], ['unknown', 'k']],
		['a character that never ends', [0xe6, 0xbc], ['unknown']],
		['an overlong form of k', [0xc1, 0xab], ['unknown', 'unknown']],
		['a surrogate', [0xed, 0xa0, 0x80], ['unknown']],
		['a control character of eight bits', [0xc2, 0x9b, 0x6b], ['unknown', 'k']],
	])('%s is unknown', (_, bytes, expected) => {
		expect(names([0, Uint8Array.from(bytes)])).toEqual(expected);
	});

	test('what a key writes stands in its text', () => {
		expect(typed([0, 'é \u001Bk\u001B[A']).map(key => key.text)).toEqual(['é', ' ', undefined, undefined]);
	});
});
