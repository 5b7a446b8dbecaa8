import type {ChosenFilter} from '../../domain/list/filter/chosen-filter.js';
import type {Filter} from '../../domain/list/filter/filter.js';
import {filterTest} from '../../domain/list/filter/filter-test.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import {findMatches} from '../../regex/find-matches.js';
import {sessionWords} from '../../views/sessions/filter-words.js';
import {sessions} from '../../views/sessions/view.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';

/** Whether a session matches, in a picture that has it. */
export type Matches = (backend: Backend, picture: Snapshot) => boolean;

/** What a regex has found in the texts of a picture; undefined where it was stopped first. */
type Found = ReadonlyMap<string, boolean | undefined>;

type Prepared = {
	readonly matches: Matches;
	/** The picture that the regexes were run over. */
	picture?: Snapshot;
	readonly found: Map<string, Found>;
};

/** Made once for each filter: a test knows what it has found in sessions that have not changed. */
const prepared = new WeakMap<Filter, Prepared>();

function prepare(terms: Filter): Prepared {
	const found = new Map<string, Found>();
	const matches = filterTest(terms, sessionWords, (pattern, text) => found.get(pattern)?.get(text));
	return {matches, found};
}

const regexesIn = (terms: Filter) => [
	...new Set(terms.flatMap(term => (term.type === 'regex' ? [term.pattern] : []))),
];

/** Runs a regex over the texts that it has not seen. A text that it took too long for is not tried again. Others are forgotten: new ones come for as long as pgtop runs. */
function searched(pattern: string, texts: ReadonlySet<string>, before: Found | undefined): Found {
	const fresh = [...texts].filter(text => !before?.has(text));
	const answers = fresh.length === 0 ? [] : findMatches(pattern, fresh);
	const after = new Map<string, boolean | undefined>();
	for (const text of texts) if (before?.has(text)) after.set(text, before.get(text));
	// In the one behind the last answer it was stopped. The next picture has the time for the others.
	for (const [index, text] of fresh.slice(0, answers.length + 1).entries()) after.set(text, answers[index]);
	return after;
}

const textsIn = (picture: Snapshot): ReadonlySet<string> =>
	new Set(
		sessions.rows(picture).flatMap(backend => {
			const text = sessionWords.regexText(backend);
			return typeof text === 'string' ? [text] : [];
		}),
	);

/** A filter that is ready for the sessions of a picture. */
function preparedFor(terms: Filter, picture: Snapshot | undefined): Prepared {
	const known = prepared.get(terms) ?? prepare(terms);
	prepared.set(terms, known);
	if (!picture || known.picture === picture) return known;
	known.picture = picture;
	const regexes = regexesIn(terms);
	const texts = regexes.length === 0 ? undefined : textsIn(picture);
	if (texts)
		for (const pattern of regexes)
			known.found.set(pattern, searched(pattern, texts, known.found.get(pattern)));
	return known;
}

/** The test of the filter that is in force; undefined where none is. */
export function matchesIn(state: State): Matches | undefined {
	const {filter} = state.screen;
	return filter && preparedFor(filter.terms, pictureOf(state)).matches;
}

/** Of how many texts of the picture a regex of this filter can't tell, because it took too long. */
export function slowTexts({terms}: ChosenFilter, picture: Snapshot | undefined): number {
	const {found} = preparedFor(terms, picture);
	return [...found.values()].reduce(
		(sum, texts) => sum + [...texts.values()].filter(is => is === undefined).length,
		0,
	);
}
