import type {Binding} from '../binding.js';

export const everywhere = ['table', 'help', 'details', 'signals', 'alerts', 'prepared'] as const;
export const pages = ['help', 'details', 'signals', 'alerts', 'prepared'] as const;

/** What moves the selection, or scrolls a page. */
export const moveKeys: readonly Binding[] = [
	{
		keys: ['down'],
		layers: everywhere,
		does: {type: 'move', by: 'line', direction: 1},
		shown: 'Up Down',
		hint({screen}) {
			const [{type}] = screen.layers;
			if (type === 'prepared') return 'Up Down choose';
			const isFirst = type === 'table' && screen.selected === undefined && screen.rows.length > 0;
			return isFirst ? 'Up Down select' : undefined;
		},
		help: 'move the selection; in !: choose an alert',
	},
	{keys: ['up'], layers: everywhere, does: {type: 'move', by: 'line', direction: -1}},
	{
		keys: ['pagedown'],
		layers: everywhere,
		does: {type: 'move', by: 'page', direction: 1},
		shown: 'PgUp PgDn',
		help: 'move it by a screenful; Space: in details, help, ! and L',
	},
	{
		keys: ['space'],
		layers: pages,
		does: {type: 'move', by: 'page', direction: 1},
		hint: ({screen}) => (screen.layers[0].type === 'help' ? 'Space next page' : undefined),
	},
	{keys: ['pageup'], layers: everywhere, does: {type: 'move', by: 'page', direction: -1}},
	{
		keys: ['home'],
		layers: everywhere,
		does: {type: 'move', by: 'end', direction: -1},
		shown: 'Home End',
		help: 'move it to the first, the last session',
	},
	{keys: ['end'], layers: everywhere, does: {type: 'move', by: 'end', direction: 1}},
];
