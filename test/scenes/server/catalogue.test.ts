import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {openClient} from '../../../source/demo/open-client.js';
import {textOf} from '../../../source/lines/line.js';
import {tableRows, topLines} from '../../../source/lines/screen.js';
import {type Run, startRun} from '../../helpers/run.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {endServers} from '../../helpers/server/servers.js';
import {codeOf, visit} from '../../helpers/session/scene.js';
import {letGo, told, untilLookedAt} from '../stage.js';

describe.each(endServers)('PostgreSQL $major', binaries => {
	let cluster: TestCluster;
	let folder: string;
	let count = 0;

	beforeAll(async () => {
		cluster = await startCluster(binaries);
		folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
		// Whoever observes has logged in by now.
		await cluster.observe('create role fresh login superuser');
		await cluster.observe('create database other');
	});

	afterAll(async () => {
		await cluster?.stop();
		await rm(folder, {recursive: true, force: true});
	});

	const linesOf = (run: Run) =>
		[...topLines(run.state()), ...tableRows(run.state())].map(line => textOf(line).trimEnd());

	/** Its row: an alert may name it, too. */
	const lineOf = (run: Run, pid: number) =>
		linesOf(run).find(line => new RegExp(`^[> ][ #*-]? *${pid} `).test(line)) ?? '';

	/** Why something was left out. On a busy machine the limit of a statement may be over before that of a lock, or before it is read who holds that. */
	const leftOutBy = (table: string, pid: number) =>
		new RegExp(`left out: (?:${table} was locked by ${pid}|[^:]* due to [a-z]+ timeout)`);

	/** A session that keeps a catalogue from being read, and the program, to which it is new or known from before. */
	async function stage(table: string, isKnown: boolean) {
		const run = await startRun(cluster, {auditFile: join(folder, `${count++}.jsonl`)});
		onTestFinished(run.close);
		const isSeen = (pid: number) =>
			run.until(({server}) => server.snapshot?.backends.some(one => one.pid === pid) === true);
		if (!isKnown) await run.press('p');
		const holder = await visit(cluster, {user: 'fresh', database: 'other', application: 'holder'});
		const {pid} = holder;
		if (isKnown) await isSeen(pid);
		await holder.query(`begin; lock table ${table} in access exclusive mode`);
		const unlock = async () => codeOf(holder.client.query('rollback'));
		// Before anything else is tidied up, which would wait for it.
		onTestFinished(async () => void (await unlock()));
		if (!isKnown) await run.press('p');
		await isSeen(pid);
		const login = openClient(cluster, {user: 'app', database: 'appdb', application: 'late'});
		const ended = codeOf(login.then(async client => client.end()));
		// A login that waits has a row since 18. Before, only its lock tells of it, and on a busy machine locks are read once a minute as long as no row waits.
		const isTold = () => lineOf(run, pid).includes('blocks 1');
		while (!isTold()) {
			const {receivedAt, locksAt} = run.state().server;
			if (locksAt !== undefined) await run.press('r');
			await run.until(({server}) => isTold() || server.receivedAt > receivedAt);
		}

		if (binaries.major >= 18) expect(linesOf(run).join('\n')).toContain(`lock < ${pid}`);
		return {run, pid, unlock, login: ended};
	}

	/** The tree and `b` lead to it, and details and alerts are there, too. */
	async function lookAround(run: Run, pid: number, leftOut: RegExp): Promise<void> {
		await run.select(pid);
		await run.press('t');
		await run.until(() => lineOf(run, pid).includes('blocks 1'));
		await run.press('b');
		expect(await run.says(/only root|blocks 1/)).toContain(String(pid));
		await run.press('t');
		await run.press('\r');
		await run.until(() => /holds AccessExclusiveLock on relation\s+pg_catalog\.pg_/.test(run.page()));
		await run.press('\u001B');
		await run.until(() => run.page() === '');
		await run.press('!');
		await run.until(() => leftOut.test(run.page().replaceAll(/\s+/g, ' ')));
		await run.press('\u001B');
		await run.until(() => run.page() === '');
	}

	test('with pg_database locked its holder is shown, with the oid of its database, and k ends it', async () => {
		const {run, pid, login} = await stage('pg_database', false);
		expect(lineOf(run, pid)).toMatch(/ fresh +\d+ +idle-tx +blocks 1 /);
		await lookAround(run, pid, leftOutBy('pg_database', pid));
		await run.select(pid);
		await run.press('k');
		await told(run, new RegExp(`^${pid} ended \\d\\.\\ds after k`));
		expect(await login).toBeUndefined();
	});

	test('with pg_authid locked by a session that was known before its holder is shown, and k ends it', async () => {
		const {run, pid, login} = await stage('pg_authid', true);
		// What was read before is known still.
		expect(lineOf(run, pid)).toMatch(/ fresh +other +idle-tx +blocks 1 /);
		await run.select(pid);
		await run.press('k');
		await told(run, new RegExp(`^${pid} ended \\d\\.\\ds after k`));
		expect(await login).toBeUndefined();
	});

	test('of a session that has just come the server has to look its rights up in pg_authid: k says who holds that', async () => {
		const {run, pid, login, unlock} = await stage('pg_authid', false);
		expect(lineOf(run, pid)).toMatch(/ \d+ +other +idle-tx +blocks 1 /);
		await lookAround(run, pid, leftOutBy('pg_authid', pid));
		await run.select(pid);
		await run.press('k');
		const {outcome} = await told(
			run,
			new RegExp(`^${pid} was not signalled: pg_authid \\(rights\\) is locked by ${pid}`),
		);
		expect(outcome.outcome).toBe('failed');
		await unlock();
		expect(await login).toBeUndefined();
		// Once nobody holds it, the same key does what it says.
		await untilLookedAt(run, ({state}) => state === 'idle');
		await letGo(run);
		await run.press('k');
		await told(run, new RegExp(`^${pid} ended \\d\\.\\ds after k`));
	});
});
