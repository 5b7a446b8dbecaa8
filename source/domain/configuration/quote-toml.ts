import {clean} from '../text/clean.js';
import {shorten} from '../text/shorten.js';

/** The longest name in a sentence, in UTF-16 units. */
const longestName = 40;

const hex = (code: number) =>
	code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;

function escapeOf(character: string): string {
	if (character === '"' || character === '\\') return `\\${character}`;
	return clean(character) === character ? character : hex(character.codePointAt(0) ?? 0);
}

/** A text as TOML writes it. What would not be seen, or would move the cursor, is escaped. */
export const quoteToml = (text: string): string => `"${[...text].map(escapeOf).join('')}"`;

/** The same for a sentence: not too long. */
export const quoteShort = (text: string): string => quoteToml(shorten(text, longestName));

/** The name of a key or section in a sentence: in quotes only where TOML wants them. */
export const nameToml = (name: string): string =>
	/^[\w-]+$/.test(name) ? shorten(name, longestName) : quoteShort(name);
