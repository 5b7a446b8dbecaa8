import {rowWith} from '../../domain/list/row.js';
import {layoutFor} from '../../domain/list/window.js';
import {rowName} from '../../domain/session/words/row-name.js';
import {roughAge} from '../../domain/text/format.js';
import {noRoomFor} from '../../state/choose/items.js';
import {filterCount} from '../../state/find/filter-count.js';
import {filterSentence} from '../../state/find/filter-sentence.js';
import {lineOutOfWindow} from '../../state/list/cursor.js';
import {tableLines} from '../../state/list/order.js';
import {unseenSort} from '../../state/list/unseen-sort.js';
import {toldAfter} from '../../state/server/interval.js';
import {unreadQuestion, whoIn} from '../../state/signal/question/asked.js';
import {signalSentence} from '../../state/signal/sentences.js';
import type {State} from '../../state/state.js';
import {untaggedSentence} from '../../state/tags/untagged.js';
import {openAlerts} from '../../tables/alerts.js';
import {alertSpan} from '../head/alert-span.js';
import {fitLine, type Line, type Span} from '../line.js';
import {blockingSentence} from './blocking-sentence.js';
import {typedLine} from './typed-line.js';

/** In UTF-16 units: what stands behind it has room in 78 cells. */
const longestFilter = 40;

/** Cells for what stands beside it. */
const besideFilter = 34;

type Sentence = {readonly text: string; readonly isBad?: boolean};

/** The one sentence that matters most now. What went wrong, or was not done, is bold: it is neither old nor does it hurt. */
export function statusLine(state: State, width: number): Line {
	const typed = typedLine(state, width);
	if (typed) return typed;
	const sentence =
		passwordSentence(state) ??
		firstSentence(state) ??
		readingSentence(state) ??
		lostSentence(state) ??
		signalSentence(state) ??
		withHeld(state, noteSentence(state)) ??
		quietSentence(state);
	return fitLine(sentence ? [spanOf(sentence)] : alertSpans(state), width);
}

const spanOf = ({text, isBad}: Sentence): Span => (isBad ? {text, styles: ['bold']} : {text});

/** The worst alert, where it has no line of its own. */
function alertSpans(state: State): Line {
	const [alert] = layoutFor(state.screen.size.rows).hasAlertLine ? [] : openAlerts(state);
	return alert ? [alertSpan(state, alert)] : [];
}

/** What is typed is not shown, as it is not where a password is asked for before the screen opens. */
const passwordSentence = ({screen}: State): Sentence | undefined => {
	const [layer] = screen.layers;
	return layer.type === 'password' ? {text: `password for ${layer.who}: `} : undefined;
};

/** Why a key was not obeyed comes first. What came of an earlier signal follows in the same line. */
function firstSentence(state: State): Sentence | undefined {
	const {note} = state.status;
	if (note?.firstUntil === undefined) return undefined;
	const outcome = signalSentence(state);
	return {text: outcome ? `${note.text}; ${outcome.text}` : note.text, isBad: true};
}

/** A question that is not on the screen yet must not look like nothing. */
function readingSentence({screen}: State): Sentence | undefined {
	const question = unreadQuestion(screen);
	return question && {text: `reading ${whoIn(question)} ...`};
}

function lostSentence({server: {link}, screen: {clock}}: State): Sentence | undefined {
	if (link.type === 'up') return undefined;
	if (link.type === 'down' && link.tryAt === Infinity) {
		// How long ago tells whether the last password was tried.
		const {refusedAt = clock, passwordFor, why} = link;
		const next = passwordFor === undefined ? 'r tries again' : 'r asks for a password';
		return {text: `refused ${roughAge(clock - refusedAt)} ago, ${next}: ${why}`, isBad: true};
	}

	const since = link.lostAt === undefined ? '' : `lost ${roughAge(clock - link.lostAt)} ago, `;
	const next = link.type !== 'down' ? 'trying now' : `next try in ${roughAge(link.tryAt - clock + 999)}`;
	return {text: `${since}${next}: ${link.why}`, isBad: true};
}

function noteSentence({status: {note}, server: {sampledAt}, screen: {clock}}: State): Sentence | undefined {
	if (!note?.isOfWaiting) return note;
	const waited = sampledAt === undefined ? 0 : clock - sampledAt;
	if (waited < toldAfter) return undefined;
	return {text: `${note.text}: no answer for ${roughAge(waited)}`, isBad: true};
}

/** Which lines of the list are shown, where the first is not: nobody would know what stands above. */
function placeOf(state: State): string | undefined {
	const {rows, top} = state.screen;
	if (top === 0 || state.screen.layers[0].type !== 'table') return undefined;
	const last = Math.min(rows.length, top + tableLines(state));
	return `lines ${top + 1}-${last} of ${rows.length}: Home goes to the first`;
}

const heldWords = ({screen: {pausedAt, clock}, server: {receivedAt}}: State) =>
	pausedAt === undefined ? undefined : `held, ${roughAge(clock - receivedAt)} old: p goes on`;

/** A held picture looks like one of now, and a filtered list like all there is. What came of a signal is said as in the audit file, without this. */
function withHeld(state: State, said: Sentence | undefined): Sentence | undefined {
	return said && {...said, text: joined(said.text, heldWords(state), shortFilter(state))};
}

function shortFilter(state: State): string | undefined {
	if (!state.screen.filter) return undefined;
	const {shown, of} = filterCount(state);
	return `filter: ${shown} of ${of}`;
}

function quietSentence(state: State): Sentence | undefined {
	const {selected, rows, newSessions} = state.screen;
	const held = heldWords(state);
	const told = filterSentence(
		state,
		Math.max(8, Math.min(longestFilter, state.screen.size.columns - besideFilter)),
	);
	const filter = told && `${told}, Esc clears`;
	const {untagged} = state.status;
	const dropped = untagged && untaggedSentence(untagged);
	if (held !== undefined) return {text: joined(held, dropped, filter)};
	const line = lineOutOfWindow(state);
	const row = rowWith(rows, selected);
	if (line !== undefined && row)
		return {
			text: `${row.value.queue ? 'what is selected' : rowName(row.value)} is in line ${line} now: an arrow goes there`,
		};
	if (dropped !== undefined) return {text: joined(dropped, shortFilter(state))};
	if (newSessions > 0) return {text: `${newSessions} new session${newSessions === 1 ? '' : 's'}`};
	const unseen = joined(
		filter,
		unseenSort(state) ?? (filter === undefined ? placeOf(state) : undefined) ?? noRoomFor(state),
	);
	const said = unseen === '' ? blockingSentence(state, row) : unseen;
	return said === undefined ? undefined : {text: said};
}

const joined = (...parts: readonly (string | undefined)[]) =>
	parts.filter(part => part !== undefined).join('; ');
