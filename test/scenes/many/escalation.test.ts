import {expect, test} from 'vitest';
import {openPortal} from '../../helpers/session/portal.js';
import type {Session} from '../../helpers/session/session.js';
import {waitUntil} from '../../helpers/session/session.js';
import {letGo, setStage} from '../stage.js';
import {askedAbout, tagAll, writtenOf} from './tagged.js';

const stage = setStage();

const open = async () => stage.session({application: 'busy'});

/** Takes every cancel as an error, and goes on. */
async function stubborn(): Promise<Session> {
	const session = await open();
	void session.start(
		'do $$ begin loop begin perform pg_sleep(600); exception when query_canceled then null; end; end loop; end $$',
	);
	return session;
}

async function sleeping(): Promise<Session> {
	const session = await open();
	void session.start('select pg_sleep(600)');
	return session;
}

/** Has sent one row of many, and waits for its client to ask for more. */
async function fetching(): Promise<Session> {
	const session = await open();
	const portal = openPortal(session.client, 'select g from generate_series(1, 9) g');
	portal.bind();
	portal.fetch(1);
	return session;
}

const isIn = async ({pid}: Session, event: string) =>
	waitUntil(
		stage.cluster,
		`exists (select from pg_stat_activity where pid = ${pid} and wait_event = '${event}')`,
	);

test('c on several tells what is still there, and k on the tags that are left ends it', async () => {
	const [stays, ends, waits, idle] = [await stubborn(), await sleeping(), await fetching(), await open()];
	await idle.query('begin');
	for (const one of [stays, ends]) await isIn(one, 'PgSleep');
	await isIn(waits, 'ClientRead');
	const run = await stage.run();
	await tagAll(run, 'busy', 4);
	expect(await askedAbout(run, 'c', 4)).toContain('1 without a query');
	await run.press('y');
	await run.says(/3 signals: 1 cancelled, 2 to be seen - L/);
	await run.says(/3 signals: 1 cancelled, 1 in ClientRead, 1 still running: k ends them - L/);
	const running = await writtenOf(run, 3);
	expect(running.get(ends.pid)?.sentence).toMatch(/^query ended \d+\.\ds after c: idle now$/);
	expect(running.get(stays.pid)?.sentence).toBe('still running, in Timeout:PgSleep. k ends it');
	expect(running.get(waits.pid)?.sentence).toBe('waits for its client: c has no effect there. k ends it');
	expect(await run.signalLines()).toHaveLength(3);

	// The one whose query is over has had what its tag was for.
	expect([...run.state().screen.tags.values()].map(({backend}) => backend.pid).toSorted()).toEqual(
		[stays.pid, waits.pid, idle.pid].toSorted(),
	);
	await letGo(run);
	await askedAbout(run, 'k', 3);
	await run.press('y');
	await run.says(/3 signals: 3 ended - L/);
	expect(run.state().screen.tags.size).toBe(0);
	await run.press('L');
	const page = run.page().replaceAll(/\s+/g, ' ');
	expect(page).toContain('k on 3 sessions: 3 ended');
	expect(page).toContain('c on 3 sessions: 1 cancelled, 2 ended by k');
	for (const {pid} of [stays, waits])
		expect(page).toMatch(
			new RegExp(`c ${pid} app@appdb busy, active \\S+: not seen to end in \\d+s, then k`),
		);
	for (const {pid} of [stays, waits, idle])
		expect(await stage.logOf(pid)).toContain('terminating connection due to administrator command');
});
