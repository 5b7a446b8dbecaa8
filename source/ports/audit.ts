import type {OutcomeFacts, SignalFacts, SignalRecord} from '../domain/signal/record.js';

/** Where signals are written down: the port between the program and the audit file. `number` tells the signals of a run apart. */
export type Audit = {
	/** Writes a signal down before it is sent. Rejects with a sentence when that can't be done in time. */
	signal(number: number, facts: SignalFacts, statement: string): Promise<void>;
	/** Keeps a signal in memory that is sent although it can't be written. */
	keep(number: number, facts: SignalFacts, statement: string): void;
	/** Writes down what came of a signal; keeps that in memory where it can't be written. */
	outcome(number: number, facts: OutcomeFacts): void;
	/** Resolves, when nothing is being written any more, with the lines that could not be written. */
	close(): Promise<readonly string[]>;
};

/** Who sends the signals of a run. */
export type Author = Pick<SignalRecord, 'osUser' | 'sudoUser' | 'sshClient'>;
