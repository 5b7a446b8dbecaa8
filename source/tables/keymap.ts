import {rowWith} from '../domain/list/row.js';
import {paneFrom} from '../domain/list/window.js';
import type {State} from '../state/state.js';
import {selectKey} from './alerts/select-key.js';
import type {Binding, LayerType} from './binding.js';
import {copyKeys} from './keys/copy-keys.js';
import {findKeys, listKeys} from './keys/find-keys.js';
import {everywhere, moveKeys, pages} from './keys/move-keys.js';
import {hintSignal, refuseSignal} from './keys/signal-keys.js';
import {tagKeys, untagKey} from './keys/tag-keys.js';
import {treeKeys} from './keys/tree-keys.js';

const table = ['table'] as const;
const details = ['details'] as const;
const listOrDetails = ['table', 'details'] as const;

const always = (words: string) => () => words;

function hintEnter({screen}: State): string | undefined {
	const row = rowWith(screen.rows, screen.selected);
	if (!row || row.isGone) return undefined;
	const {queue, prepared} = row.value;
	return queue ? 'Enter open' : prepared ? 'Enter both texts' : 'Enter details';
}

/** Every key, once: input, footer, help screen and manual come from here. The footer shows hints in this order. */
export const keymap: readonly Binding[] = [
	{
		keys: ['c'],
		layers: listOrDetails,
		does: {type: 'signal', signal: 'cancel'},
		hint: hintSignal('cancel', 'c cancel'),
		refuse: refuseSignal,
		help: 'cancel the query, or of all tagged: pg_cancel_backend',
	},
	{
		keys: ['k'],
		layers: listOrDetails,
		does: {type: 'signal', signal: 'terminate'},
		hint: hintSignal('terminate', 'k end'),
		refuse: refuseSignal,
		help: 'end the session, or all tagged: pg_terminate_backend',
	},
	untagKey,
	{
		// A terminal makes a line feed of an Enter that is pressed while pgtop starts.
		keys: ['enter', 'ctrl-j'],
		layers: table,
		does: {type: 'details'},
		shown: 'Enter',
		hint: hintEnter,
		help: 'the selected session and its query, whole',
	},
	selectKey,
	{
		keys: ['tab'],
		layers: details,
		does: {type: 'session', direction: 1},
		shown: 'Tab',
		hint: always('Tab next'),
		help: 'in details: the next session of the list; Shift-Tab: the one before',
	},
	{keys: ['shift-tab'], layers: details, does: {type: 'session', direction: -1}},
	...moveKeys,
	...findKeys,
	...treeKeys,
	...copyKeys,
	...tagKeys,
	{
		keys: ['i'],
		layers: table,
		does: {type: 'toggle', what: 'showsIdle'},
		hint: ({screen}) => (screen.showsIdle ? 'i hide idle' : 'i show idle'),
		help: 'show or hide idle sessions',
	},
	{
		keys: ['a'],
		layers: table,
		does: {type: 'toggle', what: 'showsBackground'},
		hint: always('a all'),
		help: 'show or hide background processes, service roles and pgtop itself',
	},
	...listKeys,
	{
		keys: ['p'],
		layers: table,
		does: {type: 'pause'},
		hint: ({screen}) => (screen.pausedAt === undefined ? 'p hold' : 'p go on'),
		help: 'hold the picture, go on',
	},
	{
		keys: ['r', 'ctrl-r'],
		layers: table,
		does: {type: 'refresh'},
		shown: 'r Ctrl-R',
		hint: ({server: {link}}) =>
			link.type !== 'down' ? undefined : link.passwordFor === undefined ? 'r try again' : 'r password',
		isAwaited: true,
		help: 'refresh now; without a connection, try again or ask for a password',
	},
	{
		keys: ['v'],
		layers: table,
		does: {type: 'pane'},
		hint: ({screen: {size}}) => (size.rows < paneFrom.asked ? undefined : 'v pane'),
		refuse: ({screen: {size}}) =>
			size.rows < paneFrom.asked
				? `the pane needs ${paneFrom.asked} lines: the terminal has ${size.rows}`
				: undefined,
		help: 'show or hide the pane, which tells more of the selected session',
	},
	{keys: ['ctrl-l'], layers: everywhere, does: {type: 'redraw'}, shown: 'Ctrl-L', help: 'redraw the screen'},
	{keys: ['-'], layers: table, does: {type: 'interval', direction: -1}},
	{
		keys: ['+', '='],
		layers: table,
		does: {type: 'interval', direction: 1},
		shown: '+ -',
		help: 'longer, shorter interval',
	},
	{keys: ['j'], layers: table, does: {type: 'say', text: 'k ends a session here; the arrows move'}},
	{keys: ['C', 'K'], layers: everywhere, does: {type: 'say', text: 'Caps Lock? keys are lower case'}},
	{
		keys: ['c', 'k'],
		layers: ['help', 'signals', 'alerts', 'prepared'],
		does: {type: 'say', text: 'c and k act on the list only: Esc goes back'},
	},
	{
		keys: ['L'],
		layers: table,
		does: {type: 'signals'},
		hint: ({server}) => (server.signals.length === 0 ? undefined : 'L signals'),
		help: 'what was signalled in this run, and what came of it',
	},
	{
		keys: ['!'],
		layers: table,
		does: {type: 'alerts'},
		help: 'all alerts, with what to do about them',
	},
	{
		keys: ['?', 'h'],
		layers: everywhere,
		does: {type: 'help'},
		shown: '? h',
		hint: ({screen}) => (screen.layers[0].type === 'table' ? '? help' : undefined),
		help: 'help',
	},
	{
		keys: ['escape'],
		layers: everywhere,
		does: {type: 'back'},
		shown: 'Esc',
		hint: ({screen}) => (screen.layers[0].type === 'table' ? undefined : 'Esc back'),
		help: 'one step back: from what is open, the filter, the selection',
	},
	{
		keys: ['ctrl-z'],
		layers: everywhere,
		does: {type: 'suspend'},
		shown: 'Ctrl-Z',
		help: 'to the shell; fg comes back',
	},
	{
		keys: ['q', 'ctrl-c'],
		layers: table,
		does: {type: 'quit'},
		shown: 'q Ctrl-C',
		hint: always('q quit'),
		help: 'quit; in details, help, ! and L q is one step back',
	},
	{keys: ['ctrl-c'], layers: pages, does: {type: 'quit'}},
	{keys: ['q'], layers: pages, does: {type: 'back'}},
];

export const bindingFor = (key: string, layer: LayerType) =>
	keymap.find(({keys, layers}) => keys.includes(key) && layers.includes(layer));

/** Help and manual: a key as it is written, and what it does. */
export const keyRows = keymap.flatMap(({keys, shown, help}) =>
	help === undefined ? [] : [{key: shown ?? keys.join(' '), does: help}],
);
