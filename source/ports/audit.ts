import type {OutcomeFacts, SignalFacts, SignalRecord} from '../domain/signal/record.js';

/** Where signals are written down: the port between the program and the audit file. `number` tells the signals of a run apart. */
export type Audit = {
	/** Before a signal is sent. Rejects with a sentence when it can't be written in time. */
	signal(number: number, facts: SignalFacts, statement: string): Promise<void>;
	/** A signal that is sent although it can't be written: kept in memory. */
	keep(number: number, facts: SignalFacts, statement: string): void;
	/** What came of it; kept in memory where it can't be written. */
	outcome(number: number, facts: OutcomeFacts): void;
	/** Settles when nothing is being written any more; with the lines that could not be. */
	close(): Promise<readonly string[]>;
};

/** Who sends the signals of a run. */
export type Author = Pick<SignalRecord, 'osUser' | 'sudoUser' | 'sshClient'>;
