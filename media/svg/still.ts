import {inWindow} from './in-window.js';
import type {Size} from './layout.js';
import {linesOf} from './lines-of.js';

/** What a terminal shows after these bytes, as an SVG. */
export async function still(bytes: Uint8Array, size: Size, title: string): Promise<string> {
	const lines = await linesOf(bytes, size);
	return inWindow(
		title,
		size,
		lines.filter(line => line !== ''),
	);
}
