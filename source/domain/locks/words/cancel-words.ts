import type {Backend} from '../../session/backend.js';
import type {LockGraph} from '../lock-graph.js';
import {letsGoOnWords} from './frees-words.js';
import {losesWords} from './loses-words.js';

/** What a cancel of a waiter does for those behind it, and what it costs: `c on 4501, which waits, lets 2 go on, and loses nothing`. */
export function cancelWords(backend: Backend, {sights, letsGoOn}: LockGraph): string {
	const {id, pid} = backend;
	const loses = losesWords(backend, sights.get(id)?.wait);
	return `c on ${pid}, which waits, ${letsGoOnWords(letsGoOn(id))}${loses === undefined ? '' : `, and ${loses}`}`;
}
