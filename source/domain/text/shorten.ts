/** How long a sentence on a failure may be, in UTF-16 units, whatever a server has to say. */
export const longestSentence = 300;

/** At most `length` UTF-16 units: what is longer ends with `~`, and no pair of surrogates is torn. */
export function shorten(text: string, length: number): string {
	if (text.length <= length) return text;
	const before = text.charCodeAt(length - 2);
	const isTorn = before >= 0xd800 && before <= 0xdbff;
	return `${text.slice(0, length - (isTorn ? 2 : 1))}~`;
}

/** The same with the `~` in the middle: where a sentence has a long name in it, what matters stands at both ends. */
export function shortenMiddle(text: string, length: number): string {
	if (text.length <= length) return text;
	const end = text.slice(text.length - Math.floor((length - 1) / 2)).replace(/^[\uDC00-\uDFFF]/, '');
	return shorten(text, length - end.length) + end;
}

/** As `shorten`, for a sentence: brackets that it cuts through are closed. */
function shortenSentence(text: string, length: number): string {
	const cut = shorten(text, length);
	const isOpen = (part: string) => part.lastIndexOf('(') > part.lastIndexOf(')');
	return isOpen(cut) && !isOpen(text) && length > 1 ? `${shorten(text, length - 1)})` : cut;
}

/** The same for several texts in one sentence: the long ones get what the short ones leave. `length` is for all of them together. */
export function shortenAll(texts: readonly string[], length: number): readonly string[] {
	let share = length;
	let left = length;
	for (const [index, size] of texts
		.map(text => text.length)
		.sort((a, b) => a - b)
		.entries()) {
		share = Math.floor(left / (texts.length - index));
		if (size > share) break;
		left -= size;
	}

	return texts.map(text => shortenSentence(text, Math.max(1, share)));
}
