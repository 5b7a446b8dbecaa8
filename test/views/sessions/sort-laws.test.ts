import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/domain/list/row.js';
import type {Backend} from '../../../source/domain/session/backend.js';
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

describe('laws', () => {
	test('every session is placed once', () => {
		fc.assert(
			fc.property(anyRows, anyOrder, (rows, order) => {
				const ids = (of: readonly Row<Backend>[]) => of.map(({value: {id}}) => id).sort();
				expect(ids(sessionsSorted(rows, order))).toEqual(ids(rows));
			}),
		);
	});

	test('how they came changes nothing: the order is total', () => {
		fc.assert(
			fc.property(anyRows, anyOrder, fc.array(fc.nat()), (rows, order, keys) => {
				const shuffled = rows
					.map((row, index) => ({row, key: keys[index] ?? index}))
					.sort((a, b) => a.key - b.key)
					.map(({row}) => row);
				// Two sessions never have one pid at one time.
				fc.pre(new Set(pids(rows)).size === rows.length);
				expect(pids(sessionsSorted(shuffled, order))).toEqual(pids(sessionsSorted(rows, order)));
			}),
		);
	});

	test('sorting twice is sorting once', () => {
		fc.assert(
			fc.property(anyRows, anyOrder, (rows, order) => {
				const once = sessionsSorted(rows, order);
				expect(sessionsSorted(once, order)).toEqual(once);
			}),
		);
	});

	test('a worker stands under its leader, with nothing but its fellows between', () => {
		fc.assert(
			fc.property(anyRows, anyOrder, (rows, order) => {
				const all = sessionsSorted(rows, order).map(row => row.value);
				const leaders = new Set(all.filter(one => one.leaderPid === undefined).map(({pid}) => pid));
				for (const [index, {leaderPid}] of all.entries()) {
					if (leaderPid === undefined || !leaders.has(leaderPid)) continue;
					const above = all.slice(0, index).findLast(one => one.leaderPid !== leaderPid);
					expect(above?.pid).toBe(leaderPid);
				}
			}),
		);
	});

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
