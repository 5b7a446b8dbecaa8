import type {Row} from '../../list/row.js';
import type {Micros} from '../../micros.js';
import type {RowId} from '../../row-id.js';
import type {Backend} from '../../session/backend.js';

/** Of the line that stands for many who wait for `under`. */
export const queueId = (under: RowId): RowId => `queue ${under}` as RowId;

/** A line of the tree that stands for `count` sessions that wait for `under`. */
export const queueLine = (under: RowId, count: number, at: Micros): Row<Backend> => ({
	value: {id: queueId(under), pid: 0, kind: 'queue', isVisible: true, queue: {under, count}},
	at,
	isGone: false,
});

/** What the line says. */
export const queueWords = (count: number) =>
	`${count} more wait${count === 1 ? 's' : ''} for it: Enter shows ${count === 1 ? 'it' : 'them'}`;
