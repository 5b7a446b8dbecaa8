import {execFile} from 'node:child_process';
import process from 'node:process';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {openClient} from '../../source/demo/open-client.js';
import {cleanEnvironment} from '../helpers/clean-environment.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {findPgbouncer, type Pooler, startPgbouncer} from '../helpers/server/start-pgbouncer.js';
import {openPgtop, orderOn, visitRunning} from '../helpers/session/scene.js';
import {program} from '../helpers/terminal/terminal.js';

const file = await findPgbouncer();

let cluster: TestCluster;
let pooler: Pooler;

beforeAll(async () => {
	if (file === undefined) return;
	cluster = await startCluster();
	pooler = await startPgbouncer(file, cluster);
});

afterAll(async () => {
	await pooler?.stop();
	await cluster?.stop();
});

beforeEach(({skip}) => {
	if (file === undefined) skip('there is no pgbouncer');
});

type End = {readonly code: number | null; readonly said: string; readonly printed: string};

/** Runs the program without a terminal: one picture. */
const runProgram = (...argv: readonly string[]) =>
	new Promise<End>(resolve => {
		const words = [program, '-h', pooler.host, '-p', String(pooler.port), ...argv];
		const child = execFile(process.execPath, words, {env: cleanEnvironment()}, (_, printed, said) =>
			resolve({code: child.exitCode, said, printed}),
		);
	});

const sessions = async () =>
	cluster.observe<{pid: number; application: string}>(
		"select pid, application_name as application from pg_stat_activity where backend_type = 'client backend' and application_name <> 'observer'",
	);

describe('through transaction pooling', () => {
	test('a picture is made, again and again, and its own session is the one on the server', async () => {
		const pgtop = await openPgtop(pooler);
		for (let pictures = 0; pictures < 3; pictures++) {
			const {ownPid, missing, server} = await pgtop.sample();
			expect(missing).toEqual([]);
			expect(server).toMatchObject({recovery: 'PRIMARY', database: 'appdb'});
			expect((await sessions()).map(({pid}) => pid)).toContain(ownPid);
		}
	});

	test.each(['cancel', 'terminate'] as const)('%s reaches a session', async signal => {
		const pgtop = await openPgtop(pooler);
		const {victim, end} = await visitRunning(cluster);
		const order = await orderOn(pgtop, victim.pid, signal);
		expect(await pgtop.signal(order)).toMatchObject({type: 'answered', sent: true});
		expect(await end).toBe(signal === 'cancel' ? '57014' : '57P01');
	});

	test('nothing is left behind for whoever has the connection next', async () => {
		const login = {user: 'postgres', database: 'appdb', application: 'other'};
		const other = await openClient(pooler, login);
		const settings = async () => {
			const {rows} = await other.query(
				"select name, setting, pg_backend_pid() as pid from pg_settings where name ~ 'timeout|search_path|client_encoding|read_only' order by 1",
			);
			return rows;
		};

		try {
			const before = await settings();
			const pgtop = await openPgtop(pooler);
			await pgtop.sample();
			await pgtop.look([1]);
			expect(await settings()).toEqual(before);
			const {rows} = await other.query('select count(*)::int as statements from pg_prepared_statements');
			expect(rows).toEqual([{statements: 0}]);
		} finally {
			await other.end();
		}
	});

	test('the program prints its picture', async () => {
		const {code, said, printed} = await runProgram('-U', 'postgres', 'appdb');
		expect({code, said}).toEqual({code: 0, said: ''});
		expect(printed).toContain('PRIMARY');
	});
});

test('on the console of pgbouncer the program says one sentence', async () => {
	const {code, said, printed} = await runProgram('-U', 'postgres', 'pgbouncer');
	expect({code, printed}).toEqual({code: 1, printed: ''});
	expect(said).toMatch(/^pgtop: .*pgbouncer.*\n$/);
});
