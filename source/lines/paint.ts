import type {Colours, Style} from '../domain/list/style.js';
import {standIn} from '../domain/text/clean.js';
import {widthOf} from '../domain/text/width.js';
import type {Line, Span} from './line.js';

type Codes = readonly [begin: string, end: string];

type Looks = {readonly [style in Style]?: Codes};

const sgr = (begin: string, end: string): Codes => [`\u001B[${begin}m`, `\u001B[${end}m`];

const bold = sgr('1', '22');
const inverse = sgr('7', '27');
const red = sgr('31', '39');
const magenta = sgr('35', '39');
const blackOn = (background: number) => sgr(`30;${background}`, '39;49');
const [onYellow, onCyan] = [blackOn(43), blackOn(46)];

const withoutColours: Looks = {
	bold,
	dim: sgr('2', '22'),
	underlined: sgr('4', '24'),
	inverse,
	selected: inverse,
	key: bold,
};

/** What begins a style, and what ends it. A table: Node's own styleText checks its arguments at every call. A text has a contrast of 3 : 1 at least, in xterm's own palette, too: there only red and magenta hold on black and on white. */
const looks: Readonly<Record<Colours, Looks>> = {
	none: withoutColours,
	unknown: {...withoutColours, hurts: red, maintenance: magenta, open: onYellow},
	dark: {
		...withoutColours,
		selected: sgr('48;5;236', '49'),
		key: sgr('1;36', '22;39'),
		hurts: red,
		maintenance: magenta,
		open: sgr('33', '39'),
		runs: sgr('32', '39'),
		io: sgr('36', '39'),
	},
	light: {
		...withoutColours,
		selected: sgr('48;5;252', '49'),
		hurts: red,
		maintenance: magenta,
		open: onYellow,
		// Most rows run: as many grounds would be the loudest of all.
		io: onCyan,
	},
};

/** On the grey of a selected row red and magenta are too dark, or the grey would be no other than black. */
const onDarkGrey: Looks = {...looks.dark, hurts: sgr('91', '39'), maintenance: sgr('95', '39')};

/** Writes the styles as escape sequences. */
export const paint = (line: Line, colours: Colours): string =>
	line.map(span => paintSpan(span, colours)).join('');

/** What joins the letter before it. */
const joining = /^[\p{M}\p{Grapheme_Extend}\u0E33\u0EB3]+/u;

/** The text of a span as it is drawn. Behind the code of a style Ink leaves out what joins a letter, and what follows would stand too far to the left. */
export const drawnText = (text: string): string =>
	text > '\u007F' ? text.replace(joining, marks => standIn.repeat(widthOf(marks))) : text;

function paintSpan({text: own, styles}: Span, colours: Colours): string {
	const text = drawnText(own);
	if (text === '' || styles === undefined) return text;
	const [first] = styles;
	// Nearly all have one, which nothing hides.
	if (first !== undefined && styles.length === 1) return within(text, looks[colours][first]);
	const isSelected = styles.includes('selected');
	const table = isSelected && colours === 'dark' ? onDarkGrey : looks[colours];
	let painted = text;
	for (const style of styles.toReversed()) {
		if (style !== 'selected' && !isHidden(style, styles, colours)) painted = within(painted, table[style]);
	}

	// Outside of the others: what has a background of its own keeps it.
	return isSelected ? within(painted, table.selected) : painted;
}

const within = (text: string, [begin, end]: Codes = ['', '']) => begin + text + end;

const grounds: readonly (Codes | undefined)[] = [onYellow, onCyan];

/** Inverse takes a colour for the background, where it hides what it says. A terminal may take bold for a brighter colour: a brighter black is grey, and no text on yellow. */
function isHidden(style: Style, styles: readonly Style[], colours: Colours): boolean {
	if (styles.includes('selected')) return style === 'bold' || colours === 'none' || colours === 'unknown';
	return style === 'bold' && styles.some(other => grounds.includes(looks[colours][other]));
}
