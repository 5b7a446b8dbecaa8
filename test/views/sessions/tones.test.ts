import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {columns} from '../../../source/views/sessions/columns.js';
import {sessions} from '../../../source/views/sessions/view.js';
import {
	backend,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
} from '../../helpers/state/backend.js';

/** The styles of the cells that have one. */
const stylesOf = (value: Backend) =>
	Object.fromEntries(
		columns.flatMap(({id, style}) => {
			const [only, ...others] = style?.({value, at: noon, isGone: false}) ?? [];
			expect(others).toEqual([]);
			return only === undefined ? [] : [[id, only] as const];
		}),
	);

const lock = {type: 'Lock', name: 'tuple'};
const io = {type: 'IO', name: 'DataFileRead'};
const inTx = (since: number, begun = since) =>
	backend(1, {state: 'idle in transaction', stateChange: noon - since, xactStart: noon - begun});

describe('the colours of a session', () => {
	test.each<[what: string, one: Backend, styles: Readonly<Record<string, string>>]>([
		['that runs', backend(1), {state: 'runs'}],
		['that runs for nearly ten minutes', backend(1, {age: 10 * minute - 1}), {state: 'runs'}],
		['whose transaction is open for ten', backend(1, {age: 10 * minute}), {state: 'runs', time: 'open'}],
		[
			'that runs a short query in such a one',
			backend(1, {age: second, xactStart: noon - hour}),
			{state: 'runs', time: 'open'},
		],
		[
			'that works for one whose transaction is that old',
			processOf(2, 'parallel worker', {leaderPid: 1, state: 'active', xactStart: noon - hour}),
			{state: 'runs'},
		],
		['that waits for I/O', backend(1, {wait: io}), {state: 'runs', wait: 'io'}],
		['that waits for a lock', backend(1, {age: 0, wait: lock}), {time: 'hurts', wait: 'hurts'}],
		['that waits for one for long', backend(1, {age: hour, wait: lock}), {time: 'hurts', wait: 'hurts'}],
		['idle in transaction for less than a minute', inTx(minute - 1), {}],
		['idle in transaction for a minute', inTx(minute), {state: 'open', time: 'open'}],
		['idle for a moment in an old transaction', inTx(second, hour), {time: 'open'}],
		[
			'aborted a minute ago',
			backend(1, {state: 'idle in transaction (aborted)', age: minute}),
			{state: 'open', time: 'open'},
		],
		['idle', idleBackend(1, {age: hour}), {}],
		['that may not be seen', invisible(1), {}],
		['of before the clock was set back', backend(1, {age: -hour}), {state: 'runs'}],
		[
			'that runs VACUUM for an hour',
			backend(1, {query: 'VACUUM (ANALYZE) orders', age: hour, wait: io}),
			{state: 'runs', time: 'maintenance', wait: 'maintenance'},
		],
		[
			'that waits with its index for a lock',
			backend(1, {query: ' create unique index concurrently on orders (id)', wait: lock}),
			{time: 'hurts', wait: 'hurts'},
		],
		[
			'that has run VACUUM, and is idle in transaction',
			backend(1, {query: 'analyze', state: 'idle in transaction', age: second}),
			{},
		],
		[
			'of autovacuum',
			processOf(51, 'autovacuum worker', {state: 'active', query: 'autovacuum: VACUUM t', xactStart: noon}),
			{state: 'runs', time: 'maintenance', wait: 'maintenance'},
		],
	])('%s', (_, one, styles) => {
		expect(stylesOf(one)).toEqual(styles);
	});

	test('after an hour of load nothing is yellow but what is open', () => {
		const busy = Array.from({length: 50}, (_, index) => backend(index, {age: index * 10 * second}));
		expect(busy.map(stylesOf)).toEqual(busy.map(() => ({state: 'runs'})));
	});
});

test('only an idle session is quiet', () => {
	expect(sessions.isQuiet?.(idleBackend(1))).toBe(true);
	for (const one of [backend(1), inTx(hour), invisible(1), processOf(51, 'checkpointer')])
		expect(sessions.isQuiet?.(one)).toBe(false);
});
