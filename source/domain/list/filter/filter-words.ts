import type {Micros} from '../../micros.js';
import type {Snapshot} from '../../server/snapshot.js';
import type {untold} from '../comparable.js';

/** What a row has in a field; untold where this role may not see it. */
export type ToldText = string | typeof untold | undefined;

/** How `name:text` is compared. An own function gets both in small letters. */
export type FieldMatch = 'inside' | 'start' | 'whole' | ((wanted: string, text: string) => boolean);

export type FilterField<V> = {
	readonly name: string;
	/** Other names that people have for it. */
	readonly also?: readonly string[];
	readonly match: FieldMatch;
	/** How `name=text` is compared, where the text is more than the field. */
	readonly equals?: (wanted: string, text: string) => boolean;
	text(value: V): ToldText;
	/** The only ones that can be asked for, as a sentence names them. */
	readonly allowed?: readonly string[];
	/** Other words for these. */
	readonly alsoAllowed?: readonly string[];
	readonly isNumber?: true;
};

/** What a filter can ask of the rows of a view. */
export type FilterWords<V extends object> = {
	readonly fields: readonly FilterField<V>[];
	/** By name, each with how long ago something began, in a picture that has the row. The one named `time` is asked by `>5m`. */
	readonly clocks: Readonly<Record<string, (value: V, picture: Snapshot) => Micros | '?' | undefined>>;
	/** The short texts that a plain word is looked for in, each on its own. */
	readonly plain: readonly ((value: V) => ToldText)[];
	/** The whole of it can also be asked for by a plain number. */
	readonly number?: (value: V) => number;
	/** The long text of a row: what a regex looks at, and plain words, too. */
	regexText(value: V): ToldText;
};
