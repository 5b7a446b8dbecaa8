import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import type {ReadStream, WriteStream} from 'node:tty';
import {openScreen} from '../ink/screen-handle.js';
import type {Audit} from '../ports/audit.js';
import type {Connect, Failure, Server} from '../ports/server.js';
import {initialState} from '../state/initial.js';
import {frameOf} from '../state/screen/frame-of.js';
import {lastWords} from '../state/signal/last-words.js';
import type {Settings} from '../state/state.js';
import {createEffects} from '../store/effects.js';
import {createStore} from '../store/store.js';
import {isForeground} from '../terminal/foreground.js';
import {eraseScreen, lendModes, lendScreen, sizeOf} from '../terminal/tty.js';
import {exitCodes, type Life} from './life.js';

export type Program = {
	readonly settings: Settings;
	readonly connect: Connect;
	readonly audit: Audit | undefined;
	readonly isColoured: boolean;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** Turns any text into one that the terminal can draw. */
	readonly drawable: (text: string) => string;
	readonly life: Life;
};

export type Ending = {
	readonly code: number;
	/** A sentence on every signal whose outcome was not seen. */
	readonly lastWords: readonly string[];
	/** The fault of pgtop's own that ended it, if any, and the server's version. */
	readonly bug?: {readonly error: unknown; readonly versions: readonly string[]};
};

/** How long a stop may take to come into effect, in milliseconds. */
const stopsWithin = 100;

/** How long the terminal may take to be put back, in milliseconds: the program ends whatever the terminal does. */
const leavesWithin = 1000;

/**
Wires server, store, terminal and screen together. Runs until the person quits, or a signal or a fault of pgtop's own ends the program.

Resolves when the terminal is as it was before. Rejects with a `Failure` when the first connection can't be made.
*/
export async function runInteractive(program: Program): Promise<Ending> {
	const {settings, connect, audit, isColoured, stdin, stdout, drawable, life} = program;
	let onLost: ((failure: Failure) => void) | undefined;
	const server: Server = await connect(failure => onLost?.(failure));

	return new Promise(resolve => {
		const effects = createEffects(server, connect, {
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
		const store = createStore(initialState(settings, sizeOf(stdout), performance.now()), {
			now: () => performance.now(),
			carryOut: effects.carryOut,
		});
		onLost = failure => effects.lose(failure, store.dispatch);

		const read = (bytes: Uint8Array) => store.dispatch({type: 'bytes', bytes});
		let isAway = false;
		// The terminal has moved what was on it: in a narrower one, lines of its full width now take two.
		const resize = () => {
			store.dispatch({type: 'resized', size: sizeOf(stdout)});
			if (!isAway) screen.redraw();
		};
		let bug: Ending['bug'];
		const crash = (error: unknown) => {
			const {version} = store.getState().server.snapshot?.server ?? {};
			// The first fault counts: faults that follow from it say less.
			bug ??= {error, versions: version === undefined ? [] : [`PostgreSQL ${version}`]};
			void leave(exitCodes.bug);
		};
		let isLeaving = false;
		const leave = async (code: number) => {
			if (isLeaving) return;
			isLeaving = true;
			try {
				store.stop();
				store.dispatch({type: 'leaving'});
				stdin.off('data', read);
				stdout.off('resize', resize);
				process.off('SIGTSTP', suspend);
				effects.close();
				// The shell has the terminal back already.
				if (!isAway) await Promise.race([screen.leave(), wait(leavesWithin, undefined, {ref: false})]);
			} catch (error) {
				crash(error);
			}

			release();
			resolve({
				code: bug ? exitCodes.bug : code,
				lastWords: lastWords(store.getState()),
				...(bug && {bug}),
			});
		};

		const release = life.hold(cause =>
			cause.type === 'signal' ? void leave(exitCodes[cause.signal]) : crash(cause.error),
		);
		const suspend = () => effects.carryOut({type: 'suspend'}, store.dispatch);
		process.on('SIGTSTP', suspend);
		// The default action of SIGTSTP stops the job, so our own handler has to stand aside.
		const stopUntilContinued = async () => {
			process.off('SIGTSTP', suspend);
			isAway = true;
			do {
				const continued = new Promise<void>(done => process.once('SIGCONT', () => done()));
				process.kill(0, 'SIGTSTP');
				// Where no shell could continue the job, it is not stopped at all.
				await Promise.race([continued, wait(stopsWithin)]);
				// A signal that came with SIGCONT, such as one to end, is heard first. In the background the job stops again, as every job does that needs the terminal.
				await new Promise(setImmediate);
			} while (!isLeaving && !isForeground());
			if (isLeaving) return;
			process.on('SIGTSTP', suspend);
			isAway = false;
		};

		const screen = openScreen({
			stdin: lendModes(stdin, () => !isAway && isForeground()),
			stdout: lendScreen(stdout, drawable, () => !isAway),
			subscribe: store.subscribe,
			getState: store.getState,
			isColoured,
			erase: () => stdout.write(eraseScreen),
			onDrawn: state => store.dispatch({type: 'drawn', frame: frameOf(state)}),
			onCrash: crash,
		});
		stdin.on('data', read);
		// The terminal is gone: nothing is left to draw on, and no modes to put back.
		for (const stream of [stdin, stdout]) stream.on('error', () => void leave(exitCodes.SIGHUP));
		stdout.on('resize', resize);
		store.start();
	});
}
