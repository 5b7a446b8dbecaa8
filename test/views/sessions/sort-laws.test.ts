import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {sessions} from '../../../source/views/sessions/view.js';
import {sortLaws} from '../../domain/list/sort-laws.js';
import {
	backend,
	hour,
	idleBackend,
	invisible,
	minute,
	processOf,
	second,
} from '../../helpers/state/backend.js';
import {by, pids, rowsOf, sessionsSorted, sortableColumns} from './sorted.js';

/** Any mixture of sessions, workers and processes. */
const anyBackend = fc
	.record({
		pid: fc.integer({min: 1, max: 12}),
		make: fc.constantFrom('active', 'idle', 'invisible', 'process', 'worker'),
		age: fc.constantFrom(-hour, 0, second, minute, hour),
		leaderPid: fc.integer({min: 1, max: 14}),
		backendStart: fc.constantFrom(1, 2),
	})
	.map(({pid, make, age, leaderPid, backendStart}) => {
		switch (make) {
			case 'active':
				return backend(pid, {age, backendStart});
			case 'idle':
				return idleBackend(pid, {age, backendStart});
			case 'invisible':
				return invisible(pid);
			case 'process':
				return processOf(pid, 'walsender', {state: 'active', age, backendStart});
			default:
				return processOf(pid, 'parallel worker', {leaderPid, state: 'active', age, backendStart});
		}
	});
const anyRows = fc.uniqueArray(anyBackend, {selector: ({id}) => id, maxLength: 14}).map(rowsOf);
const anyOrder = fc
	.tuple(fc.constantFrom(...sortableColumns.map(({id}) => id)), fc.boolean())
	.map(([id, isReversed]) => by(id, isReversed));

describe('of sessions, workers and processes', () => {
	// Two sessions never have one pid at one time.
	sortLaws(sessions, anyRows, anyOrder, rows => new Set(pids(rows)).size === rows.length);

	test('behind the first process that is no client session, or a worker of one, stands no client session', () => {
		fc.assert(
			fc.property(anyRows, anyOrder, (rows, order) => {
				const kinds = sessionsSorted(rows, order)
					.map(row => row.value.kind)
					.filter(kind => kind !== 'parallel worker');
				expect(kinds).toEqual([...kinds].sort((a, b) => Number(a !== 'client') - Number(b !== 'client')));
			}),
		);
	});
});
