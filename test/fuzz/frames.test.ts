import type {Terminal as Screen} from '@xterm/headless';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {openFrames} from '../../source/ink/frames.js';
import {drawnText} from '../../source/lines/paint.js';
import {screenLines} from '../../source/lines/screen.js';
import type {State} from '../../source/state/state.js';
import {openPainter} from '../../source/terminal/painter/painter.js';
import {cellsOfCharacter, openScreen} from '../helpers/terminal/open-screen.js';
import {repliesOf} from './actions.js';
import {worldOf} from './pictures.js';
import {runsOf, seed, timeout} from './runs.js';
import {anyStart, anySteps, type Start, type Step, Walk} from './walk.js';

const numRuns = runsOf(300);

/** All that the painter may say: moves and erasures within the screen, styles, wrapping and synchronised output. */
const own = /\u001B\[(?:\d*(?:;\d+)*[A-HJKfm]|\?(?:7|2026)[hl])/g;

/** The emulator has two columns at least. */
const wideEnough = <Size extends {readonly columns: number}>(size: Size): Size => ({
	...size,
	columns: Math.max(2, size.columns),
});

/** What stands in each cell of a line, the second half of a wide character as nothing; without what joins another. */
function cellsOfLine(text: string, columns: number): readonly string[] {
	const cells: string[] = [];
	for (const character of text) {
		const width = cellsOfCharacter(character);
		if (width > 0) cells.push(character, ...(width === 2 ? [''] : []));
	}

	return [...cells, ...Array.from({length: columns - cells.length}, () => ' ')];
}

/** The same as the terminal has it. */
const cellsOnRow = ({buffer: {active}, cols}: Screen, row: number): readonly string[] =>
	Array.from({length: cols}, (_, column) => {
		const cell = active.getLine(active.baseY + row)?.getCell(column);
		return cell?.getWidth() === 0 ? '' : String.fromCodePoint(cell?.getChars().codePointAt(0) ?? 0x20);
	});

const withoutStyles = (line: string) => line.replace(/\u001B\[[\d;]*m/g, '');

/** A terminal with the program's screen on it, drawn by Ink and the painter as the program does. */
function openStage(walk: Walk, start: Start, colours: 'none' | 'unknown' | 'dark' | 'light') {
	const {columns, rows} = start.size;
	const screen = openScreen(columns, rows, true);
	const said: string[] = [];
	screen.onTitleChange(title => said.push(`title ${title}`));
	screen.onBell(() => said.push('bell'));
	screen.onData(answer => said.push(`answer ${JSON.stringify(answer)}`));
	screen.write('\u001B[?1049h\u001B[?25l');
	let written = '';
	const painter = openPainter({
		get columns() {
			return screen.cols;
		},
		get rows() {
			return screen.rows;
		},
		write(text, done) {
			written += text;
			screen.write(text, done);
		},
	});
	const listeners = new Set<() => void>();
	let last: {readonly lines: readonly string[]; readonly state: State} | undefined;
	const frames = openFrames({
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		getState: () => walk.state,
		colours,
		onFrame(lines, state) {
			last = {lines, state};
			painter.paint(lines, () => {});
		},
		onCrash(error) {
			throw error;
		},
	});
	return {
		changed() {
			for (const listener of listeners) listener();
		},
		resize(to: {readonly columns: number; readonly rows: number}) {
			screen.resize(to.columns, to.rows);
			painter.forget();
		},
		/** Once everything has come, the terminal shows the lines of the state, and nothing else has happened to it. */
		async settles() {
			for (let turns = 0; turns < 100 && last?.state !== walk.state; turns++)
				await new Promise(resolve => setImmediate(resolve));
			expect(last?.state).toBe(walk.state);
			const {lines = []} = last ?? {};
			painter.paint(lines, () => {});
			await new Promise<void>(resolve => screen.write('', resolve));
			await new Promise<void>(resolve => screen.write('', resolve));
			const texts = lines.map(withoutStyles);
			const drawn = screenLines(walk.state);
			if (drawn.type === 'lines') {
				const wanted = drawn.lines.map(line =>
					line
						.map(({text}) => drawnText(text))
						.join('')
						.trimEnd(),
				);
				expect(texts.map(text => text.trimEnd())).toEqual(wanted);
			}

			expect(texts.length).toBeLessThanOrEqual(screen.rows);
			// Quicker than `expect`, which is called too often here.
			for (let row = 0; row < screen.rows; row++) {
				const wanted = cellsOfLine(texts[row] ?? '', screen.cols);
				const shown = cellsOnRow(screen, row);
				if (shown.some((cell, column) => cell !== wanted[column])) expect(shown).toEqual(wanted);
			}

			expect(written.replace(own, '').match(/[\0-\u001F\u007F-\u009F]/g)).toBeNull();
			expect(said).toEqual([]);
			expect(screen.buffer.active.type).toBe('alternate');
			written = '';
		},
		close() {
			frames.close();
			screen.dispose();
		},
	};
}

/** The terminal changes its size before the program hears of it, perhaps while a frame is on its way. */
const resizeOf = (step: Step) =>
	step.type === 'happens' && step.what === 'resized' ? wideEnough(step.dice.size) : undefined;

const narrowed = (step: Step): Step =>
	'dice' in step ? {...step, dice: {...step.dice, size: wideEnough(step.dice.size)}} : step;

test('whatever happens, the terminal shows in every cell what the state says, and hears nothing else', {
	timeout,
}, async () => {
	const world = worldOf(seed);
	const replies = repliesOf(seed);
	let frames = 0;
	await fc.assert(
		fc.asyncProperty(
			anyStart,
			anySteps,
			fc.constantFrom('none', 'unknown', 'dark', 'light'),
			async (begun, steps, colours) => {
				const start = {...begun, size: wideEnough(begun.size)};
				const walk = new Walk(start, world, replies);
				const stage = openStage(walk, start, colours);
				try {
					for (const [index, step] of steps.map(narrowed).entries()) {
						const size = resizeOf(step);
						if (size) stage.resize(size);
						walk.step(step);
						stage.changed();
						frames++;
						if (index % 3 === 2) await stage.settles();
					}

					await stage.settles();
				} finally {
					stage.close();
				}
			},
		),
		{numRuns, seed},
	);
	expect(frames).toBeGreaterThan(numRuns);
});
