import {rowWith} from '../../domain/list/row.js';
import type {State} from '../../state/state.js';
import type {Binding} from '../binding.js';

const listOrDetails = ['table', 'details'] as const;

const hintCopy =
	(words: string) =>
	({screen, server}: State) => {
		const [layer] = screen.layers;
		if (layer.type === 'details') return layer.inspection?.text ? words : undefined;
		const isThere = !(rowWith(screen.rows, screen.selected)?.isGone ?? true);
		return isThere && server.link.type === 'up' ? words : undefined;
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
		keys: ['Y'],
		layers: listOrDetails,
		does: {type: 'copy', what: 'session'},
		hint: state => (state.screen.layers[0].type === 'details' ? hintCopy('Y copy all')(state) : undefined),
		help: 'copy all that is known of the session, as text',
	},
];
