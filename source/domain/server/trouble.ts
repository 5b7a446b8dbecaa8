/** Why the server gave nothing, in one sentence, and what to try against that. */
export type Trouble = {
	readonly why: string;
	/** Said by a run that wants only one picture: a person at the screen sees whether the next one comes. */
	readonly hint?: string;
};
