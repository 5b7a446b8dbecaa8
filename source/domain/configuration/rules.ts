import type {ThresholdName} from '../server/thresholds.js';
import type {Some} from '../some.js';

/** A value, and where it stands: `line 12` of the file, a flag, or `default`. */
export type Told<Value> = {readonly value: Value; readonly from: string};

/** When a question is asked first, from the least strict to the strictest. */
export const confirms = ['never', 'auto', 'always'] as const;

export type Confirm = (typeof confirms)[number];

export type Sort = {
	/** Id of a column. */
	readonly column: string;
	/** Against the first order of that column. */
	readonly isReversed: boolean;
};

/** What can be said of every server, or in the section of one. What is absent was not said. */
export type Rules = {
	/** Red label, and unless the same section says otherwise, a question before each signal and no signal at all. */
	readonly isProduction?: Told<boolean>;
	readonly confirm?: Told<Confirm>;
	readonly isReadOnly?: Told<boolean>;
	/** In milliseconds. */
	readonly interval?: Told<number>;
	/** Ids, in their order on the screen. */
	readonly columns?: Told<Some<string>>;
	readonly sort?: Told<Sort>;
	/** Roles of a hosting service: their sessions are shown with the background processes. */
	readonly serviceRoles?: Told<readonly string[]>;
	readonly thresholds?: {readonly [name in ThresholdName]?: Told<number>};
};

/** What is said of one server. */
export type Section = {
	readonly name: string;
	/** Where the name is that of a folder: what it is without links. */
	readonly folder?: string;
	readonly rules: Rules;
};

/** What a configuration file says, and what a person has typed, which comes before it. */
export type Configuration = {
	readonly rules: Rules;
	readonly sections: readonly Section[];
	readonly typed: Rules;
};

/** No file, and nothing typed. */
export const noConfiguration: Configuration = {rules: {}, sections: [], typed: {}};
