import type {Move} from '../domain/list/move.js';
import type {Signal} from '../domain/signal/target.js';
import type {State} from '../state/state.js';

/** What a key wants; `press` and `obey` decide what becomes of that. A key that signals counts only alone. */
export type Intent = {readonly type: 'signal'; readonly signal: Signal} | PlainIntent;

export type PlainIntent =
	| ({readonly type: 'move'} & Move)
	| {readonly type: 'sort'; readonly direction: 1 | -1}
	| {readonly type: 'session'; readonly direction: 1 | -1}
	| {readonly type: 'queue'; readonly direction: 1 | -1}
	| {readonly type: 'interval'; readonly direction: 1 | -1}
	| {readonly type: 'toggle'; readonly what: 'showsIdle' | 'showsBackground'}
	| {readonly type: 'choose'; readonly of: 'sort' | 'columns'}
	| {readonly type: 'copy'; readonly what: 'query' | 'session'}
	| {readonly type: 'say'; readonly text: string}
	| {
			readonly type:
				| 'reverse'
				| 'tree'
				| 'tag'
				| 'tag-matching'
				| 'untag'
				| 'root'
				| 'copy-ending'
				| 'pane'
				| 'pause'
				| 'refresh'
				| 'redraw'
				| 'details'
				| 'signals'
				| 'filter'
				| 'pid'
				| 'alerts'
				| 'select-alerted'
				| 'help'
				| 'back'
				| 'suspend'
				| 'quit';
	  };

export type LayerType = State['screen']['layers'][number]['type'];

export type Binding = {
	/** As the decoder names them. */
	readonly keys: readonly string[];
	readonly layers: readonly LayerType[];
	readonly does: Intent;
	/** For the footer; undefined while the key would do nothing. */
	readonly hint?: (state: State) => string | undefined;
	/** The screen waits for this key whenever it has a hint: that is never left out for want of room. */
	readonly isAwaited?: true;
	/** Why the key does nothing now; undefined where it may act. */
	readonly refuse?: (state: State) => string | undefined;
	/** How help and manual write the key, where that is not what `keys` says. */
	readonly shown?: string;
	/** One line for help and manual; bindings without it are left out there. */
	readonly help?: string;
};
