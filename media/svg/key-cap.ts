import {widthOf} from './in-window.js';
import {cell, escapeXml, margin, round, type Size} from './layout.js';
import {paper} from './look.js';

/** A key that was pressed, and what it does. */
export type Press = {readonly key: string; readonly does: string};

const cap = {top: 5, height: 20, padding: 7, gap: 9, fill: '#e3b95f'};

export const keyStyle = `.k{font-weight:bold;fill:${paper}}`;

/** At the right of the window's bar. */
export function keyCap({key, does}: Press, size: Size): string {
	const wide = (text: string) => text.length * cell.width;
	const [keyWidth, doesWidth] = [wide(key), wide(does)];
	const doesLeft = widthOf(size) - margin.side - doesWidth;
	const keyLeft = doesLeft - cap.gap - cap.padding - keyWidth;
	const word = (text: string, left: number, width: number, look = '') =>
		`<text ${look}x="${round(left)}" y="20" textLength="${round(width)}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`;
	return [
		`<rect x="${round(keyLeft - cap.padding)}" y="${cap.top}" width="${round(keyWidth + 2 * cap.padding)}" height="${cap.height}" rx="4" fill="${cap.fill}"/>`,
		word(key, keyLeft, keyWidth, 'class="k" '),
		word(does, doesLeft, doesWidth),
	].join('');
}
