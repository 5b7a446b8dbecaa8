import type {Missing} from '../../domain/server/snapshot.js';

/** A part that is not asked for. */
export type LeftOut = Missing & {
	/** When the part is asked for again; Infinity: only after `r`, other rights or a new connection. */
	readonly askAt: number;
};
