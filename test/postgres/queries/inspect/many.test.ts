import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Inspected} from '../../../../source/domain/session/inspection.js';
import type {Some} from '../../../../source/domain/some.js';
import {startProxy} from '../../../helpers/network/proxy.js';
import {startCluster, type TestCluster} from '../../../helpers/server/cluster.js';
import {endServers} from '../../../helpers/server/servers.js';
import {openPgtop, timesIn, visit, visitRunning} from '../../../helpers/session/scene.js';

/** No backend has these: a server gives out no pid below 10 here, and none so large. */
const nobody = 4_194_305;

/** Few are read one by one, many in one go through all sessions. */
const sizes = [5, 40];

const some = (pids: readonly number[]) => pids as Some<number>;

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** What does not change from one reading to the next. */
	const factsIn = ({inspection, ...read}: Inspected) => ({
		...read,
		...(inspection && {inspection: {...inspection, at: 0, locks: undefined, xminAge: 0}}),
	});

	/** So many pids, with these among pids that no backend has. */
	const among = (pids: readonly number[], size: number) =>
		some([...pids, ...Array.from({length: size - pids.length}, (_, index) => nobody + index)]);

	test.each(sizes)(
		'of %i sessions each is read as it is read alone, in the order of the pids',
		async size => {
			const pgtop = await openPgtop(cluster, {user: 'mon'});
			await pgtop.sample();
			const idle = await visit(cluster);
			const open = await visit(cluster, {user: 'plain', database: 'postgres'});
			await open.query("begin; select 'of the open one'");
			const {victim} = await visitRunning(cluster, 'select pg_sleep(60) /* drop index concurrently i */');
			const pids = [victim.pid, idle.pid, nobody, open.pid];
			const read = await pgtop.facts(among(pids, size));
			expect(read.map(({pid}) => pid)).toEqual(among(pids, size));
			for (const [index, pid] of pids.entries())
				expect(factsIn(read[index] ?? {pid: 0})).toEqual(factsIn(await pgtop.factsOf(pid)));
			expect(read[0]?.inspection?.reasons).toEqual(['statement']);
			expect(read[3]?.inspection?.backend).toMatchObject({user: 'plain', database: 'postgres'});
			expect(read[3]?.inspection?.backend.query?.text).toBe("begin; select 'of the open one'");
			// Those that are not there have no facts.
			for (const {inspection} of [read[2], ...read.slice(4)].flatMap(one => one ?? []))
				expect(inspection).toBeUndefined();
		},
	);

	test.each(sizes)('a pid that stands twice among %i is read twice, and our own is told', async size => {
		const pgtop = await openPgtop(cluster);
		const {ownPid} = await pgtop.sample();
		const {pid} = await visit(cluster);
		const read = await pgtop.facts(among([pid, ownPid, pid], size));
		expect(read.slice(0, 3)).toMatchObject([
			{pid, inspection: {backend: {pid}}},
			{pid: ownPid, isOwn: true},
			{pid, inspection: {backend: {pid}}},
		]);
		expect(read[0]).not.toHaveProperty('isOwn');
	});

	test.each(sizes)('the look at %i sessions is in the order of the pids, too', async size => {
		const pgtop = await openPgtop(cluster);
		const {ownPid} = await pgtop.sample();
		const {pid} = await visit(cluster);
		const pids = among([nobody, pid, ownPid], size);
		const looks = await pgtop.look(pids);
		expect(looks.map(look => look.pid)).toEqual(pids);
		expect(looks.slice(0, 3)).toMatchObject([
			{pid: nobody},
			{pid, seen: {pid, state: 'idle'}},
			{pid: ownPid, isOwn: true},
		]);
		expect(looks[0]).not.toHaveProperty('seen');
	});

	test.each(sizes)('a role with nothing reads of %i sessions who they are, and nothing else', async size => {
		const pgtop = await openPgtop(cluster, {user: 'plain'});
		await pgtop.sample();
		const {victim} = await visitRunning(cluster);
		const [read] = await pgtop.facts(among([victim.pid], size));
		expect(read?.inspection?.backend).toMatchObject({isVisible: false, user: 'app', database: 'appdb'});
		expect(read?.inspection?.backend).not.toHaveProperty('query');
		expect(read?.inspection?.reasons).toEqual([]);
	});

	test('who waits for whom is read once for all of them, in the same message', async () => {
		const proxy = await startProxy(cluster);
		const pgtop = await openPgtop(proxy);
		await pgtop.sample();
		const holder = await visit(cluster);
		await holder.query('begin; select pg_advisory_xact_lock(7)');
		const waiter = await visit(cluster);
		void waiter.start('select pg_advisory_xact_lock(7)');
		await waiter.untilBlocked();
		const before = proxy.sent().length;
		const read = await pgtop.facts(among([holder.pid, waiter.pid], 40));
		const sent = proxy.sent().slice(before);
		expect(timesIn(sent, 'pg_lock_status()')).toBe(1);
		expect(timesIn(sent, 'begin read only')).toBe(1);
		const [first, second] = read.map(one => one.inspection?.locks);
		expect(first?.rows.map(({pids, isGranted}) => ({pids, isGranted}))).toEqual(
			expect.arrayContaining([
				{pids: [holder.pid], isGranted: true},
				{pids: [waiter.pid], isGranted: false},
			]),
		);
		expect(second).toBe(first);
	});

	test('5,000 pids are read in one message', async () => {
		const pgtop = await openPgtop(cluster);
		await pgtop.sample();
		const {pid} = await visit(cluster);
		const read = await pgtop.facts(among([pid], 5000));
		expect(read).toHaveLength(5000);
		expect(read.filter(({inspection}) => inspection).map(one => one.pid)).toEqual([pid]);
		expect(await pgtop.look(among([pid], 5000))).toHaveLength(5000);
	});

	test.each(['pg_database', 'pg_authid'])('with %s locked they are read all the same', async table => {
		const pgtop = await openPgtop(cluster);
		await pgtop.sample();
		const {pid} = await visit(cluster);
		const blocker = await visit(cluster, {user: 'postgres'});
		await pgtop.sample();
		await blocker.query(`begin; lock table ${table} in access exclusive mode`);
		try {
			await pgtop.sample();
			const read = await pgtop.facts(among([pid, blocker.pid], 40));
			expect(read[0]?.inspection?.backend).toMatchObject({user: 'app', database: 'appdb', state: 'idle'});
			expect(read[1]?.inspection?.backend).toMatchObject({state: 'idle in transaction'});
		} finally {
			await blocker.query('rollback');
		}
	});
});
