import {widthOf} from '../../text/width.js';

/** No character takes more than two cells, so a short text need not be looked at. */
export const isWider = (text: string, width: number) => text.length * 2 > width && widthOf(text) > width;

/** How many of the texts are wider than 0, 1, 2, ... cells, up to `most`. */
export function widerThan(texts: readonly string[], most: number): readonly number[] {
	const wider = Array.from({length: most + 1}, () => 0);
	for (const text of texts) {
		const width = Math.min(widthOf(text), most + 1);
		for (let cells = 0; cells < width; cells++) wider[cells] = (wider[cells] ?? 0) + 1;
	}

	return wider;
}
