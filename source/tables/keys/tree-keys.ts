import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import type {Binding} from '../binding.js';

const table = ['table'] as const;

const isSomebodyBlocked = (state: State) => {
	const picture = pictureOf(state);
	return picture !== undefined && lockGraphOf(picture).roots.length > 0;
};

const refuseList = ({screen}: State) =>
	screen.isTree ? undefined : 'Right and Left open and close queues in the tree: t shows it';

/** What shows who blocks whom. */
export const treeKeys: readonly Binding[] = [
	{
		keys: ['t'],
		layers: table,
		does: {type: 'tree'},
		hint: ({screen}) => (screen.isTree ? 't list' : 't tree'),
		help: 'the list as a tree: who blocks above those that wait for them',
	},
	{
		keys: ['b'],
		layers: table,
		does: {type: 'root'},
		hint: state => (isSomebodyBlocked(state) ? 'b root' : undefined),
		help: 'select who blocks: the selected session, or most; the next one',
	},
	{
		keys: ['right'],
		layers: table,
		does: {type: 'queue', direction: 1},
		shown: 'Right',
		refuse: refuseList,
		help: 'in the tree: open the line of a long queue; Left: close it',
	},
	{keys: ['left'], layers: table, does: {type: 'queue', direction: -1}, refuse: refuseList},
];
