import {inWindow} from './in-window.js';
import {keyCap, keyStyle, type Press} from './key-cap.js';
import {round, type Size} from './layout.js';
import {linesOf} from './lines-of.js';

/** What a terminal shows after these bytes, and for how long. */
export type Shot = {
	readonly bytes: Uint8Array;
	readonly seconds: number;
	/** The key that led to it. */
	readonly press?: Press | undefined;
};

/** The shots one after the other, again and again, as an SVG that only CSS moves. Where nothing moves, one shot is shown: the number `atRest`, from 0. */
export async function film(
	shots: readonly Shot[],
	atRest: number,
	size: Size,
	title: string,
): Promise<string> {
	const screens = await Promise.all(
		shots.map(async ({bytes, press}) => [press ? keyCap(press, size) : '', ...(await linesOf(bytes, size))]),
	);
	const places = Array.from({length: size.rows + 1}, (_, place) =>
		screens.map(screen => screen[place] ?? ''),
	);
	const layers = places.flatMap(layersOf);
	return inWindow(title, size, layers.map(group), [keyStyle, ...styleOf(layers, shots, atRest)]);
}

/** What one place shows, and for each shot whether it shows that. */
type Layer = {readonly svg: string; readonly isIn: readonly boolean[]};

/** All that one place shows in these shots, each once. A blank needs no element. */
const layersOf = (texts: readonly string[]): readonly Layer[] =>
	[...new Set(texts)].filter(svg => svg !== '').map(svg => ({svg, isIn: texts.map(text => text === svg)}));

const isConstant = ({isIn}: Layer) => isIn.every(Boolean);

const group = (layer: Layer) =>
	isConstant(layer) ? `<g>${layer.svg}</g>` : `<g class="${classOf(layer)}">${layer.svg}</g>`;

/** The numbers of the shots that show it. */
const classOf = ({isIn}: Layer) =>
	`s${isIn.flatMap((isShown, number) => (isShown ? [number] : [])).join('-')}`;

function styleOf(layers: readonly Layer[], shots: readonly Shot[], atRest: number): readonly string[] {
	const changing = layers.filter(layer => !isConstant(layer));
	const classes = [...new Map(changing.map(layer => [classOf(layer), layer.isIn]))];
	const whole = secondsOf(shots);
	const starts = shots.map((_, number) => secondsOf(shots.slice(0, number)) / whole);
	return [
		...classes.filter(([, isIn]) => !isIn[atRest]).map(([name]) => `.${name}{visibility:hidden}`),
		// Who asks for less motion gets none.
		'@media (prefers-reduced-motion:no-preference){',
		...classes.map(([name]) => `.${name}{animation:${name} ${whole}s step-end infinite}`),
		'}',
		...classes.map(([name, isIn]) => `@keyframes ${name}{${keyframesOf(isIn, starts).join('')}}`),
	];
}

const secondsOf = (shots: readonly Shot[]) => round(shots.reduce((sum, {seconds}) => sum + seconds, 0));

/** One for each change: with step-end nothing moves between two of them. */
const keyframesOf = (isIn: readonly boolean[], starts: readonly number[]) =>
	starts.flatMap((start, number) => {
		const isShown = isIn[number];
		if (number > 0 && isShown === isIn[number - 1]) return [];
		return [`${round(100 * start)}%{visibility:${isShown ? 'visible' : 'hidden'}}`];
	});
