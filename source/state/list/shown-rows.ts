import type {Row, ShownRow, Word} from '../../domain/list/row.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Outcome} from '../../domain/signal/outcome.js';
import {ownSentence, sightingOf} from '../../domain/signal/signalled.js';
import {sessions} from '../../views/sessions/view.js';
import {matchesIn} from '../find/filter-of.js';
import {howShown} from '../find/listed-by.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {tableLines} from './order.js';
import {usualMarks} from './usual-marks.js';

/** The rows in the window, with the words that say why one is dimmed. */
export function shownRows(state: State): readonly ShownRow<Backend>[] {
	const {rows, top} = state.screen;
	return rows.slice(top, top + tableLines(state)).map((row, index) => {
		const word = wordOf(state, row);
		const note = row.isGone ? outcomeOf(state, row) : undefined;
		const marks = {
			...usualMarks(state, top + index),
			...(word && {word}),
			...(note !== undefined && {note}),
		};
		return {row, marks};
	});
}

/** Why a row is dimmed; undefined where it is not. */
export function wordOf(state: State, {value: backend, isGone, isOfBefore}: Row<Backend>): Word | undefined {
	const {server} = state;
	if (isOfBefore) return 'stale';
	if (backend.queue) return server.link.type === 'up' ? undefined : 'stale';
	if (isGone) return 'gone';
	if (server.link.type !== 'up') return 'stale';
	const picture = pictureOf(state);
	if (!picture) return undefined;
	if (!sessions.passes(backend, howShown(state), picture)) return 'hidden';
	return matchesIn(state)?.(backend, picture) === false ? 'not in filter' : undefined;
}

const outcomeOf = ({server}: State, {value: backend}: Row<Backend>) => {
	const signalled = server.signals.findLast(({order}) => order.target.id === backend.id);
	// `still there` is no news of a session that has gone.
	return signalled && isFinal(sightingOf(signalled)?.outcome) ? ownSentence(signalled) : undefined;
};

const isFinal = (outcome: Outcome | undefined) =>
	outcome !== undefined &&
	outcome.type !== 'still there' &&
	outcome.type !== 'not sent' &&
	!(outcome.type === 'not known' && outcome.since !== 'gone');
