import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {lacksLocks} from '../../tables/lacks-locks.js';
import {renewOrder} from '../list/order.js';
import {pictureOf} from '../picture.js';
import {say} from '../screen/note.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';

/** Shows the list as a tree, or the tree as a list. Where the tree looks like the list, it is said why. */
export function toggleTree(state: State, now: number): State {
	if (state.screen.isTree) return renewOrder(withScreen(state, {isTree: undefined}), now);
	const tree = renewOrder(withScreen(state, {isTree: true}), now);
	const why = lacksLocks(state);
	if (why !== undefined) return say(tree, `who waits for whom is not known: ${why}`, true);
	const picture = pictureOf(state);
	return picture && lockGraphOf(picture).roots.length > 0 ? tree : say(tree, 'nobody waits for a lock');
}
