import type {ChosenFilter} from '../../domain/list/filter/chosen-filter.js';
import {parseFilter} from '../../domain/list/filter/parse-filter.js';
import {clean} from '../../domain/text/clean.js';
import {type Flags, optionFlag} from '../../tables/options.js';
import {sessionWords} from '../../views/sessions/filter-words.js';

/** The filter that the run begins with, if one was typed; or what is wrong with it, in one sentence. */
export function typedFilter({
	filter = '',
}: Pick<Flags, 'filter'>):
	| {readonly type: 'filter'; readonly filter?: ChosenFilter}
	| {readonly type: 'bad'; readonly sentence: string} {
	const text = clean(filter).trim();
	const parsed = parseFilter(text, sessionWords);
	if (parsed.type === 'bad') return {type: 'bad', sentence: `${optionFlag('filter')}: ${parsed.sentence}`};
	const {filter: terms} = parsed;
	return terms.length === 0 ? {type: 'filter'} : {type: 'filter', filter: {text, terms}};
}
