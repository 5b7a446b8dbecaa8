import type {Part, PartFacts, Snapshot} from '../domain/server/snapshot.js';

/** The pids of the sessions whose last query is wanted when they are idle, or all. */
export type IdleTexts = readonly number[] | 'all';

/** Where pictures come from: a connection to a server, and all that a recording can be. Promises reject with a `Failure`. */
export type Source = {
	/** As the first line of the screen names the server. A new connection may have found another one of several hosts. */
	readonly name?: string;
	/** The parts that this one has. */
	readonly parts: readonly PartFacts[];
	/** A picture with these parts; absent, with all. The picture names those that the server did not answer. No idle session has a text in it, but for those of `idleTexts`. */
	sample(parts?: readonly Part[], idleTexts?: IdleTexts): Promise<Snapshot>;
	close(): void;
};
