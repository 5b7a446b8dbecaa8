const isBlank = (character: string | undefined) => character === ' ' || character === '\t';

/** As a terminal does it at Ctrl-W: back over blanks, then over the word before them. */
export function withoutLastWord(text: string): string {
	let end = text.length;
	while (end > 0 && isBlank(text[end - 1])) end--;
	while (end > 0 && !isBlank(text[end - 1])) end--;
	return text.slice(0, end);
}
