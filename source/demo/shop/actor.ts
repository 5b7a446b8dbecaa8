/** What a session can do while it plays. Both reject when the session is ended. */
export type Stage = {
	ask(text: string, values?: readonly unknown[]): Promise<void>;
	rest(seconds: number): Promise<void>;
};

/** One session of the demo: who it is, and what it does again and again. */
export type Actor = {
	readonly user: string;
	readonly application: string;
	play(stage: Stage): Promise<void>;
};
