/** What the process of a session uses on this machine. Rates are of the time between two pictures, and absent before the second. */
export type ProcessUse = {
	/** Of one CPU, 0 to 1 and more. */
	readonly cpu?: number;
	/** Memory of its own, without what is shared, in bytes: RssAnon. */
	readonly memory?: number;
	/** From and to storage, in bytes a second. */
	readonly read?: number;
	readonly written?: number;
};
