/** Stands for any character that would not be seen, or not where it stands. In Unicode it is never wide, unlike `·` and `¿` in East Asian terminals. */
export const standIn = '␦';

const isAscii = (text: string) => !/[^\n -~]/.test(text);

/**
Makes any text safe to print on one line. Nothing in the result moves the cursor, hides, turns the direction or has a width on which terminals disagree.

A control character becomes its picture (`␛`), a broken one U+FFFD, any other the stand-in `␦`. Blanks, tabs and line breaks become one blank.
*/
export function clean(text: string): string {
	if (!/ {2}|[^ -~]/.test(text)) return text;
	// The first use of \p takes Node.js 20 4 ms.
	const words = text.split(/[^\t\n\r -~]/.test(text) ? /[\t\n\r\p{Zs}]+/u : /[\t\n\r ]+/);
	return reveal(words.join(' '));
}

/** The same for a text of several lines: line breaks and blanks stay. */
export const cleanLines = (text: string): string =>
	reveal(text.replace(/\r\n?/g, '\n').replaceAll('\t', '    '));

// What only shapes the emoji before it. Terminals draw it in none to four cells: it is left out, so that each character has its own width.
const shaping = /(?<=\p{Extended_Pictographic})(?:[\uFE0E\uFE0F]|\u200D|\p{Emoji_Modifier})+/gu;

const control = '\\0-\\t\\v-\\x1F\\x7F-\\x9F\\p{Cs}';
const invisible = '\\p{Cf}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800';
// Flags, skin tones, keycaps and the inner letters of Korean syllables: drawn alone by some terminals and as one by others.
const joining = '\\p{Regional_Indicator}\\p{Emoji_Modifier}\\u20E3\\u1160-\\u11FF\\uD7B0-\\uD7FF';
// Wide since Unicode 16 only, or by some tables only: `☰`, the hexagrams, `㉈`, tone marks.
const unsettled =
	'\\u2630-\\u2637\\u268A-\\u268F\\u302E\\u302F\\u3248-\\u324F\\u4DC0-\\u4DFF\\u{1D300}-\\u{1D376}';

/** Made at the first text that is not ASCII: at the start it would cost time for nothing. */
let unsafe: RegExp | undefined;

function reveal(text: string): string {
	if (isAscii(text)) return text;
	unsafe ??= new RegExp(`[${control}${invisible}${joining}${unsettled}]`, 'gu');
	return text.replace(shaping, '').replace(unsafe, visibleOf);
}

function visibleOf(character: string): string {
	const code = character.charCodeAt(0);
	if (code < 0x20) return String.fromCharCode(0x2400 + code);
	if (code === 0x7f) return '␡';
	return character.length === 1 && code >= 0xd800 && code <= 0xdfff ? '\uFFFD' : standIn;
}
