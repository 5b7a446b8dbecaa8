import type {Tone} from '../../../domain/list/style.js';

/** A value of the header, with its label. */
export type Figure = {
	/** The lowest has room first. */
	readonly rank: number;
	readonly label: string;
	/** Where room is short. */
	readonly shortLabel?: string;
	/** The label stands behind the text: `15 active`. */
	readonly isCount?: true;
	/** As wide in every picture, so that nothing jumps. */
	readonly text: string;
	/** It is over its threshold. */
	readonly tone?: Tone | undefined;
	/** There is nothing to see. */
	readonly isQuiet?: boolean;
	/** Of what has a limit: how much of it is used, 0 to 1. */
	readonly share?: number;
	/** Of what moves: how it has. */
	readonly before?: string;
};
