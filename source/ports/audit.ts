import type {OutcomeFacts, SignalFacts, SignalRecord} from '../domain/signal/record.js';
import type {Some} from '../domain/some.js';

/** A signal to write down. `statement` is what sends it. */
export type SignalEntry = {readonly number: number; readonly facts: SignalFacts; readonly statement: string};

/** Where signals are written down: the port between the program and the audit file. `number` tells the signals of a run apart. */
export type Audit = {
	/** Writes the signals of one key down before any of them is sent, in one write. Rejects with a sentence when that can't be done in time: then none of them may be sent. */
	signal(entries: Some<SignalEntry>): Promise<void>;
	/** Keeps signals in memory that are sent although they can't be written. */
	keep(entries: Some<SignalEntry>): void;
	/** Writes down what came of a signal; keeps that in memory where it can't be written. */
	outcome(number: number, facts: OutcomeFacts): void;
	/** Resolves, when nothing is being written any more, with the lines that could not be written. */
	close(): Promise<readonly string[]>;
};

/** Who sends the signals of a run. */
export type Author = Pick<SignalRecord, 'osUser' | 'sudoUser' | 'sshClient'>;
