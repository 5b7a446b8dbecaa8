import xterm from '@xterm/headless';
import {cell, escapeXml, margin, round, type Size, topOf} from './layout.js';
import {ink, paper} from './look.js';
import {type Run, runsOf} from './runs-of.js';

/** What a terminal shows after these bytes: an SVG of each line, every cell in its place, the text as text. Blank lines are ''. */
export async function linesOf(bytes: Uint8Array, {columns, rows}: Size): Promise<readonly string[]> {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	await new Promise<void>(resolve => terminal.write(bytes, resolve));
	const buffer = terminal.buffer.active;
	return Array.from({length: rows}, (_, row) => lineSvg(runsOf(buffer.getLine(row), columns), row));
}

function lineSvg(runs: readonly Run[], row: number): string {
	const top = topOf(row);
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

const left = (x: number) => round(margin.side + x * cell.width);
