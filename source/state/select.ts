import {type Row, rowWith, type ShownRow, type Word} from '../domain/list/row.js';
import {passes} from '../domain/list/rows.js';
import {isTooSmall} from '../domain/list/window.js';
import {maySignal, type Rights} from '../domain/rights.js';
import type {Outcome} from '../domain/signal/outcome.js';
import {sentenceOf} from '../domain/signal/words.js';
import type {DrawnRow} from './drawn.js';
import {tableLines} from './ordering.js';
import {secondsOf} from './recording.js';
import {lineOutOfWindow} from './selecting.js';
import type {Signalled, State} from './state.js';

/** The rows in the window, with the words that say why one is dimmed. */
export function shownRows(state: State): readonly ShownRow[] {
	const {rows, top} = state.screen;
	return rows.slice(top, top + tableLines(state)).map(row => {
		const word = wordOf(state, row);
		const outcome = row.isGone ? outcomeOf(state, row) : undefined;
		const flag = flagOf(row, state.server.rights);
		return {...row, ...(word && {word}), ...(flag && {flag}), ...(outcome !== undefined && {outcome})};
	});
}

/** What stands beside the pid of a row: `-` before a key is pressed that this role has no right to. */
export const flagOf = ({backend, isGone}: Row, rights: Rights | undefined) =>
	!isGone && rights && !maySignal(backend, rights) ? ('-' as const) : undefined;

function wordOf({server, screen}: State, {backend, isGone}: Row): Word | undefined {
	if (isGone) return 'gone';
	if (server.link.type !== 'up') return 'stale';
	return passes(backend, server.snapshot?.ownPid ?? 0, screen) ? undefined : 'hidden';
}

const outcomeOf = ({server}: State, {backend}: Row) => {
	const signalled = server.signals.findLast(({order}) => order.target.id === backend.id);
	// That it was still there is no news of a session that has gone.
	return signalled && isFinal(signalled.outcome) ? wordsOf(signalled) : undefined;
};

const isFinal = (outcome: Outcome | undefined) =>
	outcome !== undefined &&
	outcome.type !== 'still there' &&
	!(outcome.type === 'not known' && outcome.since !== 'gone');

/** The sentence on what came of a signal, if anything did yet. */
export const wordsOf = (signalled: Signalled) =>
	signalled.outcome && sentenceOf(signalled.outcome, signalled.order.signal, secondsOf(signalled));

/** What the status line says of the signal sent last, until another key is pressed. */
export function toldSentence({
	server,
	screen,
}: State): {readonly text: string; readonly isBad: boolean} | undefined {
	const signalled = server.signals.find(({order}) => order.number === screen.toldOf);
	if (!signalled) return undefined;
	const {order, outcome, isSent} = signalled;
	const {pid} = order.target;
	if (outcome) {
		return {
			text: `${pid} ${wordsOf(signalled) ?? ''}`,
			isBad: outcome.type !== 'ended' && outcome.type !== 'cancelled',
		};
	}

	return {
		text: isSent ? `${pid} was signalled, not seen to end yet` : `${pid}: waiting for the server's answer`,
		isBad: false,
	};
}

/** One sentence for every signal that was not seen to its end, for when the screen is gone. */
export const unfinished = ({server}: State): readonly string[] =>
	server.signals
		.filter(
			({outcome}) => outcome === undefined || outcome.type === 'still there' || outcome.type === 'not known',
		)
		.map(signalled => {
			const {order, isSent} = signalled;
			const {pid} = order.target;
			if (signalled.outcome) return `${pid} ${wordsOf(signalled)}`;
			return isSent ? `${pid} was signalled, not seen to end` : `${pid} may or may not have been signalled`;
		});

/** Which row the frame of this state shows highlighted, if it shows one, and of which picture. */
export function highlighted(state: State): Omit<DrawnRow, 'drawnAt'> | undefined {
	const {screen, server} = state;
	const isListed = screen.layer.type === 'table' || screen.layer.type === 'question';
	if (!isListed || isTooSmall(screen.size)) return undefined;
	if (lineOutOfWindow(state) !== undefined) return undefined;
	const row = rowWith(screen.rows, screen.selected);
	return row && !row.isGone
		? {backend: row.backend, taken: {at: row.at, receivedAt: server.receivedAt}}
		: undefined;
}

/** Whether the frame of this state shows a question whole. */
export const showsQuestion = ({screen: {layer, size}}: State) =>
	layer.type === 'question' && layer.facts !== undefined && !isTooSmall(size);
