import type {QueryConfig} from 'pg';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import type {Part} from '../../../source/domain/server/snapshot.js';
import {whyNotSignalled} from '../../../source/domain/session/rights.js';
import {parts} from '../../../source/postgres/parts.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {endServers} from '../../helpers/server/servers.js';
import {openPgtop, orderOn, type Pgtop, visitRunning} from '../../helpers/session/scene.js';

/** What rights are read with: without it there are none, and an alert says so. */
const ofRights = /^(has_function_privilege|has_table_privilege|pg_has_role)\(/;

/** Casts and the like, which nobody takes away: what is lost is in the words of the server. */
const common = /^(sum|max|min|count|array_agg|concat_ws|int4|int8|text|age|mxid_age|extract|date_part)\(/;

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
	});

	afterAll(async () => cluster?.stop());

	/** The selects in what was sent. */
	async function sent({client}: Pgtop, ask: () => Promise<unknown>): Promise<readonly string[]> {
		const spy = vi.spyOn(client, 'query');
		await ask();
		const texts = spy.mock.calls.map(([query]) => (query as unknown as QueryConfig).text);
		spy.mockRestore();
		return texts.flatMap(text => text.split(';\n')).filter(text => /^\s*select\s/.test(text));
	}

	/** The functions that statements call, as the server has understood them. */
	async function calledBy(statements: readonly string[]): Promise<ReadonlySet<string>> {
		const all = new Set<string>();
		for (const statement of statements) {
			await cluster.observe(`create temporary view understood as select 1 as one from (${statement}) s`);
			const rows = await cluster.observe<{name: string}>(`
				select distinct found[1]::oid::regprocedure::text as name
				  from pg_rewrite, regexp_matches(ev_action::text, ':(?:funcid|aggfnoid) (\\d+)', 'g') found
				 where ev_class = 'understood'::regclass`);
			// A type that only this one has to be quoted.
			for (const {name} of rows) all.add(name.replaceAll('"', '').replace(/\bany\b/, '"any"'));
			await cluster.observe('drop view understood');
		}

		return all;
	}

	async function revoke(what: string) {
		await cluster.observe(`revoke execute on function pg_catalog.${what} from public`);
		onTestFinished(async () => {
			await cluster.observe(`grant execute on function pg_catalog.${what} to public`);
			await cluster.observe(`revoke execute on function pg_catalog.${what} from monsig`);
		});
	}

	/** Functions of the views that the parts read. */
	const inViews = [
		'pg_stat_get_db_xact_commit(oid)',
		'pg_stat_get_db_xact_rollback(oid)',
		'pg_stat_get_db_blocks_fetched(oid)',
		'pg_stat_get_db_blocks_hit(oid)',
		'pg_stat_get_db_temp_bytes(oid)',
		'pg_stat_get_db_deadlocks(oid)',
		'pg_stat_get_db_conflict_all(oid)',
		'pg_stat_get_db_stat_reset_time(oid)',
	];

	test('each function that is revoked costs what it is called for, and nothing else', async () => {
		const open = () => openPgtop(cluster, {user: 'monsig'});
		const pgtop = await open();
		const {victim} = await visitRunning(cluster, 'begin; select pg_sleep(600)');
		const {pid} = victim;
		// Too late: all of the guard is asked, and nobody is hit.
		const order = {...(await orderOn(pgtop, pid, 'terminate')), expiresAt: 0};
		const needed = await calledBy(await sent(pgtop, () => pgtop.sample([])));
		const byPart = new Map<Part, ReadonlySet<string>>();
		for (const part of parts) {
			const called = await calledBy(await sent(pgtop, () => pgtop.sample([part])));
			byPart.set(part, part === 'counters' ? new Set([...called, ...inViews]) : called);
		}

		await pgtop.sample();
		const byGuard = await calledBy(await sent(pgtop, () => pgtop.signal(order)));
		const others = await calledBy([
			...(await sent(pgtop, () => pgtop.inspect(pid))),
			...(await sent(pgtop, () => pgtop.look([pid]))),
			...(await sent(pgtop, () => pgtop.rights())),
		]);
		const all = new Set([...[...byPart.values()].flatMap(called => [...called]), ...byGuard, ...others]);
		const dispensable = [...all].filter(name => !needed.has(name));
		expect(dispensable.length).toBeGreaterThan(25);

		for (const name of dispensable) {
			await revoke(name);
			const fresh = await open();
			const picture = await fresh.sample();
			const expected = parts.filter(part => byPart.get(part)?.has(name));
			expect([name, ...picture.missing.map(({part}) => part)]).toEqual([name, ...expected]);
			for (const {why} of picture.missing) expect(why).toMatch(/^permission denied for /);
			const shown = picture.backends.find(backend => backend.pid === pid);
			expect(shown).toMatchObject({state: 'active', ...(expected.includes('texts') && {isUnread: true})});

			// Details and questions open, and watching goes on.
			const {inspection} = await fresh.inspect(pid);
			expect(inspection).toMatchObject({backend: {state: 'active'}});
			expect(inspection?.text).toBe(expected.includes('texts') ? undefined : 'begin; select pg_sleep(600)');
			expect(await fresh.look([pid])).toMatchObject([{seen: {state: 'active'}}]);
			const rights = await fresh.rights().catch(({sentence}) => sentence);
			if (ofRights.test(name)) expect(rights).toMatch(/^permission denied for function (has_|pg_has_role)/);
			else {
				expect(rights).toMatchObject({seesAll: true, grantee: {name: '"monsig"'}});
				if (!common.test(name))
					expect([
						name,
						[...new Set([...rights.refused, ...Object.values(rights.revoked).flat()])].map(asServer),
					]).toEqual([name, [`pg_catalog.${name}`]]);
			}

			// Nothing is sent without the guard, and what it lacks is what helps.
			const answer = await fresh.signal(order);
			if (byGuard.has(name)) {
				expect(answer).toMatchObject({
					type: 'denied',
					reason: expect.stringMatching(/^permission denied for /),
				});
				const grant = `GRANT EXECUTE ON FUNCTION pg_catalog.${name} TO "monsig"`;
				const {missing} = answer as {readonly missing?: string};
				expect(missing && asServer(missing)).toBe(common.test(name) ? undefined : `needs ${grant}`);
				// It is marked before a key is pressed; when the server was started a picture without it does not ask.
				const marked = name === 'pg_postmaster_start_time()' ? undefined : missing;
				expect(shown && whyNotSignalled(shown, rights, 'terminate')).toBe(marked);
				await cluster.observe(missing?.replace('needs ', '') ?? grant);
				expect(await fresh.signal(order)).toMatchObject({type: 'answered', held: ['time']});
				expect((await fresh.sample()).missing).toEqual([]);
			} else expect([name, answer]).toMatchObject([name, {type: 'answered', held: ['time']}]);

			await cluster.observe(`grant execute on function pg_catalog.${name} to public`);
			fresh.close();
		}

		expect(await victim.activity()).toMatchObject({state: 'active'});
	}, 120_000);
});

/** Names as the server writes them. */
const asServer = (signature: string) => signature.replaceAll(/, (?=[^()]*\))/g, ',');
