import {expect, test} from 'vitest';
import type {Run} from '../../helpers/run.js';
import {crash, goOn, hang} from '../hang.js';
import {asked, setStage, told} from '../stage.js';

const stage = setStage();

async function aimed(options: Parameters<typeof stage.run>[0] = {}) {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run(options);
	await run.select(victim.pid);
	return {victim, run};
}

const untilRecovered = async (run: Run) =>
	run.until(
		({server: {link, pictures, changed}}) => link.type === 'up' && pictures > 0 && changed?.isCrash === true,
	);

test('a session that was signalled, and that a crash has ended, was gone after the crash', async context => {
	const {victim, run} = await aimed();
	if (!hang(victim.pid)) context.skip('the server runs as another user');
	try {
		await run.press('k');
		await run.says(/was signalled, not seen to end yet/);
		const startedAt = run.state().server.instance?.startedAt;
		crash(victim.pid);
		const {signal, outcome} = await told(run, new RegExp(`${victim.pid} was gone after the crash`));
		expect(signal.pid).toBe(victim.pid);
		expect(outcome.outcome).toBe('crash');
		// The postmaster has outlived it.
		expect(run.state().server.instance?.startedAt).toBe(startedAt);
		expect(await stage.logOf(victim.pid)).not.toContain(
			'terminating connection due to administrator command',
		);
		await run.press('L');
		expect(run.page().replaceAll(/\s+/g, ' ')).toContain('was gone after the crash');
		expect(run.page()).not.toMatch(/ended \d/);
	} finally {
		goOn(victim.pid);
	}
});

test('a crash closes the question, and the sessions of before are gone', async context => {
	const {victim, run} = await aimed({flags: ['--confirm=always']});
	const bystander = await stage.session();
	await asked(run, 'k', /k: end the session of/);
	if (!crash(bystander.pid)) context.skip('the server runs as another user');
	await run.until(({screen}) => {
		const [layer] = screen.layers;
		return layer.type === 'table';
	});
	await untilRecovered(run);
	await run.press('y');
	expect(await run.audit()).toEqual([]);
	expect(run.state().screen.rows.filter(({value: backend}) => backend.pid === victim.pid)).toMatchObject([
		{isGone: true},
	]);
	expect(await stage.logOf(victim.pid)).not.toContain('due to administrator command');
});
