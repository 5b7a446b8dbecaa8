import type {Row, ShownRow, Word} from '../../domain/list/row.js';
import {passes} from '../../domain/list/rows.js';
import {isTooSmall, layoutFor} from '../../domain/list/window.js';
import {maySignal, type Rights} from '../../domain/session/rights.js';
import type {Outcome} from '../../domain/signal/outcome.js';
import {sightingOf, signalledSentence, signalledSentenceWithPid} from '../../domain/signal/signalled.js';
import {shownLayer} from '../screen/layers.js';
import {saidBy} from '../signal/question/question-drawn.js';
import type {State} from '../state.js';
import {lineOutOfWindow} from './cursor.js';
import type {Frame, FrameRow} from './frame.js';
import {tableLines} from './order.js';

/** The rows in the window, with the words that say why one is dimmed. */
export function shownRows(state: State): readonly ShownRow[] {
	const {rows, top} = state.screen;
	return rows.slice(top, top + tableLines(state)).map(row => {
		const word = wordOf(state, row);
		const outcome = row.isGone ? outcomeOf(state, row) : undefined;
		const flag = rightsFlag(row, state.server.rights);
		return {...row, ...(word && {word}), ...(flag && {flag}), ...(outcome !== undefined && {outcome})};
	});
}

/** What stands beside the pid of a row: `-` before a key is pressed that this role has no right to. */
export const rightsFlag = ({backend, isGone}: Row, rights: Rights | undefined) =>
	!isGone && rights && !maySignal(backend, rights) ? ('-' as const) : undefined;

function wordOf({server, screen}: State, {backend, isGone, isOfBefore}: Row): Word | undefined {
	if (isOfBefore) return 'stale';
	if (isGone) return 'gone';
	if (server.link.type !== 'up') return 'stale';
	return passes(backend, server.snapshot?.ownPid ?? 0, screen) ? undefined : 'hidden';
}

const outcomeOf = ({server}: State, {backend}: Row) => {
	const signalled = server.signals.findLast(({order}) => order.target.id === backend.id);
	// That it was still there is no news of a session that has gone.
	return signalled && isFinal(sightingOf(signalled)?.outcome) ? signalledSentence(signalled) : undefined;
};

const isFinal = (outcome: Outcome | undefined) =>
	outcome !== undefined &&
	outcome.type !== 'still there' &&
	outcome.type !== 'not sent' &&
	!(outcome.type === 'not known' && outcome.since !== 'gone');

/** What was wanted has come of it. */
const isGood = ({type}: Outcome) =>
	type === 'ended' || type === 'query ended' || type === 'stopped waiting' || type === 'ended by k';

/** What the status line says of the signal sent last, until another key is pressed. */
export function signalSentence({
	server,
	status,
}: State): {readonly text: string; readonly isBad: boolean} | undefined {
	const signalled = server.signals.find(({order}) => order.number === status.signal);
	if (!signalled) return undefined;
	const sighting = sightingOf(signalled);
	return {
		text: signalledSentenceWithPid(signalled),
		isBad: sighting !== undefined && !isGood(sighting.outcome),
	};
}

/** One sentence for every signal that was not seen to its end, for when the screen is gone. */
export const unfinished = ({server}: State): readonly string[] =>
	server.signals
		.filter(signalled => {
			const sighting = sightingOf(signalled);
			return !sighting || isOpen(sighting.outcome);
		})
		.map(signalled => {
			if (sightingOf(signalled)) return signalledSentenceWithPid(signalled);
			const {phase, order} = signalled;
			const words =
				phase.type === 'asked' ? 'may or may not have been signalled' : 'was signalled, not seen to end';
			return `${order.target.pid} ${words}`;
		});

/** Nobody has seen how it ended. */
const isOpen = ({type}: Outcome) => type === 'still there' || type === 'not known' || type === 'not seen';

/** What the frame of this state shows of what a key may act on. */
export function frameOf(state: State): Frame {
	const {screen} = state;
	const {selected, rows, top, size} = screen;
	const [layer] = screen.layers;
	if (isTooSmall(size)) return {rows: [], hasQuestion: false};
	const isQuestion = layer.type === 'question';
	const signal = saidSignal(state);
	const others = {
		hasQuestion: isQuestion && layer.facts !== undefined,
		...(isQuestion && layer.facts && {says: saidBy(layer)}),
		...(signal !== undefined && {signal}),
		...(layer.type === 'password' && {hasPasswordLine: true as const}),
	};
	const isList = layer.type !== 'password' && shownLayer(screen.layers).type === 'table';
	// A question moves the list, so that no row of it is in its line.
	const shown = !isList
		? []
		: isQuestion
			? rows.filter(row => row.backend.id === selected && lineOutOfWindow(state) === undefined)
			: rows.slice(top, top + tableLines(state));
	// With more header lines every row stands further down.
	const {headerLines} = layoutFor(size.rows);
	const listed = shown.flatMap((row, index) =>
		row.isGone ? [] : [frameRow(state, row, isQuestion ? undefined : headerLines + index)],
	);
	const isHighlighted = listed.some(({backend}) => backend.id === selected);
	return {rows: listed, ...(isHighlighted && selected !== undefined && {highlighted: selected}), ...others};
}

function frameRow({server}: State, {backend, at}: Row, line: number | undefined): FrameRow {
	const startedAt = server.snapshot?.server.startedAt;
	return {
		backend,
		taken: {at, ...(startedAt !== undefined && {startedAt})},
		...(line !== undefined && {line}),
	};
}

/** Number of the signal whose outcome the status line says, if it says one. */
function saidSignal({server, status: {note, signal}}: State): number | undefined {
	const signalled = server.signals.find(({order}) => order.number === signal);
	const isSaid = server.link.type === 'up' && note?.until === undefined;
	return isSaid && signalled && sightingOf(signalled) ? signal : undefined;
}
