// A text that came as bytes, as names and passwords do: PostgreSQL asks for no encoding there. Each byte that is no
// part of a UTF-8 character is held as a lone surrogate, U+DC00 and the byte, which no text has otherwise.

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

/** The bytes that a text came from, and UTF-8 of any other. */
export const toBytes = (text: string): Buffer =>
	Buffer.concat(
		text
			.split(/([\uDC80-\uDCFF])/u)
			.map((part, index) => (index % 2 === 1 ? Buffer.of(part.charCodeAt(0) - 0xdc00) : Buffer.from(part))),
	);

/** The same text, of which no byte over 0x7F is part of a character: nothing in it can be normalised. */
export const withoutCharacters = (text: string): string =>
	toBytes(text)
		.toString('latin1')
		.replace(/[\x80-\xFF]/g, held);

/** A file's name as Node.js opens it. */
export const pathOf = (file: string): string | Buffer => (isRaw(file) ? toBytes(file) : file);
