import type {Micros} from '../../micros.js';

/** What one word of a filter asks for. `isNot` turns it round. */
export type FilterTerm = {readonly isNot: boolean} & (
	| {readonly type: 'any'; readonly text: string}
	/** `:` as the field is searched, `=` the whole field. */
	| {readonly type: 'field'; readonly name: string; readonly sign: ':' | '='; readonly text: string}
	| {readonly type: 'clock'; readonly name: string; readonly sign: '<' | '>'; readonly micros: Micros}
	/** As it was typed: a slash in it is `\/`. */
	| {readonly type: 'regex'; readonly pattern: string}
);

/** All of its terms have to match. Without a term everything does. */
export type Filter = readonly FilterTerm[];

/** The clock of `>5m`. */
export const ownClock = 'time';
