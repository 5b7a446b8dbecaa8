import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {openClient} from '../../source/demo/open-client.js';
import {prologue} from '../../source/postgres/prologue.js';
import {type Run, startRun} from '../helpers/run.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {newest} from '../helpers/server/servers.js';
import {openSession, type Session} from '../helpers/session/session.js';
import {outcomeOf} from '../helpers/state/outcome-of.js';
import {type Recorder, type Sent, startRecorder} from './recorder.js';

let cluster: TestCluster;
const closers: (() => Promise<void>)[] = [];

const marker = 'Xy7marker';
const guard = [
	"set local transaction_isolation = 'read committed'",
	'set local search_path = pg_catalog, pg_temp',
	'set local statement_timeout = 2000',
	'set local lock_timeout = 1000',
	"set local client_encoding = 'SQL_ASCII'",
	'set local idle_in_transaction_session_timeout = 0',
	...(newest.major >= 17 ? ['set local transaction_timeout = 0'] : []),
].join('; ');

const hello =
	'show server_version; show server_version_num; show max_connections; show server_encoding; show is_superuser; show statement_timeout; show track_activity_query_size; show cluster_name';
const unlogged = [
	"set local log_statement = 'none'",
	'set local log_min_duration_statement = -1',
	'set local log_duration = off',
	...(newest.major >= 13 ? ['set local log_min_duration_sample = -1'] : []),
].join('; ');

beforeAll(async () => {
	cluster = await startCluster();
	const admin = await openClient(cluster, {user: 'postgres', database: 'postgres', application: 'admin'});
	await admin.query(`create role "r${marker}" login`);
	await admin.query(`create database "d${marker}" owner "r${marker}"`);
	await admin.end();
});

afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
});

afterAll(async () => cluster.stop());

/** Everything that one can know of it is marked. */
const openMarked = () =>
	openSession(cluster, {user: `r${marker}`, database: `d${marker}`, application: `a${marker}`});

const marked = `select '${marker}', $${'$'}${marker}$${'$'} as "${marker}", pg_sleep(600) -- ${marker}`;

type Recorded = {readonly run: Run; readonly recorder: Recorder; readonly kinds: () => readonly string[]};

async function record(user = 'postgres'): Promise<Recorded> {
	const recorder = await startRecorder(cluster);
	closers.push(async () => recorder.close());
	const {host, port} = recorder;
	const run = await startRun(cluster, {user, host, port});
	closers.push(async () => run.close());
	return {run, recorder, kinds: () => recorder.messages().map(kindOf)};
}

/** What a message is, told by its whole beginning; in its own words when it is none of ours. */
function kindOf({type, text, connection}: Sent, index: number, all: readonly Sent[]): string {
	if (type !== 'Q') return type;
	if (text === hello || text === 'commit') return text;
	if (text === `begin read only; ${guard}` || text === `begin read only; ${guard}; ${unlogged}`)
		return 'begin';
	const before = all[index - 1];
	if (before?.connection === connection && before.text.startsWith('begin ')) {
		const isGuarded = text.startsWith(`${guard};\n`) && /^\s*select\s/.test(text.slice(guard.length + 2));
		return isGuarded ? 'batch' : `unguarded: ${text}`;
	}

	const [, comment, rest = ''] = /^(\/\* [\w.@ -]{1,64} \*\/ )?([\s\S]*)$/.exec(text) ?? [];
	if (!rest.startsWith(`${guard};\n`)) return `unguarded: ${text}`;
	const statement = rest.slice(guard.length + 2).trim();
	const isSignal = /pg_catalog\.pg_(?:cancel|terminate)_backend\(g\.pid\)/.test(statement);
	if (isSignal !== (comment !== undefined)) return `comment and signal do not go together: ${text}`;
	return /^select\s/.test(statement) && !statement.includes(';') ? 'message' : `not one select: ${text}`;
}

/** The statements in our messages when the numbers in them are taken out. Which of them stand together depends on how long a run takes: parts have a pace. */
const shapesOf = (recorder: Recorder) =>
	[
		...new Set(
			recorder
				.messages()
				.filter(({type}) => type === 'Q')
				.flatMap(({text}) =>
					text
						.replaceAll(/'-?\d+'/g, "'N'")
						.replaceAll(/'\{\d+(?:,\d+)*\}'/g, "'{N}'")
						.split(/;\s*/),
				),
		),
	].sort();

function check({recorder, kinds}: Recorded): void {
	const allowed = ['startup', hello, 'begin', 'batch', 'commit', 'message', 'X'];
	expect(kinds().filter(kind => !allowed.includes(kind))).toEqual([]);
	expect(recorder.raw().toString('latin1').toLowerCase()).not.toContain(marker.toLowerCase());
}

async function runMarked(open: () => Promise<Session>): Promise<Session> {
	const victim = await open();
	victim.start(marked).catch(() => {});
	await victim.untilActive();
	return victim;
}

/** c, and after it k over the details and a question: everything that pgtop can ask. */
async function signalBoth({run}: Recorded, victim: Session): Promise<void> {
	await run.select(victim.pid);
	await run.press('c');
	await run.says(/query ended .* after c/);
	await run.press('\r');
	await run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'details' && layer.inspection !== undefined;
	});
	expect(run.page()).toContain(marker);
	await run.press('k');
	await run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' && performance.now() - (layer.drawnAt ?? Infinity) > layer.readFor;
	});
	await run.press('y');
	await run.until(({server}) => outcomeOf(server.signals.at(-1)) === 'ended');
}

test('the guard is what the tests here take it for', () => {
	expect(prologue(newest.major)).toBe(guard);
});

test('every message begins with the guard, and nothing of another session is in any of them', async () => {
	const victim = await runMarked(openMarked);
	const recorded = await record();
	await signalBoth(recorded, victim);
	check(recorded);
	expect(recorded.kinds()).toEqual(expect.arrayContaining(['begin', 'batch', 'message']));
	const texts = recorded.recorder.messages().map(({text}) => text);
	expect(texts.filter(text => text.includes('pg_cancel_backend'))).toHaveLength(1);
	expect(texts.filter(text => text.includes('pg_terminate_backend'))).toHaveLength(1);
});

test('what is sent differs from session to session in whole numbers only', async () => {
	const shapes: (readonly string[])[] = [];
	for (const open of [openMarked, () => openSession(cluster)]) {
		const victim = await runMarked(open);
		const recorded = await record();
		await signalBoth(recorded, victim);
		shapes.push(shapesOf(recorded.recorder));
	}

	expect(shapes[0]).toEqual(shapes[1]);
});

test('a refusal, and what is missing for it, is asked for in the same way', async () => {
	const victim = await runMarked(openMarked);
	const recorded = await record('mon');
	await recorded.run.select(victim.pid);
	await recorded.run.press('k');
	await recorded.run.says(/needs GRANT pg_signal_backend/);
	check(recorded);
	expect(recorded.recorder.messages().some(({text}) => text.includes('rolsuper'))).toBe(true);
	await cluster.observe(`select pg_terminate_backend(${victim.pid})`);
});

test('and so is all behind a refresh that the server refused', async () => {
	const recorded = await record();
	const {run} = recorded;
	const locker = await openSession(cluster, {user: 'postgres'});
	await locker.query('begin');
	await locker.query('lock table pg_database in access exclusive mode');
	await run.until(({server}) => server.leftOut.some(({part}) => part === 'databases'));
	await locker.query('rollback');
	check(recorded);
	await locker.end();
});
