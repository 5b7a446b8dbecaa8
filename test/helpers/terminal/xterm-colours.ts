import type {IBufferCell} from '@xterm/headless';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

export const black: Rgb = [0, 0, 0];
export const white: Rgb = [255, 255, 255];

/** xterm's own palette, as it comes. */
const palette: readonly Rgb[] = [
	black,
	[205, 0, 0],
	[0, 205, 0],
	[205, 205, 0],
	[0, 0, 238],
	[205, 0, 205],
	[0, 205, 205],
	[229, 229, 229],
	[127, 127, 127],
	[255, 0, 0],
	[0, 255, 0],
	[255, 255, 0],
	[92, 92, 255],
	[255, 0, 255],
	[0, 255, 255],
	white,
];

const firstGrey = 232;

function colourOf(number: number, isBright: boolean): Rgb {
	const grey = 8 + 10 * (number - firstGrey);
	if (number >= firstGrey) return [grey, grey, grey];
	const colour = palette[isBright && number < 8 ? number + 8 : number];
	if (!colour) throw new Error(`colour ${number} is none of ours`);
	return colour;
}

/** The colours of letter and ground of a cell as xterm draws them: bold takes the brighter of two colours, dim two thirds of the letter's. */
export function coloursOf(cell: IBufferCell, background: Rgb): {readonly text: Rgb; readonly ground: Rgb} {
	const foreground = background === black ? white : black;
	const of = cell.isFgDefault() ? foreground : colourOf(cell.getFgColor(), cell.isBold() !== 0);
	const [red, green, blue] = of;
	const text: Rgb = cell.isDim() ? [(red * 2) / 3, (green * 2) / 3, (blue * 2) / 3] : of;
	const ground = cell.isBgDefault() ? background : colourOf(cell.getBgColor(), false);
	return cell.isInverse() ? {text: ground, ground: text} : {text, ground};
}

/** As WCAG 2 computes it: 1 for equal colours, 21 for black and white. */
export function contrastOf(one: Rgb, other: Rgb): number {
	const [lighter = 0, darker = 0] = [one, other].map(luminance).sort((a, b) => b - a);
	return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
	const [red = 0, green = 0, blue = 0] = colour.map(value => {
		const share = value / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
