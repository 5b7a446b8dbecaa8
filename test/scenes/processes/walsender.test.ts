import pg from 'pg';
import {expect, test} from 'vitest';
import {waitUntil} from '../../helpers/session/session.js';
import {answerYes, asked, selectBackground, setStage, told} from '../stage.js';

const stage = setStage();

/** Streams the WAL as a standby does; with the pid and what it is told at its end. */
async function startStream(user = 'postgres') {
	const {host, port} = stage.cluster;
	const options = {host, port, user, ssl: false, application_name: 'standby', replication: 'true'};
	const client = new pg.Client(options);
	client.on('error', () => {});
	await client.connect();
	const [{xlogpos}] = (await client.query('IDENTIFY_SYSTEM')).rows;
	const end = client.query(`START_REPLICATION ${xlogpos}`).catch((error: unknown) => error);
	// By its pid: that of the test before may still be there.
	const {processID: pid} = client as unknown as {readonly processID: number};
	await waitUntil(
		stage.cluster,
		`exists (select from pg_stat_activity where pid = ${pid} and backend_type = 'walsender' and query like 'START%')`,
	);
	return {pid, end, close: () => client.connection.stream.destroy()};
}

test('k on a walsender asks first, with what becomes of the standby; y ends it', async () => {
	const stream = await startStream();
	const run = await stage.run();
	await selectBackground(run, stream.pid);
	await answerYes(run, 'k', /a walsender: what it streams to loses its connection, and connects again/);
	const {signal, outcome} = await told(run, new RegExp(`${stream.pid} ended \\d\\.\\ds after k`));
	expect(signal).toMatchObject({type: 'walsender', application: 'standby', user: 'postgres'});
	expect(outcome.outcome).toBe('ended');
	expect(await stream.end).toMatchObject({code: '57P01'});
	expect(await stage.logOf(stream.pid)).toContain('terminating connection due to administrator command');
});

test('k on a base backup says that it fails and has to begin anew, and not that it connects again', async () => {
	const {host, port} = stage.cluster;
	const client = new pg.Client({host, port, user: 'postgres', ssl: false, replication: 'true'} as object);
	client.on('error', () => {});
	await client.connect();
	const end = client.query('BASE_BACKUP').catch((error: unknown) => error);
	// Nobody takes what it sends, so that it goes on for as long as the test takes.
	const {stream} = client.connection;
	stream.once('data', () => stream.pause());
	const of = "backend_type = 'walsender' and query like 'BASE_BACKUP%'";
	await waitUntil(
		stage.cluster,
		`exists (select from pg_stat_activity where ${of} and wait_event = 'ClientWrite')`,
	);
	const [row] = await stage.cluster.observe<{pid: number}>(`select pid from pg_stat_activity where ${of}`);
	const pid = row?.pid ?? 0;
	const run = await stage.run();
	await selectBackground(run, pid);
	const question = await answerYes(run, 'k', /a base backup: it fails, what it has copied is lost/);
	expect(question).toContain('it has to begin anew');
	expect(question).not.toContain('connects again');
	const {signal} = await told(run, new RegExp(`${pid} ended \\d\\.\\ds after k`));
	expect(signal).toMatchObject({pid, type: 'walsender'});
	stream.resume();
	expect(await end).toBeInstanceOf(Error);
	expect(await stage.logOf(pid)).toContain('terminating connection due to administrator command');
});

test('any other key leaves the walsender alone', async () => {
	const stream = await startStream();
	const run = await stage.run();
	await selectBackground(run, stream.pid);
	await asked(run, 'k', /a walsender/);
	await run.press('k');
	await run.says(new RegExp(`k: no, nothing was sent to ${stream.pid}`));
	expect(await run.audit()).toEqual([]);
	stream.close();
});

test('--confirm never still asks where identity can not be verified, whatever the process is', async () => {
	await stage.cluster.observe('create role streamer login replication');
	const stream = await startStream('streamer');
	// It may signal but not see: to it the walsender is a process of an unknown kind.
	const run = await stage.run({user: 'sig', flags: ['--confirm=never']});
	await selectBackground(run, stream.pid);
	await run.press('k');
	await run.until(({screen, server}) => screen.layers[0].type === 'question' || server.signals.length > 0);
	expect(await run.audit()).toEqual([]);
	await run.says(/neither a reused pid nor its next query can be told/);
	stream.close();
});
