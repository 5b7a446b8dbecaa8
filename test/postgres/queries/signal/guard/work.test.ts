import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Work} from '../../../../../source/domain/signal/target.js';
import {startCluster, type TestCluster} from '../../../../helpers/server/cluster.js';
import {servers} from '../../../../helpers/server/servers.js';
import {endOf, orderOn, visit} from '../../../../helpers/session/scene.js';
import {openGuard} from './open-guard.js';

/** What a session was looked at, what k demands then, and what each of its next steps makes of that. */
type Scene = {
	readonly looked: string;
	readonly state: string;
	readonly work: Work;
	readonly steps: readonly (readonly [text: string, isHeld: boolean])[];
};

const goes = false;
const isHeld = true;

const scenes: readonly Scene[] = [
	{
		looked: 'begin',
		state: 'idle in transaction',
		work: 'transaction',
		steps: [
			['select 1', goes],
			['savepoint a', goes],
			['select 1/0', goes],
			['rollback to a', goes],
			['commit', isHeld],
			['begin', isHeld],
		],
	},
	{
		looked: 'begin; select 1/0',
		state: 'idle in transaction (aborted)',
		work: 'aborted',
		steps: [
			['select 1', goes],
			['rollback', isHeld],
			['begin', isHeld],
			['select 1/0', goes],
		],
	},
	{
		looked: 'begin; savepoint a; select 1/0',
		state: 'idle in transaction (aborted)',
		work: 'aborted',
		steps: [
			['rollback to a', goes],
			['select 1', goes],
			['select 1/0', goes],
			['rollback', isHeld],
			['begin', isHeld],
			['savepoint a; select 1/0', isHeld],
		],
	},
	{
		looked: 'select 1',
		state: 'idle',
		work: 'idle',
		steps: [
			['select 2', goes],
			['begin', isHeld],
			['select 1/0', goes],
			['rollback', goes],
		],
	},
];

describe.each(servers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	test.each(scenes)('after "$looked" k demands $work', async ({looked, state, work, steps}) => {
		const guard = await openGuard(cluster);
		const victim = await visit(cluster);
		await endOf(victim, looked);
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(order).toMatchObject({work, target: {state}});
		expect(await guard.heldBy(order)).toEqual([]);
		const session = {...order, work: 'session'} as const;
		for (const [text, held] of steps) {
			await endOf(victim, text);
			expect([text, await guard.heldBy(order)]).toEqual([text, held ? ['work'] : []]);
			expect(await guard.heldBy(session)).toEqual([]);
		}
	});
});
