import {backend, noon, processOf} from '../../helpers/state/backend.js';
import type {Play} from '../../helpers/state/play.js';

/** The connection broke, and there is a new one. */
export const relinked = (moment: Play) =>
	moment.does({type: 'lost', why: 'gone'}).until('connect').waits(100).does({type: 'linked'}).waits(10);

/** Another postmaster, where the pid and the sessions are others. */
export const other = {server: {startedAt: noon}};
export const elsewhere = [
	backend(4388, {backendStart: noon + 1}),
	processOf(51, 'checkpointer', {backendStart: noon + 1}),
];
