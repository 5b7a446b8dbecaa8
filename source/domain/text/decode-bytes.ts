import {lookUp} from './look-up.js';

/** WHATWG names of PostgreSQL's encodings. For the rest, and for SQL_ASCII, UTF-8 is the best guess. */
const labels: Readonly<Record<string, string>> = {
	LATIN2: 'iso-8859-2',
	LATIN3: 'iso-8859-3',
	LATIN4: 'iso-8859-4',
	LATIN5: 'windows-1254',
	LATIN6: 'iso-8859-10',
	LATIN7: 'iso-8859-13',
	LATIN8: 'iso-8859-14',
	LATIN9: 'iso-8859-15',
	LATIN10: 'iso-8859-16',
	ISO_8859_5: 'iso-8859-5',
	ISO_8859_6: 'iso-8859-6',
	ISO_8859_7: 'iso-8859-7',
	ISO_8859_8: 'iso-8859-8',
	WIN1250: 'windows-1250',
	WIN1251: 'windows-1251',
	WIN1253: 'windows-1253',
	WIN1254: 'windows-1254',
	WIN1255: 'windows-1255',
	WIN1256: 'windows-1256',
	WIN1257: 'windows-1257',
	WIN1258: 'windows-1258',
	WIN866: 'ibm866',
	WIN874: 'windows-874',
	KOI8R: 'koi8-r',
	KOI8U: 'koi8-u',
	EUC_JP: 'euc-jp',
	EUC_JIS_2004: 'euc-jp',
	EUC_CN: 'gbk',
	EUC_KR: 'euc-kr',
	SJIS: 'shift_jis',
	SHIFT_JIS_2004: 'shift_jis',
	BIG5: 'big5',
	GBK: 'gbk',
	GB18030: 'gb18030',
	// Node knows only the common syllables of UHC.
	UHC: 'euc-kr',
};

function octalAt(text: string, index: number): number | undefined {
	let value = 0;
	for (let at = index; at < index + 3; at++) {
		const digit = text.charCodeAt(at) - 0x30;
		if (!(digit >= 0 && digit < 8)) return undefined;
		value = value * 8 + digit;
	}

	return value < 256 ? value : undefined;
}

/** Undoes `encode(…, 'escape')`: `\ooo` is a byte, `\\` a backslash. */
export function unescapeBytes(escaped: string): Uint8Array {
	const bytes = new Uint8Array(escaped.length);
	let length = 0;
	for (let index = 0; index < escaped.length; index++) {
		let byte = escaped.charCodeAt(index);
		if (byte === 0x5c) {
			const octal = octalAt(escaped, index + 1);
			index += octal === undefined ? (escaped[index + 1] === '\\' ? 1 : 0) : 3;
			byte = octal ?? byte;
		}

		bytes[length++] = byte;
	}

	return bytes.subarray(0, length);
}

// What windows-1252 has in place of the control characters 80 to 9F.
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';

const latin1 = (bytes: Uint8Array) => Array.from(bytes, byte => String.fromCharCode(byte)).join('');

function decoderOf(encoding: string) {
	try {
		return new TextDecoder(lookUp(labels, encoding) ?? 'utf-8', {ignoreBOM: true});
	} catch {
		// Node 20 has no iso-8859-16.
		return new TextDecoder('utf-8', {ignoreBOM: true});
	}
}

/**
The text of bytes that the server escaped, in the encoding of their database. Never fails: bytes that are no character, or only a part of one, become U+FFFD.
*/
export function decodeBytes(escaped: string, encoding: string): string {
	if (!escaped.includes('\\')) return escaped;
	const bytes = unescapeBytes(escaped);
	// By hand: the web's latin1 is windows-1252, and Node 20 takes windows-1252 for latin1.
	if (encoding === 'LATIN1') return latin1(bytes);
	if (encoding === 'WIN1252')
		return latin1(bytes).replace(/[\x80-\x9F]/g, byte => windows1252.charAt(byte.charCodeAt(0) - 0x80));
	return decoderOf(encoding).decode(bytes);
}
