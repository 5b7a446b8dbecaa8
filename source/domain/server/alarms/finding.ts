/** What is wrong. */
export type Finding = {
	readonly text: string;
	/** What to know about it. */
	readonly more?: string;
	/** What pgtop does about it by itself while it runs. */
	readonly next?: string;
	/** It hurts, or is about to. Anything else is open. */
	readonly isRed?: true;
	/** The session that is meant. */
	readonly pid?: number;
};
