import type {Keyword} from './keywords.js';

/** A value, and where it was said: `-p`, `PGPORT`, `port in the URI`. */
export type GivenValue = {
	readonly text: string;
	readonly origin: string;
	/** Given by a flag or a variable, so that it can't be part of another value. */
	readonly isAlone: boolean;
};

export type GivenValues = {readonly [Key in Keyword]?: GivenValue};

export type BadValue = {readonly type: 'bad'; readonly sentence: string};
