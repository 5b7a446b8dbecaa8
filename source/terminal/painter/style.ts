// Each code that sets something has a place of its own, whatever order they came in, so that what looks the same is the same text.
const [foreground, background] = [10, 11];

// Codes that take others back, by their places.
const endings: Readonly<Record<number, readonly number[]>> = {
	22: [1, 2],
	23: [3],
	24: [4],
	25: [5],
	27: [7],
	28: [8],
	29: [9],
	39: [foreground],
	49: [background],
};

function placeOf(code: number): number | undefined {
	if ((code >= 1 && code <= 5) || (code >= 7 && code <= 9)) return code;
	if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return foreground;
	if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return background;
	return undefined;
}

/** How many codes belong together from here on: a colour by its number, or by red, green and blue. */
const lengthAt = (codes: readonly string[], at: number): number => {
	if (codes[at] !== '38' && codes[at] !== '48') return 1;
	return codes[at + 1] === '5' ? 3 : 5;
};

/**
A style is the text that sets it where none is set. This is the style after one more sequence with these codes.

Codes that are not known here are kept as they came, and so is all that follows them.
*/
export function styleAfter(style: string, codes: string): string {
	const key = `${style} ${codes}`;
	const known = after.get(key) ?? styleOf(style, codes);
	// Whoever paints has a few styles, and all of them in every frame.
	if (after.size >= mostKnown) after.clear();
	after.set(key, known);
	return known;
}

const after = new Map<string, string>();
const mostKnown = 500;

function styleOf(style: string, codes: string): string {
	const set: string[] = [];
	let kept = style;
	let isKnown = true;
	const all = style === '' ? codes.split(';') : [...style.slice(2, -1).split(';'), ...codes.split(';')];
	for (let at = 0; at < all.length; at += lengthAt(all, at)) {
		const word = all[at];
		const code = Number(word);
		if (code === 0) {
			set.length = 0;
			kept = '';
			isKnown = true;
			continue;
		}

		const place = placeOf(code);
		if (place !== undefined) set[place] = all.slice(at, at + lengthAt(all, at)).join(';');
		else if (endings[code]) for (const ended of endings[code]) set[ended] = '';
		else isKnown = false;
	}

	if (!isKnown) return `${kept}\u001B[${codes}m`;
	const known = set.filter(Boolean).join(';');
	return known === '' ? '' : `\u001B[${known}m`;
}

/** What turns one style into another, in as few bytes as it takes: from nothing, or by what differs. */
export function styleChange(from: string, to: string): string {
	if (from === to) return '';
	if (from === '') return to;
	if (to === '') return '\u001B[m';
	const anew = `\u001B[0;${to.slice(2)}`;
	const change = differenceOf(placesOf(from), placesOf(to));
	return change !== undefined && change.length < anew.length ? change : anew;
}

/** What is set at each place; undefined where a style has codes that are not known here. */
function placesOf(style: string): readonly string[] | undefined {
	const places: string[] = [];
	const all = style.slice(2, -1).split(';');
	for (let at = 0; at < all.length; at += lengthAt(all, at)) {
		const place = placeOf(Number(all[at]));
		if (place === undefined) return undefined;
		places[place] = all.slice(at, at + lengthAt(all, at)).join(';');
	}

	return places;
}

function differenceOf(
	from: readonly string[] | undefined,
	to: readonly string[] | undefined,
): string | undefined {
	if (!from || !to) return undefined;
	const left = [...from];
	const codes: string[] = [];
	for (const [ending, places] of Object.entries(endings)) {
		if (!places.some(place => left[place] && !to[place])) continue;
		codes.push(ending);
		// It takes back all of them.
		for (const place of places) left[place] = '';
	}

	for (const [place, code] of to.entries()) if (code && code !== left[place]) codes.push(code);
	return `\u001B[${codes.join(';')}m`;
}
