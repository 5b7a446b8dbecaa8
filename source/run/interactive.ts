import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import type {ReadStream, WriteStream} from 'node:tty';
import {openScreen} from '../ink/screen-handle.js';
import type {Audit} from '../ports/audit.js';
import type {Connect} from '../ports/connect.js';
import {pictureOf} from '../state/picture.js';
import {lastSentences} from '../state/signal/sentences.js';
import type {Settings} from '../state/state.js';
import {isForeground} from '../terminal/foreground.js';
import {stopJob} from '../terminal/stop-job.js';
import {eraseScreen, lendModes, lendScreen, sizeOf} from '../terminal/tty.js';
import {exitCodes, type Life} from './life.js';
import {openLoop} from './loop.js';

export type Program = {
	readonly settings: Settings;
	readonly connect: Connect;
	readonly audit: Audit | undefined;
	readonly isColoured: boolean;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** Makes of any text what the terminal can draw. */
	readonly drawable: (text: string) => string;
	readonly life: Life;
};

export type Ending = {
	readonly code: number;
	/** A sentence on every signal that was not seen to its end. */
	readonly lastWords: readonly string[];
	/** What ended it, when that was a fault of its own, and the server's version. */
	readonly bug?: {readonly error: unknown; readonly versions: readonly string[]};
};

/** How long the terminal may take to be put back, in milliseconds: whatever it does, the program ends. */
const leavesWithin = 1000;

/**
Puts terminal and screen around the loop. Runs until the person quits, or a signal or a fault of pgtop's own ends the program.

Resolves when the terminal is as it was before. Rejects with a `Failure` when the first connection can't be made.
*/
export async function runInteractive(program: Program): Promise<Ending> {
	const {settings, connect, audit, isColoured, stdin, stdout, drawable, life} = program;
	let settle: (ending: Ending) => void = () => {};
	const ending = new Promise<Ending>(resolve => {
		settle = resolve;
	});

	const loop = await openLoop({
		settings,
		connect,
		size: () => sizeOf(stdout),
		redraw: () => screen.redraw(),
		async suspend() {
			// Windows has no jobs.
			if (process.platform === 'win32') return;
			await screen.lend(stopUntilContinued);
			if (isLeaving) return;
			resize();
			// While the job was stopped, only the shell was told of a new size.
			process.kill(process.pid, 'SIGWINCH');
		},
		quit: () => void leave(0),
		audit,
	});

	let isAway = false;
	// The terminal has moved what was on it: in a narrower one, lines of its full width now take two.
	const resize = () => {
		loop.resize(sizeOf(stdout));
		if (!isAway) screen.redraw();
	};
	let bug: Ending['bug'];
	const crash = (error: unknown) => {
		const {version} = pictureOf(loop.getState())?.server ?? {};
		// The first fault counts: faults that follow from it say less.
		bug ??= {error, versions: version === undefined ? [] : [`PostgreSQL ${version}`]};
		void leave(exitCodes.bug);
	};
	let isLeaving = false;
	const leave = async (code: number) => {
		if (isLeaving) return;
		isLeaving = true;
		try {
			loop.end();
			stdin.off('data', loop.read);
			stdout.off('resize', resize);
			process.off('SIGTSTP', loop.suspend);
			// The shell has the terminal back already.
			if (!isAway) await Promise.race([screen.leave(), wait(leavesWithin, undefined, {ref: false})]);
		} catch (error) {
			crash(error);
		}

		release();
		settle({
			code: bug ? exitCodes.bug : code,
			lastWords: lastSentences(loop.getState()),
			...(bug && {bug}),
		});
	};

	const release = life.hold(cause =>
		cause.type === 'signal' ? void leave(exitCodes[cause.signal]) : crash(cause.error),
	);
	process.on('SIGTSTP', loop.suspend);
	// The default action of SIGTSTP stops the job, so our own handler has to stand aside.
	const stopUntilContinued = async () => {
		process.off('SIGTSTP', loop.suspend);
		isAway = true;
		do {
			await stopJob();
			// A signal that came with SIGCONT, such as one to end, is heard first. In the background the job stops again, as every job does that needs the terminal.
			await new Promise(setImmediate);
		} while (!isLeaving && !isForeground());
		if (isLeaving) return;
		process.on('SIGTSTP', loop.suspend);
		isAway = false;
	};

	const screen = openScreen({
		stdin: lendModes(stdin, () => !isAway && isForeground()),
		stdout: lendScreen(stdout, drawable, () => !isAway),
		subscribe: loop.subscribe,
		getState: loop.getState,
		isColoured,
		erase: () => stdout.write(eraseScreen),
		onDrawn: loop.drawn,
		onCrash: crash,
	});
	stdin.on('data', loop.read);
	// The terminal is gone: nothing is left to draw on, and no modes to put back.
	for (const stream of [stdin, stdout]) stream.on('error', () => void leave(exitCodes.SIGHUP));
	stdout.on('resize', resize);
	loop.start();
	return ending;
}
