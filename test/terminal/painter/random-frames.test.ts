import type {Terminal as Screen} from '@xterm/headless';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {openPainter, type Painter} from '../../../source/terminal/painter/painter.js';
import {after, lineOf, type Step, steps} from './frames.js';
import {lookOf, openLook} from './look.js';

const start = {columns: 24, rows: 4};

const paintingOn = (screen: Screen): Painter =>
	openPainter({
		get columns() {
			return screen.cols;
		},
		get rows() {
			return screen.rows;
		},
		write(text, written) {
			screen.write(text);
			written();
		},
	});

/** Calls with the screen and the lines of each frame; `room` is how many cells a line may have on a screen of so many. */
async function play(
	all: readonly Step[],
	room: (columns: number) => number,
	onFrame: (screen: Screen, lines: readonly string[]) => Promise<void>,
): Promise<void> {
	const screen = openLook(start.columns, start.rows);
	const painter = paintingOn(screen);
	let spans: Parameters<typeof after>[1] = [];
	for (const step of all) {
		if (step.type === 'resize') {
			await lookOf(screen);
			screen.resize(step.columns, step.rows);
		}

		if (step.type === 'forget') {
			screen.write('\u001B[2;3Hrubbish\u001B[41m\u001B[1mmore of it');
			painter.forget();
		}

		spans = after(step, spans);
		const lines = spans.map(line => lineOf(line, room(screen.cols)));
		painter.paint(lines, () => {});
		await onFrame(screen, lines);
	}

	screen.dispose();
}

test('whatever was shown before, a terminal shows what a fresh one does', async () => {
	let frames = 0;
	await fc.assert(
		fc.asyncProperty(steps, fc.constantFrom(-3, 0, 0, 0, 5), async (all, more) => {
			await play(
				all,
				columns => columns + more,
				async (screen, lines) => {
					const fresh = openLook(screen.cols, screen.rows);
					paintingOn(fresh).paint(lines, () => {});
					expect(await lookOf(screen)).toEqual(await lookOf(fresh));
					fresh.dispose();
					frames++;
				},
			);
		}),
		{numRuns: 220},
	);
	expect(frames).toBeGreaterThan(1000);
});

const leading = /^(?:\u001B\[[\d;:]*m)+/;

/** Without any cleverness: each line in its place. Styles wait behind the marks that join a letter. */
function plainly(lines: readonly string[], rows: number): string {
	const drawn = lines.slice(0, rows).map((line, row) => {
		const [first = ''] = leading.exec(line) ?? [];
		const joined = line
			.slice(first.length)
			.replace(
				/(?:\u001B\[[\d;:]*m|[\p{Mn}\p{Me}])+/gu,
				both => both.replace(/[^\p{Mn}\p{Me}]+/gu, '') + both.replace(/[\p{Mn}\p{Me}]+/gu, ''),
			);
		return `\u001B[m\u001B[${row + 1}H${first}${joined}`;
	});
	return `\u001B[?7l${drawn.join('')}`;
}

test('a terminal shows the lines as they are', async () => {
	await fc.assert(
		fc.asyncProperty(steps, async all => {
			await play(
				all,
				columns => columns,
				async (screen, lines) => {
					const plain = openLook(screen.cols, screen.rows);
					plain.write(plainly(lines, screen.rows));
					expect(await lookOf(screen)).toEqual(await lookOf(plain));
					plain.dispose();
				},
			);
		}),
		{numRuns: 100},
	);
});
