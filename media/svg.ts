import xterm, {type IBufferCell, type IBufferLine} from '@xterm/headless';

/** Of the terminal in the pictures, in cells. */
export const size = {columns: 106, rows: 26};

const paper = '#15171c';
const ink = '#d5d9e0';

/** The eight colours of a terminal and their bright ones: each readable on the paper and under the ink. */
const palette = [
	...['#3b404a', '#f2777a', '#93c872', '#e3b95f', '#76a9ea', '#c594e0', '#63c3c8', '#d5d9e0'],
	...['#7d8590', '#ff8f8f', '#a9dd88', '#f2cd7a', '#90bdf5', '#d5abec', '#7fd8dc', '#ffffff'],
];

const font = {
	families: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace",
	size: 14,
};
const cell = {width: 8.4, height: 19, baseline: 14};
const margin = {top: 44, side: 16, bottom: 14};

type Look = {
	readonly fill: string;
	readonly back: string;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isUnderlined: boolean;
};

/** Cells side by side that look the same. */
type Run = Look & {readonly x: number; readonly width: number; readonly text: string};

/** What a terminal shows after these bytes, as an SVG: every cell in its place, the text as text. */
export async function toSvg(bytes: Uint8Array, title: string): Promise<string> {
	const {columns, rows} = size;
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	await new Promise<void>(resolve => terminal.write(bytes, resolve));
	const buffer = terminal.buffer.active;
	const width = columns * cell.width + 2 * margin.side;
	const height = margin.top + rows * cell.height + margin.bottom;
	const lines = Array.from({length: rows}, (_, y) => lineSvg(runsOf(buffer.getLine(y), columns), y));
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${height}" viewBox="0 0 ${round(width)} ${height}" role="img" xml:space="preserve">
<title>${escapeXml(title)}</title>
<style>text{font:${font.size}px ${font.families};fill:${ink};white-space:pre}.b{font-weight:bold}.d{opacity:.68}.u{text-decoration:underline}.t{fill:#9aa1ab;text-anchor:middle}</style>
<rect width="100%" height="100%" rx="9" fill="${paper}"/>
<path d="M0 30V9a9 9 0 0 1 9-9h${round(width - 18)}a9 9 0 0 1 9 9v21z" fill="#24272e"/>
<g fill="#4a4f59"><circle cx="20" cy="15" r="5.5"/><circle cx="39" cy="15" r="5.5"/><circle cx="58" cy="15" r="5.5"/></g>
<text class="t" x="${round(width / 2)}" y="20">${escapeXml(title)}</text>
${lines.filter(line => line !== '').join('\n')}
</svg>
`;
}

function lineSvg(runs: readonly Run[], y: number): string {
	const top = margin.top + y * cell.height;
	const backs = runs
		.filter(({back}) => back !== paper)
		.map(
			({x, width, back}) =>
				`<rect x="${left(x)}" y="${top}" width="${round(width * cell.width)}" height="${cell.height}" fill="${back}"/>`,
		);
	return [...backs, ...runs.map(run => runSvg(run, top + cell.baseline))].join('');
}

/** Whatever font the reader has, the run is as wide as its cells. */
function runSvg({x, width, text, fill, isBold, isDim, isUnderlined}: Run, y: number): string {
	const shown = text.trim();
	if (shown === '') return '';
	const indent = text.length - text.trimStart().length;
	const styles = [isBold && 'b', isDim && 'd', isUnderlined && 'u']
		.filter(style => style !== false)
		.join(' ');
	const attributes = [
		`x="${left(x + indent)}" y="${y}" textLength="${round((width - text.length + shown.length) * cell.width)}" lengthAdjust="spacingAndGlyphs"`,
		styles && `class="${styles}"`,
		fill !== ink && `style="fill:${fill}"`,
	];
	return `<text ${attributes.filter(Boolean).join(' ')}>${escapeXml(shown)}</text>`;
}

function runsOf(line: IBufferLine | undefined, columns: number): readonly Run[] {
	const runs: Run[] = [];
	for (let x = 0; x < columns; x++) {
		const at = line?.getCell(x);
		if (!at || at.getWidth() === 0) continue;
		const look = lookOf(at);
		const [text, width] = [at.getChars() || ' ', at.getWidth()];
		const last = runs.at(-1);
		// One that is wide, or of several characters, stands alone: the others are one character to a cell.
		const isPlain = text.length === 1 && width === 1;
		if (last && isPlain && last.text.length === last.width && looksLike(last, look)) {
			runs[runs.length - 1] = {...last, width: last.width + 1, text: last.text + text};
		} else runs.push({...look, x, width, text});
	}

	return runs;
}

function lookOf(at: IBufferCell): Look {
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

const looksLike = (a: Look, b: Look) =>
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

const round = (value: number) => Math.round(value * 100) / 100;

const left = (x: number) => round(margin.side + x * cell.width);

const escapeXml = (text: string) =>
	text.replace(/[&<>]/g, character => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[character] ?? '');
