import type {Backend} from '../../session/backend.js';
import type {Frees} from '../frees.js';
import {letsGoOnWords} from './frees-words.js';
import {losesWords} from './loses-words.js';

/** What a cancel of a waiter does for those behind it, and what it costs: `c on 4501, which waits, lets 2 go on, and loses nothing`. */
export const cancelWords = (backend: Backend, frees: Frees): string =>
	`c on ${backend.pid}, which waits, ${letsGoOnWords(frees)}, and ${losesWords(backend)}`;
