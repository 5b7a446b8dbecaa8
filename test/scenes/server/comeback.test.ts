import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, onTestFinished, test} from 'vitest';
import {textOf} from '../../../source/lines/line.js';
import {topLines} from '../../../source/lines/screen.js';
import {startLiar} from '../../helpers/network/liar.js';
import {type Link, nowhere, openLink} from '../../helpers/network/link.js';
import {failure} from '../../helpers/network/messages.js';
import type {Run} from '../../helpers/run.js';
import {startCluster} from '../../helpers/server/cluster.js';
import {servers} from '../../helpers/server/servers.js';
import {setStage} from '../stage.js';

const stage = setStage();
let link: Link;

beforeEach(async () => {
	link = await openLink(stage.cluster);
});

afterEach(async () => link.close());

const ownPid = (run: Run) => run.state().server.snapshot?.ownPid ?? 0;

/** The first line of the screen. */
const titleOf = (run: Run) => topLines(run.state()).slice(0, 1).map(textOf).join('');

const untilBack = async (run: Run) =>
	run.until(({server}) => server.link.type === 'up' && server.pictures > 0);

/** Ends the observer's session last: it would be waited for, too. */
const endAll = async () => {
	const all = "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend'";
	await stage.cluster.observe(`${all} and pid <> pg_backend_pid()`);
	await stage.cluster.observe(all).catch(() => {});
};

test('a smart shutdown lets pictures come, and ends with us; filter, order, interval and tree are as before', async () => {
	await stage.session();
	const run = await stage.run();
	for (const key of ['/', 'u', 's', 'e', 'r', ':', 'a', 'p', 'p', '\r', 'R', 't', '+']) await run.press(key);
	const {filter, sort, isTree} = run.state().screen;
	const {interval} = run.state().settings;
	expect([filter?.text, sort.isReversed, isTree, interval]).toEqual(['user:app', true, true, 1000]);

	// Nobody else is let in from then on.
	await stage.cluster.observe('select 1');
	const halted = stage.cluster.halt('smart');
	const {pictures} = run.state().server;
	await run.until(({server}) => server.pictures > pictures + 1);
	await endAll();
	await run.until(({server}) => server.link.type !== 'up');
	expect(run.status()).toMatch(/^lost \d+s ago, (?:next try in \d+s|trying now): /);
	await halted;
	await stage.cluster.start();
	await untilBack(run);
	expect(run.state().screen).toMatchObject({filter, sort, isTree});
	expect(run.state().settings.interval).toBe(interval);
});

test.each(['fast', 'immediate'] as const)('after a %s restart a held picture is held', async mode => {
	const victim = await stage.session();
	const run = await stage.run();
	await run.select(victim.pid);
	await run.press('p');
	const {snapshot} = run.state().server;
	await stage.cluster.halt(mode);
	await run.until(({server}) => server.link.type !== 'up');
	await stage.cluster.start();
	await untilBack(run);
	expect(run.state().screen.pausedAt).toBeDefined();
	expect(run.state().server.snapshot).toBe(snapshot);
	await run.press('p');
	await run.until(({server}) => server.snapshot !== snapshot);
});

test('open details of a session that outlives the connection stay open, and are read anew', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({host: link.host});
	await run.select(victim.pid);
	await run.press('\r');
	link.cut();
	await run.until(({server}) => server.link.type !== 'up');
	await victim.query('select 4711');
	await untilBack(run);
	await run.until(() => run.page().includes('4711'));
	expect(run.state().screen.layers[0].type).toBe('details');
});

test('rights are read anew at once with a new connection', async () => {
	const run = await stage.run({host: link.host, user: 'monsig'});
	await run.until(({server}) => server.rights !== undefined);
	const before = run.state().server.rights;
	link.leadTo(nowhere);
	link.cut();
	await stage.cluster.observe('revoke pg_signal_backend from monsig');
	onTestFinished(async () => void (await stage.cluster.observe('grant pg_signal_backend to monsig')));
	link.leadTo(stage.cluster);
	await run.until(({server}) => JSON.stringify(server.rights) !== JSON.stringify(before));
	expect(run.state().server.rights).toMatchObject({seesAll: true});
});

test('the version is that of the server that answers now', async () => {
	const other = await startCluster(servers.at(-1));
	onTestFinished(async () => other.stop());
	const run = await stage.run({host: link.host});
	link.leadTo(other);
	link.cut();
	await run.until(({server}) => server.snapshot?.server.major === other.major && server.pictures > 0);
	expect(titleOf(run)).toContain(`PG ${other.major}`);
});

test('a server that is starting up is asked again, says so, and is back as soon as it lets us in', async () => {
	const starting = failure('FATAL', '57P03', 'the database system is starting up');
	const liar = await startLiar(starting);
	const run = await stage.run({host: link.host});
	link.leadTo(liar);
	link.cut();
	await run.says(/lost \d+s ago, next try in 1s: the database system is starting up/);
	await run.until(({server: {link: now}}) => now.type === 'down' && now.attempts > 1);
	link.leadTo(stage.cluster);
	await untilBack(run);
});

test('a standby that is promoted is the primary on the screen, over the same connection', async () => {
	const standby = await startCluster();
	onTestFinished(async () => standby.stop());
	await standby.halt('fast');
	await writeFile(join(standby.data, 'standby.signal'), '', {mode: 0o644});
	await standby.start();
	const run = await stage.run({host: standby.host, port: standby.port});
	expect(titleOf(run)).toContain('STANDBY');
	const pid = ownPid(run);
	await standby.observe('select pg_promote()');
	await run.until(() => titleOf(run).includes('PRIMARY'));
	expect(ownPid(run)).toBe(pid);
	expect(run.state().server.changed).toBeUndefined();
});

test('a refresh that somebody cancels costs neither the connection nor a part of the picture', async () => {
	const blocker = await stage.session({user: 'postgres'});
	const run = await stage.run();
	const pid = ownPid(run);
	await stage.cluster.observe('select 1');
	await blocker.query('begin; lock table pg_database in access exclusive mode');
	// On the server, as soon as it waits: its lock_timeout is a second.
	await stage.cluster.observe(`
		do $$ begin
			while (select wait_event_type from pg_stat_get_activity(${pid})) is distinct from 'Lock' loop
				perform pg_stat_clear_snapshot(), pg_sleep(0.001);
			end loop;
			perform pg_cancel_backend(${pid});
		end $$`);
	await blocker.query('rollback');
	const {pictures} = run.state().server;
	await run.until(({server}) => server.pictures > pictures && server.snapshot?.missing.length === 0);
	expect(ownPid(run)).toBe(pid);
	expect(run.state().server.link.type).toBe('up');
	expect(run.status()).not.toContain('refresh failed');
});

test('where our role is dropped pictures go on, and a new connection is refused once, with the reason', async () => {
	await stage.cluster.observe('create role passing login');
	const run = await stage.run({host: link.host, user: 'passing'});
	await stage.cluster.observe('drop role passing');
	const {pictures} = run.state().server;
	await run.until(({server}) => server.pictures > pictures + 1);
	link.cut();
	await run.says(/refused \d+s ago, r tries again: role "passing" does not exist/);
	const tries = link.connections();
	await stage.cluster.observe('create role passing login');
	onTestFinished(async () => void (await stage.cluster.observe('drop role if exists passing')));
	await run.press('r');
	await untilBack(run);
	expect(link.connections()).toBe(tries + 1);
	await run.close();
});
