import type {Binding} from '../binding.js';

const table = ['table'] as const;

const always = (words: string) => () => words;

/** What finds a session among many. */
export const findKeys: readonly Binding[] = [
	{
		keys: ['/'],
		layers: table,
		does: {type: 'filter'},
		hint: always('/ filter'),
		help: 'show only the sessions that match what is typed',
	},
	{
		keys: ['s'],
		layers: table,
		does: {type: 'choose', of: 'sort'},
		hint: always('s sort'),
		help: 'choose the column to sort by',
	},
	{keys: ['<'], layers: table, does: {type: 'sort', direction: -1}},
	{
		keys: ['>'],
		layers: table,
		does: {type: 'sort', direction: 1},
		shown: '< >',
		help: 'sort by the column before, the next column',
	},
	{keys: ['R'], layers: table, does: {type: 'reverse'}, help: 'reverse the order'},
];

/** What is listed of each session, and where a session stands. */
export const listKeys: readonly Binding[] = [
	{
		keys: ['o'],
		layers: table,
		does: {type: 'choose', of: 'columns'},
		hint: always('o columns'),
		help: 'choose the columns, and their order; config.toml keeps them',
	},
	{
		keys: [':'],
		layers: table,
		does: {type: 'pid'},
		hint: always(': pid'),
		help: 'go to the session with a pid',
	},
];
