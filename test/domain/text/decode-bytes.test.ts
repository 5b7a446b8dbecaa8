import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeBytes, unescapeBytes} from '../../../source/domain/text/decode-bytes.js';

/** As the server's `encode(bytes, 'escape')`. */
const escapeBytes = (bytes: Uint8Array | readonly number[]) =>
	Array.from(bytes, byte => {
		if (byte === 0x5c) return '\\\\';
		return byte === 0 || byte > 0x7f ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte);
	}).join('');

test('bytes come back as they were', () => {
	fc.assert(
		fc.property(fc.uint8Array(), bytes => void expect(unescapeBytes(escapeBytes(bytes))).toEqual(bytes)),
	);
});

test.each([
	['a\\\\b', 'a\\b'],
	['\\\\303\\\\251', '\\303\\251'],
	['\\303\\251', 'é'],
	['\\x41', '\\x41'],
	['\\477', '\\477'],
	['a\\', 'a\\'],
	['\\30', '\\30'],
])('%j is %j', (escaped, expected) => {
	expect(decodeBytes(escaped, 'UTF8')).toBe(expected);
});

test('plain ASCII is returned as it is, in any encoding', () => {
	for (const encoding of ['UTF8', 'SQL_ASCII', 'SJIS', 'no such encoding'])
		expect(decodeBytes("select '~'\n", encoding)).toBe("select '~'\n");
});

test.each<[string, readonly number[], string]>([
	['UTF8', [0xe6, 0xbc, 0xa2], '漢'],
	['UTF8', [0xef, 0xbb, 0xbf, 0x61], '\uFEFFa'],
	['SQL_ASCII', [0xc3, 0xa9], 'é'],
	['SQL_ASCII', [0xe9, 0x61], '\uFFFDa'],
	['LATIN1', [0xe9, 0x80], 'é\u0080'],
	['LATIN2', [0xb1], 'ą'],
	['LATIN3', [0xb1], 'ħ'],
	['LATIN4', [0xb3], 'ŗ'],
	['LATIN5', [0xfd], 'ı'],
	['LATIN6', [0xbf], 'ŋ'],
	['LATIN7', [0xe0], 'ą'],
	['LATIN8', [0xa1], 'Ḃ'],
	['LATIN9', [0xa4], '€'],
	['ISO_8859_5', [0xb6], 'Ж'],
	['ISO_8859_6', [0xc7], 'ا'],
	['ISO_8859_7', [0xe1], 'α'],
	['ISO_8859_8', [0xe0], 'א'],
	['WIN1250', [0xb9], 'ą'],
	['WIN1251', [0xc6], 'Ж'],
	['WIN1252', [0x80, 0x93, 0xe9, 0x9f], '€“éŸ'],
	['WIN1253', [0xe1], 'α'],
	['WIN1254', [0xfd], 'ı'],
	['WIN1255', [0xe0], 'א'],
	['WIN1256', [0xc7], 'ا'],
	['WIN1257', [0xe0], 'ą'],
	['WIN1258', [0xfe], '₫'],
	['WIN866', [0x86], 'Ж'],
	['WIN874', [0xa1], 'ก'],
	['KOI8R', [0xf6], 'Ж'],
	['KOI8U', [0xa4], 'є'],
	['EUC_JP', [0xb4, 0xc1], '漢'],
	['EUC_JIS_2004', [0xb4, 0xc1], '漢'],
	['EUC_CN', [0xba, 0xba], '汉'],
	['EUC_KR', [0xc7, 0xd1], '한'],
	['SJIS', [0x8a, 0xbf, 0x83, 0x5c], '漢ソ'],
	['SHIFT_JIS_2004', [0x8a, 0xbf], '漢'],
	['BIG5', [0xba, 0x7e], '漢'],
	['GBK', [0x9d, 0x68], '漢'],
	['GB18030', [0x94, 0x39, 0xda, 0x33], '\u{1F4A9}'],
	['UHC', [0xc7, 0xd1], '한'],
])('%s: %j is %s', (encoding, bytes, expected) => {
	expect(decodeBytes(escapeBytes(bytes), encoding)).toBe(expected);
});

test('what is undefined in windows-1252 stays a control character', () => {
	expect(decodeBytes(escapeBytes([0x81, 0x8d, 0x8f, 0x90, 0x9d]), 'WIN1252')).toBe(
		'\u0081\u008D\u008F\u0090\u009D',
	);
});

test.each(['EUC_TW', 'JOHAB', 'MULE_INTERNAL', 'no such encoding', 'toString'])(
	'%s is shown as far as it is UTF-8',
	encoding => {
		expect(decodeBytes(escapeBytes([0xff, 0x61, 0xc3, 0xa9]), encoding)).toBe('\uFFFDaé');
	},
);

test.each<[string, readonly number[]]>([
	['UTF8', [0x61, 0xe6, 0xbc]],
	['EUC_JP', [0x61, 0xb4]],
	['SJIS', [0x61, 0x8a]],
	['BIG5', [0x61, 0xba]],
	['GBK', [0x61, 0x9d]],
	['GB18030', [0x61, 0x94, 0x39]],
	['EUC_KR', [0x61, 0xc7]],
])('a character of %s that was cut in the middle is U+FFFD', (encoding, bytes) => {
	expect(decodeBytes(escapeBytes(bytes), encoding)).toBe('a\uFFFD');
});

test('nothing throws, whatever the bytes and the encoding', () => {
	const encodings = [
		'UTF8',
		'SQL_ASCII',
		'LATIN1',
		'WIN1252',
		'EUC_JP',
		'SJIS',
		'GB18030',
		'BIG5',
		'UHC',
		'WIN874',
		'LATIN10',
		'EUC_TW',
	];
	fc.assert(
		fc.property(
			fc.oneof(fc.uint8Array().map(escapeBytes), fc.string()),
			fc.constantFrom(...encodings),
			(escaped, encoding) => void decodeBytes(escaped, encoding),
		),
	);
});
