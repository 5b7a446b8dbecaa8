import {ofBefore, rowWith} from '../../domain/list/row.js';
import {isTooSmall, layoutFor} from '../../domain/list/window.js';
import {ofLast} from '../../domain/of-last.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import {type Rights, whyNotSignalled} from '../../domain/session/rights.js';
import {rowName} from '../../domain/session/words/row-name.js';
import type {Signal} from '../../domain/signal/target.js';
import {verdictOn} from '../../domain/signal/verdict/verdict.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import {notConnected} from '../not-connected.js';
import {whyNoSignals} from '../why-no-signals.js';
import {taggedIn} from './tagged-in.js';

/** Why a key that needs a session does nothing on the line of a queue. */
export const foldedWords = 'this line stands for many sessions: Enter shows them';

/** Why c and k do nothing now, before a session is looked at. */
export function refuseSignal(state: State): string | undefined {
	const {server, screen} = state;
	const whyNot = whyNoSignals(state);
	if (whyNot !== undefined) return whyNot;
	if (isTooSmall(screen.size)) return 'this terminal is too small for c and k';
	if (server.link.type !== 'up') return `${notConnected}: nothing can be signalled`;
	if (screen.layers[0].type === 'details') {
		return screen.layers[0].isGone ? `${screen.layers[0].pid} has ended already` : undefined;
	}

	if (taggedIn(state)) return undefined;
	const row = rowWith(screen.rows, screen.selected);
	if (!row) return 'select a session first: the arrows move';
	if (row.isOfBefore)
		return screen.pausedAt === undefined
			? ofBefore(rowName(row.value))
			: 'this picture is of the server before: p goes on';
	if (row.isGone) return `${rowName(row.value)} has ended already`;
	return row.value.queue ? foldedWords : undefined;
}

/** To how many of those that are tagged the key would do something, as far as the picture tells. Counted once for each picture: there may be thousands. */
const countOf = (
	signal: Signal,
	picture: Snapshot | undefined,
	tags: State['screen']['tags'],
	rights: Rights | undefined,
) =>
	picture?.backends.filter(
		backend =>
			tags.has(backend.id) &&
			verdictOn(signal, backend, picture.ownPid, picture.at).type !== 'refuse' &&
			(!rights || whyNotSignalled(backend, rights, signal) === undefined),
	).length ?? 0;

/** The footer offers only what would be done, at once or after a question. */
export const hintSignal = (signal: Signal, words: string) => {
	const countIn = ofLast(countOf);
	return (state: State) => {
		const {server, screen} = state;
		const {rows, top, selected, size, showsPane} = screen;
		if (taggedIn(state)) {
			const count =
				refuseSignal(state) === undefined ? countIn(signal, pictureOf(state), screen.tags, server.rights) : 0;
			return count === 0 ? undefined : `${words} ${count}`;
		}

		// A row outside of the window can't be looked at.
		const row = rowWith(rows.slice(top, top + layoutFor(size.rows, showsPane).tableLines), selected);
		const backend = screen.layers[0].type === 'details' ? screen.layers[0].inspection?.backend : row?.value;
		const picture = pictureOf(state);
		if (!picture || !backend || refuseSignal(state) !== undefined) return undefined;
		const {ownPid, at} = picture;
		if (verdictOn(signal, backend, ownPid, at).type === 'refuse') return undefined;
		// The key is obeyed all the same: the server has the last word.
		const {rights} = server;
		return rights && whyNotSignalled(backend, rights, signal) !== undefined ? undefined : words;
	};
};
