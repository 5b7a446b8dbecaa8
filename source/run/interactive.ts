import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import type {ReadStream, WriteStream} from 'node:tty';
import type {Audit} from '../audit.js';
import type {Connect, Failure, Server} from '../server.js';
import {initialState} from '../state/initial.js';
import {frameOf, unfinished} from '../state/select.js';
import type {Settings} from '../state/state.js';
import {createEffects} from '../store/effects.js';
import {createStore} from '../store/store.js';
import {eraseScreen, lendModes, sizeOf} from '../terminal/tty.js';
import {openScreen} from '../ui/screen-handle.js';

export type Program = {
	readonly settings: Settings;
	readonly connect: Connect;
	readonly audit: Audit | undefined;
	readonly isColoured: boolean;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
};

export type Ending = {readonly code: number; readonly lastWords: readonly string[]};

/** How long a stop may take to come into effect, in milliseconds. */
const stopsWithin = 100;

const exitSignals = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/**
Wires server, store, terminal and screen together and runs until the person quits or a signal ends it.

Resolves with the exit code, and with a sentence on every signal that was not seen to its end; the terminal is as it was by then. Rejects with a `Failure` when the first connection can't be made.
*/
export async function runInteractive(program: Program): Promise<Ending> {
	const {settings, connect, audit, isColoured, stdin, stdout} = program;
	let onLost: ((failure: Failure) => void) | undefined;
	const server: Server = await connect(failure => onLost?.(failure));

	return new Promise(resolve => {
		const effects = createEffects(server, connect, {
			redraw: () => screen.redraw(),
			async suspend() {
				await screen.lend(stopUntilContinued);
				resize();
				// While the job was stopped the shell was told of another size, and not we.
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
		// The terminal has moved what was on it: lines that were as wide as it take two when it is narrower.
		const resize = () => {
			store.dispatch({type: 'resized', size: sizeOf(stdout)});
			if (!isAway) screen.redraw();
		};
		let isLeaving = false;
		// The signals keep their handlers: without one, what restores the terminal would end the process at once.
		const leave = async (code: number) => {
			if (isLeaving) return;
			isLeaving = true;
			store.stop();
			store.dispatch({type: 'leaving'});
			stdin.off('data', read);
			stdout.off('resize', resize);
			process.off('SIGTSTP', suspend);
			effects.close();
			await screen.leave();
			resolve({code, lastWords: unfinished(store.getState())});
		};

		const handlers = Object.entries(exitSignals).map(
			([signal, code]) => [signal as NodeJS.Signals, () => void leave(code)] as const,
		);
		for (const [signal, handler] of handlers) process.on(signal, handler);

		const suspend = () => effects.carryOut({type: 'suspend'}, store.dispatch);
		process.on('SIGTSTP', suspend);
		// A default action of SIGTSTP is what stops the job, so our own handler has to stand aside.
		const stopUntilContinued = async () => {
			process.off('SIGTSTP', suspend);
			isAway = true;
			const continued = new Promise<void>(done => process.once('SIGCONT', () => done()));
			process.kill(0, 'SIGTSTP');
			// Where no shell could continue it the job is not stopped at all.
			await Promise.race([continued, wait(stopsWithin)]);
			process.on('SIGTSTP', suspend);
			isAway = false;
		};

		const screen = openScreen({
			stdin: lendModes(stdin),
			stdout,
			subscribe: store.subscribe,
			getState: store.getState,
			isColoured,
			erase: () => stdout.write(eraseScreen),
			onDrawn: state => store.dispatch({type: 'drawn', frame: frameOf(state)}),
		});
		stdin.on('data', read);
		// The terminal is gone: there is nothing left to draw on, nor modes to put back.
		for (const stream of [stdin, stdout]) stream.on('error', () => void leave(exitSignals.SIGHUP));
		stdout.on('resize', resize);
		store.start();
	});
}
