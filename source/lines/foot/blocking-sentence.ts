import type {Row} from '../../domain/list/row.js';
import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {cancelWords} from '../../domain/locks/words/cancel-words.js';
import {blocksWords, freesWords} from '../../domain/locks/words/frees-words.js';
import type {Backend} from '../../domain/session/backend.js';
import {rowName} from '../../domain/session/words/row-name.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';

/** What the end of the selected session sets free, where others wait for it; of one that waits itself what a cancel does. A terminal with room for the pane has it there. */
export function blockingSentence(state: State, row: Row<Backend> | undefined): string | undefined {
	const picture = pictureOf(state);
	if (state.screen.layers[0].type !== 'table') return undefined;
	if (!row?.lock?.isBlocker || row.isGone || !picture || state.server.link.type !== 'up') return undefined;
	const graph = lockGraphOf(picture);
	const frees = graph.freesOf(row.value.id);
	if (row.lock.under && frees.most > 0) return cancelWords(row.value, graph);
	const words = freesWords(frees);
	const blocks = `${rowName(row.value)} ${blocksWords(row.lock.blocks, graph.isCut)}`;
	return words === undefined ? blocks : `${blocks}, ${words}`;
}
