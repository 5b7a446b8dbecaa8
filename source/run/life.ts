import process from 'node:process';

/** The server; the way pgtop was called; a fault of pgtop's own, as sysexits.h has it; 128 and more a signal. */
export const exitCodes = {
	server: 1,
	usage: 2,
	bug: 70,
	SIGHUP: 129,
	SIGINT: 130,
	SIGQUIT: 131,
	SIGTERM: 143,
} as const;

const signals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** What ends the program from outside of it. */
export type Cause =
	| {readonly type: 'signal'; readonly signal: (typeof signals)[number]}
	/** An exception that nobody caught. */
	| {readonly type: 'bug'; readonly error: unknown};

/** Who has changed the terminal hears first of what ends the program, to put it back. */
export type Life = {
	/** From now on `end` hears of every cause, and no signal ends the process by itself, until the returned function is called. */
	hold(end: (cause: Cause) => void): () => void;
};

/** `die` is told of an exception while nobody holds the terminal. */
export function openLife(die: (error: unknown) => void): Life {
	let holder: ((cause: Cause) => void) | undefined;
	const fail = (error: unknown) => (holder ? holder({type: 'bug', error}) : die(error));
	process.on('uncaughtException', fail);
	process.on('unhandledRejection', fail);

	return {
		hold(end) {
			holder = end;
			const hear = (signal: NodeJS.Signals) =>
				end({type: 'signal', signal: signal as (typeof signals)[number]});
			for (const signal of signals) process.on(signal, hear);
			return () => {
				holder = undefined;
				for (const signal of signals) process.off(signal, hear);
			};
		},
	};
}
