// For texts that came as bytes, such as names and passwords: PostgreSQL asks for no encoding there. A byte that is no
// part of a UTF-8 character is held as a lone surrogate, U+DC00 plus the byte, which no other text has.

/** Characters of several bytes as Unicode allows them, and any other byte. */
const sequences =
	/[\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2}|[\x80-\xFF]/g;

const held = (byte: string) => String.fromCharCode(0xdc00 + byte.charCodeAt(0));

/** The text of these bytes. Nothing is lost: `toBytes` gives them back. */
export const fromBytes = (bytes: Uint8Array): string =>
	Buffer.from(bytes)
		.toString('latin1')
		.replace(sequences, found =>
			found.length > 1 ? Buffer.from(found, 'latin1').toString('utf8') : held(found),
		);

/** Whether a text has bytes in it that are not UTF-8. */
export const isRaw = (text: string): boolean => /[\uDC80-\uDCFF]/u.test(text);

/** The bytes that a text came from; UTF-8 for a text that did not come as bytes. */
export const toBytes = (text: string): Buffer =>
	Buffer.concat(
		text
			.split(/([\uDC80-\uDCFF])/u)
			.map((part, index) => (index % 2 === 1 ? Buffer.of(part.charCodeAt(0) - 0xdc00) : Buffer.from(part))),
	);

/** The same text with each byte over 0x7F on its own, part of no character: nothing in it can be normalised. */
export const withoutCharacters = (text: string): string =>
	toBytes(text)
		.toString('latin1')
		.replace(/[\x80-\xFF]/g, held);

/** A file's name as Node.js opens it. */
export const pathOf = (file: string): string | Buffer => (isRaw(file) ? toBytes(file) : file);
