import type {Copied} from '../../../domain/copied.js';
import {ofBefore, rowWith} from '../../../domain/list/row.js';
import type {Backend} from '../../../domain/session/backend.js';
import type {Inspected, Inspection} from '../../../domain/session/inspection.js';
import {seenOf} from '../../../domain/session/seen.js';
import {rowName} from '../../../domain/session/words/row-name.js';
import {foldedWords} from '../../../tables/keys/signal-keys.js';
import {notConnected} from '../../../tables/not-connected.js';
import {sessionText} from '../../../tables/pages/session/session-text.js';
import type {Copying} from '../../hand.js';
import {pictureOf} from '../../picture.js';
import type {State} from '../../state.js';
import {type Step, withHand} from '../../step.js';
import {say} from '../note.js';

/** Copies the query or the whole session: from the details what they show, from the list what is read anew, as that has only the beginning of a text. */
export function copy(state: State, what: Copying['what']): Step {
	const {screen, server} = state;
	const [layer] = screen.layers;
	if (layer.type === 'details') {
		return layer.inspection
			? copyOf(state, layer.inspection, what)
			: [say(state, 'nothing was read yet to copy', true), []];
	}

	const row = rowWith(screen.rows, screen.selected);
	if (!row) return [say(state, 'select a session first: the arrows move', true), []];
	const {value: backend} = row;
	if (row.isOfBefore) return [say(state, ofBefore(rowName(backend)), true), []];
	if (row.isGone) return [say(state, `${rowName(backend)} has ended already`, true), []];
	if (backend.queue) return [say(state, foldedWords, true), []];
	if (backend.prepared) return [say(state, 'it has no query: Enter shows both texts that end it', true), []];
	if (server.link.type !== 'up') return [say(state, `${notConnected}: nothing can be read`, true), []];
	return [withHand(state, {copying: {what, backend}}), [{type: 'inspect', pid: backend.pid}]];
}

/** What was read for a copy. A session that is another one by now, or runs another query, is not what was to be copied. */
export function readForCopy(state: State, {inspection}: Inspected, {what, backend}: Copying): Step {
	const read = withHand(state, {copying: undefined});
	const {pid, id} = backend;
	if (inspection?.backend.id !== id)
		return [say(read, `${pid} has ended already: nothing was copied`, true), []];
	return what === 'query' && !isSameText(backend, inspection.backend)
		? [say(read, `${pid} is at another query by now: nothing was copied`, true), []]
		: copyOf(read, inspection, what);
}

/** The hash tells it where it was read; else when the query began. */
const isSameText = (one: Backend, other: Backend) =>
	one.hash !== undefined && other.hash !== undefined
		? one.hash === other.hash
		: one.queryStart === other.queryStart;

export const copyFailed = (state: State, {backend: {pid}}: Copying, why: string): State =>
	say(withHand(state, {copying: undefined}), `${pid} could not be read, nothing was copied: ${why}`, true);

function copyOf(state: State, inspection: Inspection, what: Copying['what']): Step {
	const {text = '', backend} = inspection;
	const isCut = backend.query?.cut !== undefined;
	if (what === 'query' && text === '') {
		const why = backend.isVisible
			? 'there is no query to copy'
			: `this role may not see the query of ${backend.pid}`;
		return [say(state, why, true), []];
	}

	const {server, settings} = state;
	const copied =
		what === 'query'
			? {text, isCut, of: 'the query'}
			: {
					text: sessionText(inspection, {
						settings,
						picture: pictureOf(state),
						seen: seenOf(server.seen, backend.id),
						use: server.uses?.get(backend.id),
					}),
					isCut: false,
					of: `session ${backend.pid}`,
				};
	return [state, [{type: 'copy', ...copied}]];
}

/** From so many bytes on a terminal's limit is most often exceeded. */
const terminalsTake = 50_000;

/** Says where a copied text has gone. */
export function copied(
	state: State,
	{bytes, isCut, of, to}: {bytes: number; isCut: boolean; of: string; to: Copied},
): State {
	const what = `${bytes} bytes of ${of}${isCut ? ', cut by the server,' : ''}`;
	if (to === 'nowhere') return say(state, `the terminal is busy: ${of} was not copied`, true);
	if (to === 'tmux') return say(state, `copied ${what} to tmux's buffer`);
	const doubt = bytes > terminalsTake ? 'most take less' : 'it may not arrive';
	return say(state, `sent ${what} to the terminal's clipboard: ${doubt}`);
}
