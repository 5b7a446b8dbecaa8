import {expect, test} from 'vitest';
import type {Snapshot} from '../../../source/domain/server/snapshot.js';
import {textOf} from '../../../source/lines/line.js';
import {tableRows} from '../../../source/lines/screen.js';
import {setStage, told} from '../stage.js';

const stage = setStage();

const minute = 60_000_000;

test("when the server's clock was set on since the picture the key is not too late: it is sent once more, and that is said", async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({showing: (snapshot: Snapshot) => ({...snapshot, at: snapshot.at - minute})});
	await run.select(victim.pid);
	await run.press('k');
	await run.says(/the server's clock has jumped by 1m0?0?s?/);
	const {signal, outcome} = await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(signal.pid).toBe(victim.pid);
	expect(outcome.outcome).toBe('ended');
	expect(await run.signalLines()).toHaveLength(1);
	expect(await run.outcomeLines()).toHaveLength(1);
	await run.press('L');
	expect(run.page()).toContain("sent once more, because the server's clock had jumped");
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
});

test("when the server's clock was set back since the picture that is said, what began before has no age, and k still ends it", async () => {
	const victim = await stage.session();
	await victim.query('begin');
	let isBack = false;
	const run = await stage.run({
		showing: (snapshot: Snapshot) => (isBack ? {...snapshot, at: snapshot.at - 60 * minute} : snapshot),
	});
	await run.select(victim.pid);
	isBack = true;
	await run.says(/the server's clock was set back by 1h00m: ages of what began before are \?/);
	const rows = tableRows(run.state()).map(textOf);
	expect(rows.find(row => row.includes(` ${victim.pid} `))).toMatch(/ idle-tx +\S+ +\? idle \?: begin/);
	isBack = false;
	await run.press('k');
	await told(run, new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
});
