import {ofBefore, type Row, rowWith} from '../../domain/list/row.js';
import {isInWindow, layoutFor} from '../../domain/list/window.js';
import type {Backend} from '../../domain/session/backend.js';
import {rowName} from '../../domain/session/words/row-name.js';
import {verdictOn} from '../../domain/signal/verdict/verdict.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import type {Binding} from '../binding.js';
import {whyNoSignals} from '../why-no-signals.js';
import {foldedWords} from './signal-keys.js';

const table = ['table'] as const;

const ofServerBefore = 'this picture is of the server before: p goes on';

/** Why there is nothing to tag. */
function refuseTag({screen}: State): string | undefined {
	const {rows, selected, top, size, showsPane} = screen;
	const row = rowWith(rows, selected);
	if (!row) return 'select a session first: the arrows move';
	const {value: backend} = row;
	const index = rows.indexOf(row);
	// What is not on the screen is not looked at.
	return isInWindow(index, top, layoutFor(size.rows, showsPane).tableLines)
		? undefined
		: `${backend.queue ? 'what is selected' : rowName(backend)} is in line ${index + 1} now: an arrow goes there`;
}

/** Why this row can't be tagged. What is tagged can be untagged, whatever it is. */
export function whyNotTagged(
	state: State,
	{value: backend, at, isGone, isOfBefore}: Row<Backend>,
): string | undefined {
	const {tags, pausedAt} = state.screen;
	if (tags.has(backend.id)) return undefined;
	if (backend.queue) return foldedWords;
	if (isOfBefore) return pausedAt === undefined ? ofBefore(rowName(backend)) : ofServerBefore;
	if (isGone) return `${rowName(backend)} has ended already`;
	if (backend.prepared) return `no signal ends ${rowName(backend)}: Enter shows what does`;
	const verdict = verdictOn('terminate', backend, pictureOf(state)?.ownPid ?? 0, at);
	return verdict.type === 'refuse' ? verdict.why : undefined;
}

function refuseMatching({screen: {filter, rows, pausedAt}}: State): string | undefined {
	if (!filter) return 'T tags what matches a filter: / sets one';
	return pausedAt !== undefined && rows.some(({isOfBefore}) => isOfBefore) ? ofServerBefore : undefined;
}

/** Tags are for c and k. */
const hintTag =
	(words: string, refuse: (state: State) => string | undefined) =>
	(state: State): string | undefined =>
		whyNoSignals(state) === undefined && refuse(state) === undefined ? words : undefined;

/** What tags sessions, so that c and k are for all of them. */
export const tagKeys: readonly Binding[] = [
	{
		keys: ['space'],
		layers: table,
		does: {type: 'tag'},
		shown: 'Space',
		hint: hintTag('Space tag', state => {
			const row = rowWith(state.screen.rows, state.screen.selected);
			return refuseTag(state) ?? (row && whyNotTagged(state, row));
		}),
		refuse: refuseTag,
		help: 'tag or untag the selected session: c and k ask about all tagged',
	},
	{
		keys: ['T'],
		layers: table,
		does: {type: 'tag-matching'},
		hint: hintTag('T tag matches', refuseMatching),
		refuse: refuseMatching,
		help: 'tag the client backends in the list that match the filter',
	},
];

/** Its hint stands with those of c and k. */
export const untagKey: Binding = {
	keys: ['U'],
	layers: table,
	does: {type: 'untag'},
	hint: ({screen: {tags}}) => (tags.size === 0 ? undefined : 'U untag'),
	refuse: ({screen: {tags}}) =>
		tags.size === 0 ? 'nothing is tagged: Space tags the selected session' : undefined,
	help: 'untag all that Space and T have tagged',
};
