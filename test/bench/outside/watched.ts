import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import type {Terminal as Screen} from '@xterm/headless';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {openScreen} from '../../helpers/terminal/open-screen.js';

type Chunk = {readonly at: number; readonly bytes: Buffer};

/** A program in a terminal, and when it wrote what. Its bytes are put on the screen only when that is looked at, so that drawing takes no time from the program. */
export type Watched = {
	readonly pid: number;
	readonly startedAt: number;
	/** Returns when it was typed. */
	type(keys: string): number;
	/** When the screen first was so; undefined where it did not come to that. Asked after each piece that was written, with the time at which it came. */
	until(isSo: (shown: Shown, at: number) => boolean, milliseconds: number): Promise<number | undefined>;
	/** Sizes of what was written since. */
	written(since: number): readonly {readonly at: number; readonly size: number}[];
	/** The screen as it is now. */
	look(): Promise<Shown>;
	/** By force. */
	end(): Promise<void>;
};

export type Shown = {
	lines(): readonly string[];
	/** Letters and colours of all cells. */
	picture(): string;
};

export const size = {columns: 200, rows: 50};

const open = new Set<Watched>();

/** Whatever runs is ended. */
export async function endWatched(): Promise<void> {
	await Promise.all([...open].map(async watched => watched.end()));
}

export function watch(command: readonly string[], env: Readonly<Record<string, string>>): Watched {
	const [file = '', ...words] = command;
	const {columns: cols, rows} = size;
	const startedAt = performance.now();
	const pty = spawn(file, words, {
		cols,
		rows,
		cwd: process.cwd(),
		env: {...cleanEnvironment(), ...env},
		encoding: null,
	});
	const watched = operate(pty, startedAt, openScreen(cols, rows, true));
	open.add(watched);
	return watched;
}

function operate(pty: IPty, startedAt: number, screen: Screen): Watched {
	const sizes: {at: number; size: number}[] = [];
	const waiting: Chunk[] = [];
	let isOver = false;
	pty.onData(data => {
		const bytes = data as unknown as Buffer;
		const at = performance.now();
		sizes.push({at, size: bytes.length});
		waiting.push({at, bytes});
	});
	const ended = new Promise<void>(resolve => {
		pty.onExit(() => {
			isOver = true;
			resolve();
		});
	});
	screen.onData(answer => isOver || pty.write(answer));
	const draw = async (bytes: Buffer) => new Promise<void>(resolve => screen.write(bytes, resolve));
	const shown: Shown = {
		lines: () =>
			Array.from({length: screen.rows}, (_, row) => {
				const {active} = screen.buffer;
				return active.getLine(active.baseY + row)?.translateToString(true) ?? '';
			}),
		picture: () => pictureOf(screen),
	};
	const watched: Watched = {
		pid: pty.pid,
		startedAt,
		type(keys) {
			const at = performance.now();
			pty.write(keys);
			return at;
		},
		async until(isSo, milliseconds) {
			const over = performance.now() + milliseconds;
			for (;;) {
				const isLast = isOver || performance.now() > over;
				for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
					await draw(chunk.bytes);
					if (isSo(shown, chunk.at)) return chunk.at;
				}

				if (isLast) return undefined;
				await wait(50);
			}
		},
		written: since => sizes.filter(({at}) => at >= since),
		async look() {
			await draw(Buffer.concat(waiting.splice(0).map(({bytes}) => bytes)));
			return shown;
		},
		async end() {
			if (!isOver) pty.kill('SIGKILL');
			await ended;
			open.delete(watched);
			screen.dispose();
		},
	};
	return watched;
}

function pictureOf({buffer: {active}, rows, cols}: Screen): string {
	const cell = active.getNullCell();
	let picture = '';
	for (let row = 0; row < rows; row++) {
		const line = active.getLine(active.baseY + row);
		for (let column = 0; column < cols; column++) {
			line?.getCell(column, cell);
			picture += `${cell.getChars()}${cell.isInverse()}${cell.isBold()}${cell.getFgColor()}${cell.getBgColor()} `;
		}
	}

	return picture;
}
