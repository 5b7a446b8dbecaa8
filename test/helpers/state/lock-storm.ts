import type {Locks} from '../../../source/domain/locks/lock-row.js';
import type {Prepared} from '../../../source/domain/locks/prepared.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {backend, hour, minute, noon, second} from './backend.js';
import {type LockScene, locksOf} from './locked.js';

const lockWait = {type: 'Lock', name: 'transactionid'} as const;

const waiting = (pid: number, age: number, query: string, facts: {readonly user?: string} = {}) =>
	backend(pid, {age, wait: lockWait, query, ...facts});

/** 4211 has a row, and has gone to sleep. An ALTER waits for it, too, and for two others; who comes later waits behind that. */
export const storm: readonly Backend[] = [
	backend(52_871, {
		user: 'billing_batch',
		age: 3 * hour,
		wait: {type: 'IO', name: 'DataFileRead'},
		query: 'SELECT count(*) FROM orders_archive',
	}),
	backend(4211, {
		state: 'idle in transaction',
		age: 14 * minute + 2 * second,
		wait: {type: 'Client', name: 'ClientRead'},
		query: "UPDATE orders SET status = 'paid' WHERE id = 4711",
	}),
	waiting(4388, 4 * minute + 12 * second, "UPDATE orders SET status = 'sent' WHERE id = 4711"),
	waiting(4395, 4 * minute + 2 * second, "UPDATE orders SET status = 'lost' WHERE id = 4711"),
	backend(4398, {age: 3 * minute, query: 'SELECT * FROM orders ORDER BY placed_at'}),
	backend(4399, {age: 2 * minute, query: 'SELECT sum(total) FROM orders'}),
	waiting(4501, 70 * second, 'ALTER TABLE orders ADD COLUMN note text', {user: 'etl'}),
	waiting(4502, 69 * second, 'SELECT * FROM orders WHERE id = 7', {user: 'web'}),
	backend(4601, {age: 30 * second, state: 'idle in transaction', query: 'UPDATE stock SET amount = 3'}),
	waiting(4602, 20 * second, 'UPDATE stock SET amount = 4', {user: 'web'}),
];

const since = (age: number) => noon - age;

const stormScenes: readonly LockScene[] = [
	{
		type: 'transactionid',
		xid: 7711,
		held: {E: [4211]},
		waits: [[4388, 'S', since(4 * minute + 12 * second)]],
	},
	{type: 'tuple', relation: 16_402, held: {E: [4388]}, waits: [[4395, 'E', since(4 * minute + 2 * second)]]},
	{
		relation: 16_402,
		held: {RE: [4211], AS: [4398, 4399]},
		waits: [
			[4501, 'AE', since(70 * second)],
			[4502, 'AS', since(69 * second)],
		],
	},
	{type: 'transactionid', xid: 7712, held: {E: [4601]}, waits: [[4602, 'S', since(20 * second)]]},
];

export const stormLocks: Locks = locksOf(stormScenes);

/** A prepared transaction that nobody has ended, and who waits for it. */
export const forgotten: Prepared = {
	gid: "shop-42 o'clock",
	owner: 'billing',
	database: 'shop',
	preparedAt: noon - 26 * hour,
	xid: 7700,
};

const forgottenScenes: readonly LockScene[] = [
	{
		type: 'transactionid',
		xid: 7700,
		held: {E: ['9/77']},
		waits: [[4701, 'S', since(5 * minute)]],
	},
];

export const forgottenLocks: Locks = locksOf(forgottenScenes);

export const behindForgotten = waiting(4701, 5 * minute, 'UPDATE invoices SET paid = true WHERE id = 9');

/** The storm, and so many more that wait for 4388's place in the queue. */
export function longStorm(count: number): {readonly backends: readonly Backend[]; readonly locks: Locks} {
	const more = Array.from({length: count}, (_, index) =>
		waiting(6000 + index, minute - index * 1000, `UPDATE orders SET status = 'late' WHERE id = 4711`),
	);
	const scenes = stormScenes.map(
		(scene): LockScene =>
			scene.type === 'tuple'
				? {
						...scene,
						waits: [
							...(scene.waits ?? []),
							...more.map(({pid, queryStart}) => [pid, 'E', queryStart ?? null] as const),
						],
					}
				: scene,
	);
	return {
		backends: [...storm, ...more, behindForgotten],
		locks: locksOf([...scenes, ...forgottenScenes]),
	};
}
