import {rowWith} from '../../domain/list/row.js';
import {isProcess} from '../../domain/session/kind.js';
import type {State} from '../../state/state.js';
import type {Binding} from '../binding.js';

const listOrDetails = ['table', 'details'] as const;

const hintCopy =
	(words: string) =>
	({screen, server}: State) => {
		const [layer] = screen.layers;
		if (layer.type === 'details') return layer.inspection?.text ? words : undefined;
		const row = rowWith(screen.rows, screen.selected);
		return row && !row.isGone && isProcess(row.value.kind) && server.link.type === 'up' ? words : undefined;
	};

/** What takes a session out of the screen. */
export const copyKeys: readonly Binding[] = [
	{
		keys: ['y'],
		layers: listOrDetails,
		does: {type: 'copy', what: 'query'},
		hint: hintCopy('y copy'),
		help: 'copy the query, whole',
	},
	{
		keys: ['y'],
		layers: ['prepared'],
		does: {type: 'copy-ending'},
		shown: 'y',
		hint: ({screen: {layers}}) =>
			layers[0].type === 'prepared' && layers[0].chosen !== undefined ? 'y copy' : undefined,
		help: 'of a prepared transaction: copy what ends it, as chosen',
	},
	{
		keys: ['Y'],
		layers: listOrDetails,
		does: {type: 'copy', what: 'session'},
		hint: state => (state.screen.layers[0].type === 'details' ? hintCopy('Y copy all')(state) : undefined),
		help: 'copy all that is known of the session, as text',
	},
];
