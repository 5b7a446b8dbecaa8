import type {Micros} from '../../micros.js';
import type {untold} from '../comparable.js';

/** What a row has in a field: none, one or several texts, or untold where this role may not see it. */
export type ToldTexts = readonly string[] | typeof untold;

/** How `name:text` is compared. An own function gets both in small letters. */
export type FieldMatch = 'inside' | 'start' | 'whole' | ((wanted: string, text: string) => boolean);

export type FilterField<V> = {
	readonly name: string;
	readonly match: FieldMatch;
	/** How `name=text` is compared, where the text is more than the field. */
	readonly equals?: (wanted: string, text: string) => boolean;
	texts(value: V): ToldTexts;
	/** The only ones that can be asked for. */
	readonly allowed?: readonly string[];
	readonly isNumber?: true;
};

/** What a filter can ask of the rows of a view. */
export type FilterWords<V extends object> = {
	readonly fields: readonly FilterField<V>[];
	/** By name, each with how long ago something began. The one named `time` is asked by `>5m`. */
	readonly clocks: Readonly<Record<string, (value: V, at: Micros) => Micros | '?' | undefined>>;
	/** Where a plain word is looked for, each on its own. */
	readonly plain: readonly ((value: V) => ToldTexts)[];
	/** The whole of it can also be asked for by a plain number. */
	readonly number?: (value: V) => number;
	/** What a regex looks at; undefined where the row has none. */
	regexText(value: V): string | typeof untold | undefined;
};
