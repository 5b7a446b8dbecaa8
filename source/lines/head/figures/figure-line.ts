import {widthOf} from '../../../domain/text/width.js';
import type {Line, Span} from '../../line.js';
import type {Figure} from './figure.js';
import {gauge} from './gauge.js';

export type FigureLook = {
	/** How long bars are; 0: there are none, and no sparklines. */
	readonly gaugeCells: number;
	readonly isAscii: boolean;
	/** Nothing is to stand in the same place in the next picture. */
	readonly isTight: boolean;
};

const gap = 2;

const dim = (text: string): Span => ({text, styles: ['dim']});

/** Those that fit, in their order. Those over their threshold have room first, then the lowest ranks. Labels are short only where one that has to be there would not fit otherwise. */
export function figureLine(figures: readonly Figure[], look: FigureLook, width: number): Line {
	const long = choose(figures, look, width);
	const short = choose(figures.map(shorter), look, width);
	const {parts} = long.leftOut <= lowestNeeded && short.leftOut > long.leftOut ? short : long;
	return parts.flatMap((spans, index) => (index === 0 ? spans : [{text: ' '.repeat(gap)}, ...spans]));
}

const shorter = (figure: Figure): Figure => ({...figure, label: figure.shortLabel ?? figure.label});

/** Up to this rank a figure has to be there. */
const lowestNeeded = 5;

/** `leftOut`: the lowest rank that has no room; Infinity where all have. */
function choose(figures: readonly Figure[], look: FigureLook, width: number) {
	const all = figures.map(figure => ({figure, spans: spansOf(figure, look)}));
	const wanted = all.toSorted(({figure: a}, {figure: b}) => rankOf(a) - rankOf(b));
	let left = width + gap;
	const fitting = wanted.filter(({spans}) => {
		const own = gap + spans.reduce((sum, {text}) => sum + widthOf(text), 0);
		if (own > left) return false;
		left -= own;
		return true;
	});
	return {
		parts: all.filter(part => fitting.includes(part)).map(({spans}) => spans),
		leftOut: Math.min(
			Infinity,
			...all.filter(part => !fitting.includes(part)).map(part => rankOf(part.figure)),
		),
	};
}

const rankOf = ({rank, tone}: Figure) => (tone ? rank - 1000 : rank);

/** A figure as it stands in its line: labels are dim, and a value over its threshold has its tone. */
function spansOf(figure: Figure, {gaugeCells, isAscii, isTight}: FigureLook): Line {
	const {label, tone, isCount, isQuiet, share, before} = figure;
	const styles: Span['styles'] = tone ? ['bold', tone] : isQuiet ? ['dim'] : undefined;
	const text = isTight ? figure.text.trim() : figure.text;
	if (isCount && styles) return valueSpans(`${text} ${label}`, styles);
	if (isCount) return [{text}, dim(` ${label}`)];
	const hasBars = gaugeCells > 0;
	return [
		dim(`${label} `),
		...(hasBars && share !== undefined ? [...gauge(share, gaugeCells, isAscii, styles), {text: ' '}] : []),
		...valueSpans(text, styles),
		...(hasBars && before !== undefined ? [{text: ` ${before}`}] : []),
	];
}

/** The blanks around a value have no style: it would have a ground wider than itself. */
function valueSpans(text: string, styles: Span['styles']): Line {
	if (!styles) return [{text}];
	const [, before = '', value = '', after = ''] = /^( *)(.*?)( *)$/.exec(text) ?? [];
	return [{text: before}, {text: value, styles}, {text: after}].filter(span => span.text !== '');
}
