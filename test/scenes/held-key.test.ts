import {expect, test} from 'vitest';
import type {Run} from '../helpers/run.js';
import {letGo, letGoAfter, setStage, told, untilSoonEnough} from './stage.js';

const stage = setStage();

/** As long after the last key as a finger that hammers twice a second. */
const hammered = async (run: Run) =>
	run.until(({hand}) => performance.now() - (hand.obeyed?.at ?? -Infinity) > 250);

test('a k that is hammered is told at once to be let go, and ends the session once it was', async () => {
	const {victim, run} = await untilSoonEnough(async () => {
		const victim = await stage.session();
		await victim.query('begin');
		const run = await stage.run();
		await run.select(victim.pid);
		await run.press('p');
		await victim.query('rollback');
		await victim.query('begin');
		await run.press('k');
		await run.says(/has ended that transaction, now idle-tx. k again ends the session/);
		for (let count = 0; count < 4; count++) {
			const before = run.state().hand.obeyed?.at ?? performance.now();
			await hammered(run);
			await run.press('k');
			if (performance.now() - before > letGoAfter) return undefined;
			expect(run.status()).toMatch(/^k: let it go first; \d+ has ended that transaction/);
		}
		return {victim, run};
	});
	expect(await run.signalLines()).toHaveLength(1);
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');

	await letGo(run);
	await run.press('k');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(await run.signalLines()).toHaveLength(2);
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});
