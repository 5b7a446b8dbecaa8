import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {newestNode, onEachNode, press, select, sleep} from '../stage.js';

/** The environment of somebody who has this configuration file. */
async function having(text: string): Promise<Readonly<Record<string, string>>> {
	const home = await mkdtemp(join(tmpdir(), 'pgtop-home-'));
	onTestFinished(() => rm(home, {recursive: true}));
	await mkdir(join(home, 'pgtop'));
	await writeFile(join(home, 'pgtop', 'config.toml'), text);
	return {XDG_CONFIG_HOME: home};
}

const differs = {among: newestNode, isCleared: true, settings: {cluster_name: 'shop-prod'}} as const;

onEachNode(differs, stage => {
	test.sequential('the list has the columns of the file, and is sorted as that says', async () => {
		const [app, plain] = [await stage.open(sleep), await stage.open(sleep, {user: 'plain'})];
		const env = await having('columns = ["state", "PID", "user", "query"]\nsort = "-user"\n');
		const terminal = await stage.watch({env});
		expect(terminal.row(4)).toMatch(/^ +STATE +PID USER▼ +QUERY$/);
		const line = ({pid}: typeof app) => terminal.find(new RegExp(`^ {2}active +${pid} `));
		await terminal.until(() => line(plain) > 0 && line(plain) < line(app));
	});

	test.sequential('a section named by the cluster_name calls it production: k says so and sends nothing', async () => {
		const session = await stage.open(sleep);
		const env = await having('[server.shop-prod]\nproduction = true\n');
		const terminal = await stage.watch({env});
		await terminal.until(/^pgtop .* PRIMARY PRODUCTION READ-ONLY /);
		expect(terminal.cell(terminal.row(0).indexOf('PRODUCTION'), 0)).toMatchObject({
			text: 'P',
			isColoured: true,
		});
		await select(terminal, session.pid);
		await press(terminal, 'k', /^read-only by the configuration: \[server\.shop-prod\]/);
		expect(await session.activity()).toMatchObject({state: 'active'});
		expect(await stage.signalsSent()).toBe(0);
	});

	test.sequential('where that section says so, k acts in production too, without a question', async () => {
		const [session, other] = [await stage.open(sleep), await stage.open(sleep)];
		const env = await having('[server.shop-prod]\nproduction = true\nread-only = false\nconfirm = "auto"\n');
		const terminal = await stage.watch({env});
		await terminal.until(/^pgtop .* PRIMARY PRODUCTION /);
		expect(terminal.row(0)).not.toContain('READ-ONLY');
		await select(terminal, session.pid);
		await press(terminal, 'k', new RegExp(`^${session.pid} ended \\d\\.\\ds after k`));
		expect(await session.activity()).toBeUndefined();
		expect(await other.activity()).toMatchObject({state: 'active'});
		expect(await stage.signalsSent()).toBe(1);
	});
});
