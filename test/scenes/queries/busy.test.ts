import {beforeAll, expect, test} from 'vitest';
import type {Run} from '../../helpers/run.js';
import {waitUntil} from '../../helpers/session/session.js';
import {asked, setStage, told, untilLookedAt, untilRead} from '../stage.js';

const stage = setStage({isConcurrent: true});

/** Long enough to read what is lost: the question has looked at the session twice since. */
async function readsIt(run: Run) {
	const readAt = ({screen}: ReturnType<Run['state']>) => {
		const [layer] = screen.layers;
		return layer.type === 'question' ? layer.asked[0].facts?.at : undefined;
	};
	for (let looks = 0; looks < 2; looks++) {
		const before = readAt(run.state());
		await run.until(state => readAt(state) !== before);
	}
}

/** A session that sends one short query after the other, as those of a pool do. */
async function looping() {
	const victim = await stage.session();
	const over = (async () => {
		for (;;) await victim.query('select pg_sleep(0.02)');
	})().catch((error: unknown) => error);
	return {victim, over};
}

const ends = async (run: Run, pid: number) => {
	const {outcome} = await told(run, new RegExp(`${pid} ended \\d\\.\\ds after k`));
	expect(outcome.outcome).toBe('ended');
	expect(await stage.logOf(pid)).toContain('terminating connection due to administrator command');
	expect(await run.signalLines()).toHaveLength(1);
};

const moved = /on its next transaction|has begun a transaction since/;

for (const [name, options, before] of [
	['--confirm=always', {flags: ['--confirm=always']}, ''],
	['an interval of 60s, and a picture that is held', {flags: ['--confirm=always', '--interval=60']}, 'p'],
	['the details open', {}, '\r'],
] as const) {
	test.concurrent(`with ${name} a question on a session that sends short queries can be read, and y ends it`, async () => {
		const {victim, over} = await looping();
		const run = await stage.run(options);
		await run.select(victim.pid);
		if (before !== '') await run.press(before);
		if (before === '\r')
			await run.until(({screen}) => {
				const [layer] = screen.layers;
				return layer.type === 'details' && layer.inspection !== undefined;
			});
		await asked(run, 'k', /k: end the session of/);
		await readsIt(run);
		await run.says(moved);
		await untilRead(run);
		expect(await stage.logOf(victim.pid)).not.toContain('terminating');
		await run.press('y');
		await ends(run, victim.pid);
		expect(await over).toBeInstanceOf(Error);
	});
}

beforeAll(async () => {
	await stage.cluster.observe(
		'create procedure commits() language plpgsql as $$ begin loop perform pg_sleep(0.2); commit; end loop; end $$',
	);
});

/** Calls a procedure that commits on the way: one query of many transactions. */
async function calling(options: Parameters<typeof stage.run>[0] = {}) {
	const victim = await stage.session();
	const over = victim.start('call commits()').catch((error: unknown) => error);
	await victim.untilActive();
	const run = await stage.run(options);
	await run.select(victim.pid);
	await untilLookedAt(run, ({state}) => state === 'active');
	return {victim, over, run};
}

/** The picture is held, and the transaction that it shows has ended. */
async function onNextTransaction(run: Run, victim: number) {
	await run.press('p');
	const {xactStart} = run.state().screen.rows.find(({value: backend}) => backend.pid === victim)?.value ?? {};
	// The picture may be of the moment between two transactions, which has no start.
	const moved = `(extract(epoch from xact_start) * 1000000)::int8 > ${xactStart ?? 0}`;
	await waitUntil(stage.cluster, `exists (select from pg_stat_activity where pid = ${victim} and ${moved})`);
}

test.concurrent('c on a procedure that commits on the way asks about its query, which goes on, and y cancels it', async () => {
	const {victim, over, run} = await calling({flags: ['--confirm=always']});
	await asked(run, 'c', /c: cancel the query of/);
	await readsIt(run);
	expect(run.bottom()).toMatch(/c: cancel the query of/);
	await run.press('y');
	const {signal, outcome} = await told(run, /query ended \d\.\ds after c: idle now/);
	expect(signal).toMatchObject({signal: 'cancel', query: 'call commits()', state: 'active'});
	expect(outcome.outcome).toBe('query ended');
	expect(await over).toMatchObject({code: '57014'});
	expect(await stage.logOf(victim.pid)).toContain('canceling statement due to user request');
});

test.concurrent('the first k on it ends it, whichever transaction it has come to', async () => {
	const {victim, over, run} = await calling();
	await onNextTransaction(run, victim.pid);
	await run.press('k');
	await ends(run, victim.pid);
	expect(await over).toMatchObject({code: '57P01'});
});

test.concurrent('c on it is not held back either', async () => {
	const {victim, over, run} = await calling();
	await onNextTransaction(run, victim.pid);
	await run.press('c');
	await told(run, /query ended \d\.\ds after c: idle now/);
	expect(await over).toMatchObject({code: '57014'});
	expect(await stage.logOf(victim.pid)).toContain('canceling statement due to user request');
});
