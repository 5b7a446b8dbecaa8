import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {IdleTexts} from '../../../../source/ports/source.js';
import {parts} from '../../../../source/postgres/parts.js';
import {backendsText} from '../../../../source/postgres/queries/backends.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {fewServers} from '../../../helpers/server/servers.js';
import {openPgtop, type Pgtop, visit} from '../../../helpers/session/scene.js';
import type {Session} from '../../../helpers/session/session.js';

test('what is no integer never gets into the statement', () => {
	for (const pid of [1.5, Number.NaN, '1}' as unknown as number])
		expect(() => backendsText(18, parts, [pid])).toThrow('not an integer');
});

describe.each(fewServers(import.meta.filename))('PostgreSQL $major', binaries => {
	let cluster: TestCluster;
	let idle: Session;
	let other: Session;
	let busy: Session;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** Two idle sessions, and one in a transaction. */
	async function guests(): Promise<void> {
		[idle, other, busy] = await Promise.all([visit(cluster), visit(cluster), visit(cluster)]);
		await idle.query('select 1 as idle');
		await other.query('select 2 as other');
		await busy.query('begin');
		await busy.query('select 3 as busy');
	}

	const shownTo = async (pgtop: Pgtop, idleTexts?: IdleTexts) => {
		const {backends} = await pgtop.sample(undefined, idleTexts);
		return (session: Session) => backends.find(({pid}) => pid === session.pid);
	};

	test('the last query of an idle session comes where its pid is asked for, and nothing else of it changes', async () => {
		await guests();
		const pgtop = await openPgtop(cluster);
		const usual = await shownTo(pgtop);
		for (const session of [idle, other]) expect(usual(session)).not.toMatchObject({query: expect.anything()});
		const asked = await shownTo(pgtop, [idle.pid, busy.pid]);
		const query = {text: 'select 1 as idle', bytes: 16};
		expect(asked(idle)).toEqual({...usual(idle), query});
		expect(asked(idle)).not.toHaveProperty('hash');
		expect(asked(idle)).not.toHaveProperty('queryId');
		// What has not changed is the same object.
		expect(asked(other)).toBe(usual(other));
		expect(asked(busy)).toBe(usual(busy));
		expect(asked(busy)).toMatchObject({query: {text: 'select 3 as busy'}, hash: expect.any(String)});
		const again = await shownTo(pgtop, [idle.pid, other.pid]);
		expect(again(idle)).toBe(asked(idle));
		expect(again(other)?.query?.text).toBe('select 2 as other');
		expect((await shownTo(pgtop))(idle)).toEqual(usual(idle));
	});

	test('all of them come where all are asked for', async () => {
		await guests();
		const shown = await shownTo(await openPgtop(cluster), 'all');
		expect([idle, other, busy].map(session => shown(session)?.query?.text)).toEqual([
			'select 1 as idle',
			'select 2 as other',
			'select 3 as busy',
		]);
		expect(shown(idle)).not.toHaveProperty('hash');
	});

	test.each(['all', 'its pid'])(
		'of a session that this role may not see nothing comes, where %s is asked for',
		async what => {
			await guests();
			await cluster.observe('drop role if exists plain');
			await cluster.observe('create role plain login');
			const pgtop = await openPgtop(cluster, {user: 'plain'});
			const shown = await shownTo(pgtop, what === 'all' ? 'all' : [idle.pid, busy.pid]);
			for (const session of [idle, busy]) {
				expect(shown(session)).toMatchObject({isVisible: false});
				expect(shown(session)).not.toHaveProperty('query');
			}
		},
	);

	test('where the refresh fails at a part, the pictures without that part have them, too', async () => {
		await guests();
		await cluster.observe('revoke execute on function pg_catalog.pg_get_userbyid(oid) from public');
		try {
			await cluster.observe('drop role if exists watcher');
			await cluster.observe('create role watcher login in role pg_monitor');
			const pgtop = await openPgtop(cluster, {user: 'watcher'});
			const {missing, backends} = await pgtop.sample(undefined, [idle.pid]);
			expect(missing.map(({part}) => part)).toContain('roles');
			expect(backends.find(({pid}) => pid === idle.pid)?.query?.text).toBe('select 1 as idle');
		} finally {
			await cluster.observe('grant execute on function pg_catalog.pg_get_userbyid(oid) to public');
		}
	});
});
