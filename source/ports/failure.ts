/** Why something could not be had from the server, in one sentence that is safe to print. */
export type Failure = {
	readonly sentence: string;
	/** What to try, for a run that wants only one picture: a person at the screen sees whether the next one comes. */
	readonly hint?: string;
	/** The connection is gone, or can't be trusted any more: only a new one helps. */
	readonly isLost: boolean;
	/** The same refusal was told before, and nothing was tried now. */
	readonly isOld?: true;
	/** A refused login: a new try would get the same answer, until somebody changes something. */
	readonly isFinal?: true;
	/** Who was refused, by role, host and database. Present where another password, which a person knows, may help. */
	readonly passwordFor?: string;
};

export const isFailure = (error: unknown): error is Failure =>
	typeof error === 'object' && error !== null && 'sentence' in error && typeof error.sentence === 'string';
