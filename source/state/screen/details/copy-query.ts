import type {Copied} from '../../../domain/copied.js';
import type {State} from '../../state.js';
import type {Step} from '../../step.js';
import {say} from '../note.js';

/** Copies the query that the details show: as the session wrote it, not as it is formatted. */
export function copyQuery(state: State): Step {
	const [layer] = state.screen.layers;
	const inspection = layer.type === 'details' ? layer.inspection : undefined;
	const {text = '', backend} = inspection ?? {};
	if (text === '') return [say(state, 'there is no query to copy', true), []];
	return [state, [{type: 'copy', text, isCut: backend?.query?.cut !== undefined}]];
}

/** Says where a copied text has gone. */
export function copied(state: State, {bytes, isCut, to}: {bytes: number; isCut: boolean; to: Copied}): State {
	const what = `${bytes} bytes of the query${isCut ? ', cut by the server,' : ''}`;
	return say(
		state,
		to === 'tmux'
			? `copied ${what} to tmux's buffer`
			: `sent ${what} to the terminal's clipboard: it may not arrive`,
	);
}
