import {expect, test} from 'vitest';
import type {Inspection} from '../../../../source/domain/session/inspection.js';
import {backend, minute, noon, second} from '../../../helpers/state/backend.js';
import {locksOf} from '../../../helpers/state/locked.js';
import {lookingAt} from '../../../helpers/state/play.js';

const session = backend(4388);
const others = [
	backend(4211, {state: 'idle in transaction', age: 14 * minute}),
	...Array.from({length: 23}, (_, index) => backend(4400 + index, {age: minute})),
];
const locks = locksOf([
	{type: 'transactionid', xid: 771, held: {E: [4211]}, waits: [[4388, 'S', noon - 252 * second]]},
	{
		relation: 16_402,
		held: {E: [4388]},
		waits: others.slice(1).map(({pid}) => [pid, 'E', noon - minute] as const),
	},
]);
const read: Partial<Inspection> = {
	at: noon,
	locks,
	sessionLocks: [
		{mode: 'ShareLock', isGranted: false, on: 'transactionid 771', count: 1, since: noon - 252 * second},
		{mode: 'RowExclusiveLock', isGranted: true, on: 'relation orders', count: 1},
		{mode: 'AccessShareLock', isGranted: true, on: 'relation items', count: 3},
	],
};
const opened = (facts: Partial<Inspection>) =>
	lookingAt(session, {others, size: {columns: 200, rows: 60}})
		.types('\r')
		.reads(session, facts);

test('the details name for whom it waits, who waits for it, what its end would free, and every lock', () => {
	const page = opened(read).page();
	expect(page).toContain('waits for 4211, 4m12s: ShareLock on transactionid 771');
	const named = Array.from({length: 20}, (_, index) => 4400 + index).join(', ');
	expect(page.replaceAll(/\n +/g, ' ')).toContain(`blocks 23: ${named}, ...`);
	expect(page).toContain('frees 1 now');
	expect(page).toContain(
		[
			'waits ShareLock on transactionid 771, for 4m12s',
			'holds RowExclusiveLock on relation orders',
			' AccessShareLock on relation items (3)',
		].join('\n'),
	);
});

test('they say nothing of locks that were not read', () => {
	const {locks: _, sessionLocks: __, ...without} = read;
	expect(opened(without).page()).not.toMatch(/Lock|blocks|frees|holds/);
});

test('Y copies the same', () => {
	const [copied] = opened(read).types('Y').given('copy');
	expect(copied?.text).toContain('\n  waits        for 4211, 4m12s: ShareLock on transactionid 771\n');
	expect(copied?.text).toContain('\nlocks\n  waits ');
	expect(copied?.text).toMatch(/\n {2}blocks +23: 4400, /);
});
