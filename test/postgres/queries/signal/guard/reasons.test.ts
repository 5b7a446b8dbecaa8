import {afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import type {GuardedReason} from '../../../../../source/domain/signal/verdict/reason.js';
import {isSpecialStatement} from '../../../../../source/domain/signal/verdict/special.js';
import {startCluster, type TestCluster} from '../../../../helpers/server/cluster.js';
import {endServers} from '../../../../helpers/server/servers.js';
import {openPortal} from '../../../../helpers/session/portal.js';
import {backendOf, endOf, orderOn, visit, visitRunning} from '../../../../helpers/session/scene.js';
import {waitUntil} from '../../../../helpers/session/session.js';
import {closeGates, gates} from './gates.js';
import {openGuard} from './open-guard.js';

const signals = ['cancel', 'terminate'] as const;

/** What the server keeps of a query: 1,023 bytes. */
const blanks = ' '.repeat(1100);
const comment = (bytes: number, filling = '-') =>
	`/*${filling.repeat((bytes - 4) / Buffer.byteLength(filling))}*/`;

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		await cluster.observe(gates);
		await cluster.observe(`
			create function slow(number int) returns int language plpgsql immutable security definer
				as $$ begin perform public.pause(); return number; end $$;
			alter function pause() set search_path = public, pg_catalog`);
	});

	beforeEach(async () => {
		await cluster.observe(`
			drop table if exists worked;
			create table worked (id int);
			insert into worked values (1);
			create index standing on worked (id);
			alter table worked owner to app`);
	});

	afterAll(async () => cluster?.stop());

	/** By the progress that it reports a server is known to work CONCURRENTLY since 12, whatever its text shows. */
	const reported: readonly GuardedReason[] = major >= 12 ? ['index'] : [];

	/** Commands that wait for a transaction which writes into their table, and what must be asked about them. */
	const commands: readonly (readonly [name: string, text: string, reasons: readonly GuardedReason[]])[] = [
		[
			'the text of CREATE INDEX CONCURRENTLY',
			'create index concurrently new on worked (id)',
			[...reported, 'statement'],
		],
		['the text of DROP INDEX CONCURRENTLY', 'drop index concurrently standing', ['statement']],
		[
			'CREATE INDEX CONCURRENTLY whose text was cut',
			`create${blanks}index concurrently new on worked (id)`,
			reported,
		],
		[
			'CREATE INDEX CONCURRENTLY behind a long comment',
			`${comment(1100)} create index concurrently new on worked (id)`,
			[...reported, 'comment'],
		],
		[
			'DROP INDEX CONCURRENTLY behind a long comment',
			`${comment(1100)} drop index concurrently standing`,
			['comment'],
		],
		...(major >= 12
			? ([
					[
						'the text of REINDEX INDEX CONCURRENTLY',
						'reindex index concurrently standing',
						['index', 'statement'],
					],
					[
						'REINDEX CONCURRENTLY whose text was cut',
						`reindex${blanks}index concurrently standing`,
						['index'],
					],
					[
						'the text of REINDEX TABLE CONCURRENTLY',
						'reindex (verbose) table concurrently worked',
						['index', 'statement'],
					],
				] as const)
			: []),
	];

	test.each(commands)('%s shows what it is', async (_, text, reasons) => {
		const guard = await openGuard(cluster);
		const victim = await visit(cluster);
		const idle = await orderOn(guard, victim.pid, 'terminate', 'session');
		const writer = await visit(cluster, {user: 'postgres'});
		await writer.query('begin; lock table worked in row exclusive mode');
		const end = endOf(victim, text);
		await victim.untilBlocked();
		expect((await guard.inspect(victim.pid)).inspection?.reasons).toEqual(reasons);
		// The second key on a session that was idle at the first one.
		expect(await guard.heldBy(idle)).toEqual(reasons);
		for (const signal of signals) {
			const order = await orderOn(guard, victim.pid, signal);
			expect(await guard.heldBy(order)).toEqual(reasons);
			expect(await guard.heldBy({...order, asked: reasons})).toEqual([]);
			for (const reason of reasons)
				expect(await guard.heldBy({...order, asked: [reason]})).toEqual(
					reasons.filter(other => other !== reason),
				);
		}

		const order = {...(await orderOn(guard, victim.pid, 'cancel')), asked: reasons};
		expect(await guard.signal(order)).toMatchObject({type: 'answered', sent: true});
		expect(await end).toBe('57014');
		// What stands there of an idle session has ended.
		expect((await guard.inspect(victim.pid)).inspection?.reasons).toEqual([]);
		expect(await guard.heldBy(idle)).toEqual([]);
		await writer.query('rollback');
	});

	test('an index that is built in the usual way is nothing to ask about', async () => {
		const guard = await openGuard(cluster);
		for (const text of ['create index usual on worked (public.slow(id))', 'reindex index usual']) {
			const {openFirst, openSecond} = await closeGates(cluster);
			const {victim, end} = await visitRunning(cluster, text);
			await victim.untilBlocked();
			if (major >= 12)
				await waitUntil(
					cluster,
					`exists (select from pg_stat_progress_create_index where pid = ${victim.pid})`,
				);
			expect((await guard.inspect(victim.pid)).inspection?.reasons).toEqual([]);
			for (const signal of signals)
				expect(await guard.heldBy(await orderOn(guard, victim.pid, signal))).toEqual([]);
			await openFirst();
			await openSecond();
			expect(await end).toBeUndefined();
			await victim.query('select pg_advisory_unlock_all()');
		}
	});

	test('a backend that works CONCURRENTLY is no reason for another one', async () => {
		const guard = await openGuard(cluster);
		const writer = await visit(cluster, {user: 'postgres'});
		await writer.query('begin; lock table worked in row exclusive mode');
		const builder = await visit(cluster);
		const end = endOf(builder, `create${blanks}index concurrently other on worked (id)`);
		await builder.untilBlocked();
		const {victim} = await visitRunning(cluster);
		expect(await guard.heldBy(await orderOn(guard, builder.pid, 'cancel'))).toEqual(reported);
		expect(await guard.heldBy(await orderOn(guard, victim.pid, 'cancel'))).toEqual([]);
		await cluster.observe(`select pg_cancel_backend(${builder.pid})`);
		expect(await end).toBe('57014');
	});

	const sleeping = 'select pg_sleep(60)';
	test.each<[name: string, text: string, reasons: readonly GuardedReason[]]>([
		['with a comment that is kept as a whole', `${comment(500)} ${sleeping}`, []],
		['with a text that ends where it would be cut', `${comment(1023 - sleeping.length)}${sleeping}`, []],
		['with a text that was cut in its last word', `${comment(1024 - sleeping.length)}${sleeping}`, []],
		['of which a comment is all that is kept', `${comment(1023)}${sleeping}`, ['comment']],
		['behind a comment that was cut in the middle', `${comment(1500)}${sleeping}`, ['comment']],
		['behind a comment cut within a character', `${comment(1502, '\u00E9')}${sleeping}`, ['comment']],
		['behind a comment cut within a longer one', `${comment(1504, '\u{1D11E}')}${sleeping}`, ['comment']],
		['behind lines of comment', `${'-- a line\n'.repeat(200)}${sleeping}`, ['comment']],
		['behind blanks', `${blanks}${sleeping}`, ['comment']],
		['with a comment behind its first word', `select ${comment(1100)} pg_sleep(60)`, []],
		['with the words in a comment', `/* drop index concurrently */ ${sleeping}`, ['statement']],
		['with the words in a literal', `select 'commit', 'prepared', pg_sleep(60)`, ['statement']],
	])('of a query %s, and the picture says the same', async (_, text, reasons) => {
		const guard = await openGuard(cluster);
		const {victim} = await visitRunning(cluster, text);
		expect((await guard.factsOf(victim.pid)).inspection?.reasons).toEqual(reasons);
		const {query} = await backendOf(guard, victim.pid);
		expect(query?.isBehindComment ?? false).toBe(reasons.includes('comment'));
		expect(isSpecialStatement(query?.text ?? '')).toBe(reasons.includes('statement'));
		const order = await orderOn(guard, victim.pid, 'terminate');
		expect(await guard.heldBy(order)).toEqual(reasons);
		expect(await guard.heldBy({...order, asked: reasons})).toEqual([]);
	});

	test('a statement that is nothing but a comment, and was not cut, is nothing to ask about', async () => {
		const guard = await openGuard(cluster);
		const victim = await visit(cluster);
		const portal = openPortal(victim.client, '/* nothing */');
		portal.bind();
		portal.fetch(0);
		await victim.untilActive();
		expect(await victim.activity()).toMatchObject({query: '/* nothing */'});
		expect(await guard.heldBy(await orderOn(guard, victim.pid, 'terminate'))).toEqual([]);
		expect((await guard.inspect(victim.pid)).inspection?.reasons).toEqual([]);
		portal.sync();
	});

	test('a server that keeps more is read to its end, behind what is shown', async () => {
		const generous = await startCluster(binaries, {settings: {track_activity_query_size: '4096'}});
		onTestFinished(() => generous.stop());
		const guard = await openGuard(generous);
		for (const [text, reasons] of [
			[`${comment(2000)} ${sleeping}`, []],
			[`${comment(2000)} select 'commit', 'prepared', pg_sleep(60)`, ['statement']],
			[`${comment(5000)} ${sleeping}`, ['comment']],
		] as const) {
			const {victim} = await visitRunning(generous, text);
			expect(await guard.heldBy(await orderOn(guard, victim.pid, 'terminate'))).toEqual(reasons);
		}
	});
});
