import process from 'node:process';
import {type EndingSignal, endingSignals} from '../ports/ending-signals.js';

/** `usage` is the way pgtop was called, `bug` a fault of pgtop's own, as in sysexits.h. A signal counts 128 more than its number. */
export const exitCodes = {
	server: 1,
	usage: 2,
	bug: 70,
	SIGHUP: 129,
	SIGINT: 130,
	SIGQUIT: 131,
	SIGTERM: 143,
} as const;

/** What ends the program without its own doing. */
export type Cause =
	| {readonly type: 'signal'; readonly signal: EndingSignal}
	/** An exception that nobody caught. */
	| {readonly type: 'bug'; readonly error: unknown};

/** Whoever has changed the terminal hears first of what ends the program, to put the terminal back. */
export type Life = {
	/** `end` hears of every cause until the returned function is called. Until then no signal ends the process by itself. */
	hold(end: (cause: Cause) => void): () => void;
};

/** `die` is called with an exception while nobody holds the terminal. */
export function openLife(die: (error: unknown) => void): Life {
	let holder: ((cause: Cause) => void) | undefined;
	const fail = (error: unknown) => (holder ? holder({type: 'bug', error}) : die(error));
	process.on('uncaughtException', fail);
	process.on('unhandledRejection', fail);

	return {
		hold(end) {
			holder = end;
			const hear = (signal: NodeJS.Signals) => end({type: 'signal', signal: signal as EndingSignal});
			for (const signal of endingSignals) process.on(signal, hear);
			return () => {
				holder = undefined;
				for (const signal of endingSignals) process.off(signal, hear);
			};
		},
	};
}
