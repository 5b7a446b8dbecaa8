import type {IBufferCell} from '@xterm/headless';

export const paper = '#15171c';
export const ink = '#d5d9e0';

/** The eight colours of a terminal and their bright ones: each readable on the paper and under the ink. */
const palette = [
	...['#3b404a', '#f2777a', '#93c872', '#e3b95f', '#76a9ea', '#c594e0', '#63c3c8', '#d5d9e0'],
	...['#7d8590', '#ff8f8f', '#a9dd88', '#f2cd7a', '#90bdf5', '#d5abec', '#7fd8dc', '#ffffff'],
];

export type Look = {
	readonly fill: string;
	readonly back: string;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isUnderlined: boolean;
};

export function lookOf(at: IBufferCell): Look {
	const colours = [
		at.isFgDefault() ? ink : colourOf(at.getFgColor(), at.isFgRGB()),
		at.isBgDefault() ? paper : colourOf(at.getBgColor(), at.isBgRGB()),
	] as const;
	const [fill, back] = at.isInverse() ? [colours[1], colours[0]] : colours;
	return {
		fill,
		back,
		isBold: at.isBold() !== 0,
		isDim: at.isDim() !== 0,
		isUnderlined: at.isUnderline() !== 0,
	};
}

export const looksLike = (a: Look, b: Look) =>
	a.fill === b.fill &&
	a.back === b.back &&
	a.isBold === b.isBold &&
	a.isDim === b.isDim &&
	a.isUnderlined === b.isUnderlined;

/** xterm's 256 colours: the palette, a cube of 6 × 6 × 6, and greys. */
function colourOf(value: number, isRgb: boolean): string {
	if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
	const own = palette[value];
	if (own !== undefined) return own;
	if (value >= 232) return rgb(Array(3).fill(8 + 10 * (value - 232)));
	const cube = value - 16;
	return rgb([36, 6, 1].map(step => [0, 95, 135, 175, 215, 255][Math.floor(cube / step) % 6] ?? 0));
}

const rgb = (parts: readonly number[]) => `rgb(${parts.join(' ')})`;
