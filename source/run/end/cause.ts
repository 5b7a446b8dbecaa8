import type {EndingSignal} from '../../domain/ending-signals.js';

/** All that can end the program. */
export type Cause =
	/** What it was called for is done. */
	| {readonly type: 'done'}
	/** A person has quit. */
	| {readonly type: 'quit'}
	/** The way pgtop was called. */
	| {readonly type: 'usage'; readonly sentence: string}
	/** The server can't be had, or standard output can't be written. */
	| {readonly type: 'failure'; readonly sentence: string}
	| {readonly type: 'signal'; readonly signal: EndingSignal}
	/** The terminal is gone, and no signal has said so. */
	| {readonly type: 'no terminal'}
	/** A fault of pgtop's own: a screen that can't be drawn, or an exception that nobody caught. */
	| {readonly type: 'bug'; readonly error: unknown};

/** How the process ends. */
export type Exit = {
	/** Absent where a signal ends it better. */
	readonly code?: number;
	/** What ends it where it has no code, or can't exit. Nobody hears it any more. */
	readonly signal: EndingSignal;
};

const withCode = (code: number): Exit => ({code, signal: 'SIGTERM'});

/** A signal counts 128 more than its number. */
const codesOfSignals: Readonly<Record<Exclude<EndingSignal, 'SIGHUP'>, number>> = {
	SIGINT: 130,
	SIGQUIT: 131,
	SIGTERM: 143,
};

/**
How the process ends for each cause. `isAway`: the shell has the terminal.

At an exit with a code Node resets the terminal. It aborts where that is gone, and is stopped by the system where that is the shell's: there a signal ends it better.
*/
export function exitOf(cause: Cause, isAway: boolean): Exit {
	switch (cause.type) {
		case 'done':
		case 'quit':
			return withCode(0);
		case 'failure':
			return withCode(1);
		case 'usage':
			return withCode(2);
		case 'bug':
			// As in sysexits.h.
			return withCode(70);
		case 'signal': {
			const {signal} = cause;
			return isAway || signal === 'SIGHUP' ? {signal} : {code: codesOfSignals[signal], signal};
		}
		case 'no terminal':
			return {signal: 'SIGHUP'};
	}
}
