import {clean} from '../../domain/text/clean.js';
import {shorten} from '../../domain/text/shorten.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {filterCount, hiddenMatches} from './filter-count.js';
import {slowTexts} from './filter-of.js';

/** What a filter never looks at: texts of the list are fetched for that alone. */
export const notSearched = 'not searched: texts of idle sessions, and behind 1,024 bytes';

/** Whether a regex could not be run over all texts of the picture. */
export const isFilterSlow = (state: State): boolean =>
	state.screen.filter !== undefined && slowTexts(state.screen.filter, pictureOf(state)) > 0;

/** Whether the filter in force looks at texts. */
export const isOfTexts = ({screen: {filter}}: State): boolean =>
	filter?.terms.some(({type}) => type === 'any' || type === 'regex') ?? false;

/** The filter that is in force, in at most `longest` UTF-16 units, and how much it finds: nobody must take what is listed for all that there is. */
export function filterSentence(state: State, longest: number): string | undefined {
	const {filter} = state.screen;
	if (!filter) return undefined;
	const {shown, of} = filterCount(state);
	const slow = slowTexts(filter, pictureOf(state));
	const untold = slow === 0 ? '' : `, ${slow} text${slow === 1 ? ' takes' : 's take'} a regex too long`;
	// Who looks for a process must not take it for gone.
	const hidden = shown === 0 ? hiddenMatches(state) : 0;
	const more = hidden === 0 ? '' : ` (and ${hidden} hidden: i, a)`;
	return `filter ${shorten(clean(filter.text), longest)}: ${shown} of ${of}${more}${untold}`;
}
