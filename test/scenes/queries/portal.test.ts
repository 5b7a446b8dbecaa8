import {expect, test} from 'vitest';
import type {Run} from '../../helpers/run.js';
import {openPortal} from '../../helpers/session/portal.js';
import {type Session, waitUntil} from '../../helpers/session/session.js';
import {setStage, told} from '../stage.js';

const stage = setStage();

const backendOf = (run: Run, victim: number) => {
	const backend = run.state().server.snapshot?.backends.find(({pid}) => pid === victim);
	if (!backend) throw new Error('it is not in the picture');
	return backend;
};

/** The portal has given its rows, and waits for its client. */
const untilFetched = async ({pid}: Session) =>
	waitUntil(
		stage.cluster,
		`exists (select from pg_stat_activity where pid = ${pid} and state = 'active' and wait_event = 'ClientRead')`,
	);

/** A driver that has fetched the first rows of a cursor, and does something else before it fetches the next ones. */
async function fetched() {
	const victim = await stage.session();
	await victim.query('begin');
	const portal = openPortal(victim.client, 'select generate_series(1, 100000)');
	portal.bind();
	portal.fetch(3);
	await untilFetched(victim);
	const run = await stage.run();
	await run.select(victim.pid);
	return {victim, portal, run};
}

const waits = /waits for its client: .*k ends it/;

test('c on a portal whose client sleeps does not reach it: it is said to wait for its client, and k ends it', async () => {
	const {victim, portal, run} = await fetched();
	await run.press('c');
	const first = await told(run, waits);
	expect(first.signal).toMatchObject({signal: 'cancel', state: 'active', wait: 'Client:ClientRead'});
	expect(first.outcome.outcome).toBe('still there');
	expect(run.bottom()).not.toContain('still running');
	// The server forgets a cancel that comes while it reads: the next rows come all the same.
	const {queryStart} = backendOf(run, victim.pid);
	portal.fetch(3);
	await run.until(() => backendOf(run, victim.pid).queryStart !== queryStart);
	// The picture may be of the moment in which it works.
	await untilFetched(victim);
	expect(await stage.logOf(victim.pid)).not.toContain('canceling');

	await run.press('k');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect((await run.outcomeLines()).map(({outcome}) => outcome)).toEqual([
		'still there',
		'ended by k',
		'ended',
	]);
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});
