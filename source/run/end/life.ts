import process from 'node:process';
import {type EndingSignal, endingSignals} from '../../domain/ending-signals.js';
import type {Audit} from '../../ports/audit.js';
import {isFailure} from '../../ports/failure.js';
import {failureSentence} from '../../postgres/failures/errors.js';
import {bugReport, bugSentence, type Known} from './bug-report.js';
import {type Cause, type Exit, exitOf} from './cause.js';
import {textsIn} from './error-words.js';

/** What the program holds while it runs. */
export type Held = {
	readonly screen: {
		/** Ends the loop, and puts the terminal back as it was. */
		leave(): Promise<void>;
		/** Whether the shell has the terminal: then nothing is put back. */
		isAway(): boolean;
		/** A sentence on every signal that was not seen to its end. */
		lastWords(): readonly string[];
		/** For the report of a bug: the server's version, and what was done and known. */
		known(): Pick<Known, 'versions' | 'actions' | 'state'>;
	};
	readonly audit: Pick<Audit, 'close'>;
	/** The server of --demo. */
	readonly demo: {stop(): Promise<void>};
};

/** The one owner of the program's life: whatever ends it ends here, but for a signal while there is no screen, which needs no help. */
export type Life = {
	/** From now on the end gives this up, too. While a screen is held, a signal ends it in order; without one, a signal ends the process at once. */
	hold(more: Partial<Held>): void;
	/** The first cause counts, but for a bug: that counts more than any other. */
	end(cause: Cause): void;
	isEnding(): boolean;
	/** Resolves when nothing is left to do but to exit. */
	readonly ended: Promise<Exit>;
};

/** A failure is an end that was to be expected; any other exception is a bug. */
export const causeOf = (error: unknown): Cause =>
	isFailure(error) ? {type: 'failure', sentence: failureSentence(error)} : {type: 'bug', error};

type Means = {
	/** pgtop's own. */
	readonly version: string;
	readonly environment: Readonly<NodeJS.ProcessEnv>;
	/** Says a sentence while there is no screen. */
	complain(sentence: string): void;
	/** Writes the report of a bug down. Resolves with the name of its file; rejects with a sentence. */
	keep(report: string): Promise<string>;
};

export function openLife({version, environment, complain, keep}: Means): Life {
	let held: Partial<Held> = {};
	let cause: Cause | undefined;
	let told: Cause | undefined;
	let settle: (exit: Exit) => void = () => {};
	const ended = new Promise<Exit>(resolve => {
		settle = resolve;
	});

	const hear = (signal: NodeJS.Signals) => end({type: 'signal', signal: signal as EndingSignal});
	const crash = (error: unknown) => end({type: 'bug', error});
	process.on('uncaughtException', crash);
	process.on('unhandledRejection', crash);

	/** A fault of one step does not keep the next ones from being done. */
	const attempt = async (step: () => unknown) => {
		try {
			await step();
		} catch (error) {
			crash(error);
		}
	};

	/** In one sentence, with the file that has the rest; where that can't be written, in few lines. */
	const tellBug = async (error: unknown) => {
		const less: Known = {versions: [`pgtop ${version}`], environment};
		// What was thrown may throw, too, when it is looked at.
		let sentence = 'a bug in pgtop ended it';
		try {
			const {versions = [], ...more}: Partial<Known> = held.screen?.known() ?? {};
			const hidden = textsIn([process.argv.slice(2), environment, more.state]);
			sentence = bugSentence(error, hidden);
			const all = {...less, ...more, hidden, versions: [...less.versions, ...versions]};
			complain(`${sentence}: report in ${await keep(bugReport(error, all))}`);
		} catch (reason) {
			try {
				const why = reason instanceof Error ? reason.message : String(reason);
				const hidden = textsIn([process.argv.slice(2), environment]);
				complain(`${sentence}: no report file: ${why}\n${bugReport(error, {...less, hidden})}`);
			} catch {
				complain(sentence);
			}
		}
	};

	/** Why it ends, once; a bug that came later, too. */
	const tell = async () => {
		if (cause === told || !cause) return;
		told = cause;
		if ('sentence' in cause) complain(cause.sentence);
		if (cause.type === 'bug') await tellBug(cause.error);
	};

	/** All that is done at the end, in this order. */
	const giveUp = async (first: Cause) => {
		await attempt(() => held.screen?.leave());
		// The terminal is as it was. From here on a signal ends the process at once, as usual.
		for (const signal of endingSignals) process.off(signal, hear);
		await attempt(() => {
			for (const sentence of held.screen?.lastWords() ?? []) complain(sentence);
		});
		await attempt(async () => {
			const kept = (await held.audit?.close()) ?? [];
			if (kept.length > 0) complain(`not written to the audit file:\n${kept.join('\n')}`);
		});
		await attempt(tell);
		await attempt(() => held.demo?.stop());
		await attempt(tell);
		settle(exitOf(cause ?? first, held.screen?.isAway() ?? false));
	};

	const end = (next: Cause) => {
		const isFirst = cause === undefined;
		// The first fault counts: faults that follow from it say less.
		if (isFirst || (next.type === 'bug' && cause?.type !== 'bug')) cause = next;
		if (isFirst) void giveUp(next);
	};

	return {
		hold(more) {
			if (more.screen) for (const signal of endingSignals) process.on(signal, hear);
			held = {...held, ...more};
		},
		end,
		isEnding: () => cause !== undefined,
		ended,
	};
}
