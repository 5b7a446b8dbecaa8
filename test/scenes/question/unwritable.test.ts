import {expect, test} from 'vitest';
import {asked, setStage} from '../stage.js';

const stage = setStage();

// Nothing can be written below what is no folder. Its name is part of the question: it is as long on every machine.
const auditFile = '/dev/null/audit.jsonl';

test('an audit file that can not be written does not disarm the tool: it asks, and y sends it all the same', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({auditFile});
	await run.select(victim.pid);
	const question = await asked(run, 'k', /the audit file can't be written/);
	expect(question.replaceAll(/\s+/g, ' ')).toContain('y sends it all the same');
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(run.state().server.signals).toEqual([]);
	await run.press('y');
	await run.says(new RegExp(`${victim.pid} ended \\d\\.\\ds after k`));
	expect(await stage.logOf(victim.pid)).toContain('terminating connection due to administrator command');
	await run.press('L');
	expect(run.page().replaceAll(/\s+/g, ' ')).toMatch(/ended \d\.\ds after k/);
});

test('when it can not be written down, any key but y sends nothing', async () => {
	const victim = await stage.session();
	await victim.query('begin');
	const run = await stage.run({auditFile});
	await run.select(victim.pid);
	await asked(run, 'k', /the audit file can't be written/);
	await run.press('k');
	await run.says(/k: no, nothing was sent/);
	expect(await victim.query('select 1')).toHaveLength(1);
	expect(await stage.logOf(victim.pid)).not.toContain('terminating');
});
