import {clean} from '../../domain/text/clean.js';
import type {FlagsOf, OptionTable} from '../../tables/option.js';

type Bad = {readonly type: 'bad'; readonly sentence: string};

/** What was understood of the command line. */
export type Arguments<Table extends OptionTable> =
	| {readonly type: 'run'; readonly flags: FlagsOf<Table>}
	| {readonly type: 'help'; readonly text: string}
	| {readonly type: 'version'}
	| Bad;

export const badArguments = (sentence: string): Bad => ({type: 'bad', sentence: clean(sentence)});
