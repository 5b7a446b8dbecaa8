import type {Row} from '../../list/row.js';
import type {Micros} from '../../micros.js';
import type {RowId} from '../../row-id.js';
import type {Backend} from '../../session/backend.js';
import type {LockGraph} from '../lock-graph.js';

/** Of the line that stands for many who wait for `under`. */
export const queueId = (under: RowId): RowId => `queue ${under}` as RowId;

/** A line of the tree that stands for `count` sessions that wait for `under`. */
export const queueLine = (under: RowId, count: number, at: Micros): Row<Backend> => ({
	value: {id: queueId(under), pid: 0, kind: 'queue', isVisible: true, queue: {under, count}},
	at,
	isGone: false,
});

/** What the line says. While the order is held all of them may go. */
export const queueWords = (count: number) =>
	count === 0 ? 'nobody waits any more' : `${count} more: Enter shows ${count === 1 ? 'it' : 'them'}`;

/** Rows whose order is held, with as many in each line of a queue as wait now, and have no row. */
export function withQueueCounts(
	rows: readonly Row<Backend>[],
	{childrenOf}: LockGraph,
	at: Micros,
): readonly Row<Backend>[] {
	if (rows.every(({value}) => !value.queue)) return rows;
	const shown = new Set(rows.map(({value: {id}}) => id));
	return rows.map(row => {
		const {queue} = row.value;
		if (!queue) return row;
		const waiting = childrenOf(queue.under).filter(id => !shown.has(id) && childrenOf(id).length === 0);
		return waiting.length === queue.count ? row : queueLine(queue.under, waiting.length, at);
	});
}
