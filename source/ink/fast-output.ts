// Ink does not export it. Where Ink's own renderer imports it, the bundler takes this file here.
import Output from '../../node_modules/ink/build/output.js';

type Clip = Parameters<Output['clip']>[0];
type Options = Parameters<Output['write']>[3];
type Write = Options & {
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly clips: readonly Clip[];
};

// The codes that Ink and terminals understand alike.
const code = '(?:[0-4789]|2[2-9]|[34][0-79]|9[0-7]|10[0-7]|[34]8;5;\\d+)';
const style = `\\[${code}(?:;${code})*m`;
const styles = new RegExp(`\\x1B${style}`, 'g');
/** Anything but printable ASCII in styles. */
const unusual = new RegExp(`[^ -~\\x1B]|\\x1B(?!${style})`);
/** What Ink leaves out or writes in another way: that is also what joins the letter before it and has none. */
const unfit = new RegExp(
	`(?!\\x1B)\\p{Cc}|\\x1B(?!${style})|\\p{Default_Ignorable_Code_Point}|\\p{Cs}` +
		'|(?:^|\\x1B[^m]*m)[\\p{M}\\p{Grapheme_Extend}\\p{Emoji_Modifier}\\u0E33\\u0EB3]',
	'u',
);

const isStyled = (text: string) => text.includes('\u001B');
const isUsual = (line: string) => !unusual.test(line);
const isFit = (line: string) => isUsual(line) || !unfit.test(line);

/** No line has more cells than this. How Ink counts those of letters in styles, only Ink knows. */
function mostCells(line: string): number {
	if (!isUsual(line)) return isStyled(line) ? Infinity : 2 * line.length;
	return line.replace(styles, '').length;
}

/** A text without a cell would be held between two clips as well. So it counts as one. */
function isHeld({x, y, clips}: Write, lines: readonly string[]): boolean {
	const width = clips.length === 0 ? 0 : Math.max(1, ...lines.map(mostCells));
	return clips.every(
		({x1 = 0, x2 = Infinity, y1 = 0, y2 = Infinity}) =>
			x >= x1 && x + width <= x2 && y >= y1 && y + lines.length <= y2,
	);
}

/** What stands on a row so far, and in how many cells at most. */
type Row = {readonly text: string; readonly cells: number};

const blank: Row = {text: '', cells: 0};

/** Where nothing of the row lies under it or after it. */
function append({text, cells}: Row, x: number, drawn: string): Row | undefined {
	if (x < cells) return undefined;
	const end = isStyled(drawn) ? '\u001B[0m' : '';
	return {
		text: text + ' '.repeat(x - cells) + drawn + end,
		cells: isUsual(drawn) ? x + mostCells(drawn) : Infinity,
	};
}

/** The rows of a frame in which each text is whole, and comes after what stands on its row; undefined for any other frame. */
function joinRows(writes: readonly Write[], width: number, height: number): readonly string[] | undefined {
	const rows: Row[] = Array.from({length: height}, () => blank);
	for (const write of writes) {
		const {x, y, text, transformers} = write;
		const lines = text.split('\n');
		const isInside = Number.isInteger(x) && Number.isInteger(y) && x >= 0 && x <= width && y >= 0;
		// Ink ends the styles at the end of each line, and begins them anew.
		if (!isInside || !isHeld(write, lines) || (lines.length > 1 && isStyled(text))) return undefined;
		for (const [index, line] of lines.slice(0, Math.max(0, height - y)).entries()) {
			const drawn = transformers.reduce((so, transformer) => transformer(so, index), line);
			// Ink gives a transformer the text without what it leaves out, and the styles as it would write them.
			const isAnother = drawn !== line && (isStyled(line) || !isFit(line));
			if (isAnother || !isFit(drawn)) return undefined;
			const row = append(rows[y + index] ?? blank, x, drawn);
			if (!row) return undefined;
			rows[y + index] = row;
		}
	}

	return rows.map(({text}) => text.trimEnd());
}

/**
Draws what Ink's own output draws.

Ink takes every text apart into cells, twice, so that one can lie over another, and that takes most of the time of a frame. Where nothing overlaps and nothing is cut, it is enough to join the texts. The rest is left to Ink.
*/
export default class FastOutput extends Output {
	readonly #writes: Write[] = [];
	#clips: readonly Clip[] = [];

	override write(x: number, y: number, text: string, options: Options): void {
		super.write(x, y, text, options);
		if (text !== '') this.#writes.push({x, y, text, clips: this.#clips, ...options});
	}

	override clip(clip: Clip): void {
		super.clip(clip);
		this.#clips = [...this.#clips, clip];
	}

	override unclip(): void {
		super.unclip();
		this.#clips = this.#clips.slice(0, -1);
	}

	override get(): {output: string; height: number} {
		const {width, height} = this;
		const rows = Number.isInteger(height) ? joinRows(this.#writes, width, height) : undefined;
		return rows ? {output: rows.join('\n'), height} : super.get();
	}
}
