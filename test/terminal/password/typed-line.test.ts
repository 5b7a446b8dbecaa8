import fc from 'fast-check';
import {expect, test} from 'vitest';
import {nothingTyped, typeInto, withoutUnfinished} from '../../../source/terminal/password/typed-line.js';

const bytesOf = (text: string) => Buffer.from(text).toString('latin1');
const textOf = (bytes: string) => Buffer.from(bytes, 'latin1').toString();

test.each<[keys: string, text: string, end: string | undefined]>([
	['secret', 'secret', undefined],
	['secret\r', 'secret', 'enter'],
	['secret\n', 'secret', 'enter'],
	['\r', '', 'enter'],
	['\u0004', '', 'enter'],
	['sec\u0004ret\r', 'secret', 'enter'],
	['\u0004secret\r', '', 'enter'],
	['x\u007F\u0004', '', 'enter'],
	['secrex\u007Ft\r', 'secret', 'enter'],
	['secrex\bt\r', 'secret', 'enter'],
	['\u007F\u007Fa\r', 'a', 'enter'],
	['wrong\u0015secret\r', 'secret', 'enter'],
	['wrong\u0017secret\r', 'secret', 'enter'],
	['my wrong\u0017secret\r', 'my secret', 'enter'],
	['my wrong  \u0017secret\r', 'my secret', 'enter'],
	['two wrong\u0017\u0017secret\r', 'secret', 'enter'],
	['it\u2019s пароль\u0017secret\r', 'it\u2019s secret', 'enter'],
	['\u0017secret\r', 'secret', 'enter'],
	['se\u0003', 'se', 'cancel'],
	['se\u001C', 'se', 'quit'],
	['se\u001Acret', 'se', 'suspend'],
	['se\u0012\u000F\u0014\u0013\u0011cret\r', 'secret', 'enter'],
	['se\tc\u0000ret\r', 'secret', 'enter'],
	['a\u0016\u0003\u0016\u0015\u0016\u001B\u0016\u0016\u0016\u0000b\r', 'a\u0003\u0015\u001B\u0016b', 'enter'],
	['a\u0016\rb\r', 'a\rb', 'enter'],
	['a\u0016éb\r', 'aéb', 'enter'],
	['пароль😀x\u007F\u007F\r', 'пароль', 'enter'],
	['secret\rls\r', 'secret', 'enter'],
	['se\u001B[A\u001B[1;5D\u001BOB\u001B[15~\u001B[[Acret\r', 'secret', 'enter'],
	['\u001B[200~secret\u001B[201~\r', 'secret', 'enter'],
	['\u001B[200~secret\nls\n\u001B[201~', 'secret', 'enter'],
	['\u001B[I\u001B[Osecret\u001B[M !!\u001B]11;rgb:0/0/0\u0007\r', 'secret', 'enter'],
	['se\u001Bxcret\r', 'secret', 'enter'],
	['secrex\u001B\u007Ft\u001B\r', 'secret', 'enter'],
	['secret\u001BOM', 'secret', 'enter'],
	['secret\u001B[\u0003', 'secret', 'cancel'],
])('%j', (keys, text, end) => {
	const line = typeInto(nothingTyped, bytesOf(keys));
	expect({text: textOf(line.bytes), end: line.end, held: line.held}).toEqual({text, end, held: ''});
});

test('bytes of another encoding stay as they are', () => {
	expect(typeInto(nothingTyped, 'caf\u00E9\u00FFx\u007F\r').bytes).toBe('caf\u00E9\u00FF');
});

test('what comes long after Esc was typed, and the rest of a sequence was not', () => {
	const line = typeInto(nothingTyped, 'se\u001B');
	expect(typeInto(line, '[Acret').bytes).toBe('secret');
	expect(typeInto(withoutUnfinished(line, 200), '[Acret').bytes).toBe('secret');
	expect(typeInto(withoutUnfinished(line, 201), 'cret').bytes).toBe('secret');
	const literal = typeInto(nothingTyped, 'se\u0016');
	expect(typeInto(withoutUnfinished(literal, 201), '\u0003').bytes).toBe('se\u0003');
});

test('it does not matter how the terminal cuts what is typed', () => {
	const byte = fc.constantFrom(...'a;[O~2001 \t\b\u007F\u0015\u0016\u0017\u001B\0', ...bytesOf('ß😀'));
	fc.assert(
		fc.property(fc.array(byte), fc.array(byte), (first, second) => {
			const {end: _, ...begun} = typeInto(nothingTyped, first.join(''));
			expect(typeInto(begun, second.join(''))).toEqual(
				typeInto(nothingTyped, [...first, ...second].join('')),
			);
		}),
	);
});
