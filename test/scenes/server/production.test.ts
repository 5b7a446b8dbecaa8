import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import type {Section} from '../../../source/domain/configuration/rules.js';
import {textOf} from '../../../source/lines/line.js';
import {topLines} from '../../../source/lines/screen.js';
import {type Link, openLink} from '../../helpers/network/link.js';
import type {Run} from '../../helpers/run.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {openSession} from '../../helpers/session/session.js';
import {setStage} from '../stage.js';

const stage = setStage();
let production: TestCluster;
let link: Link;

beforeAll(async () => {
	production = await startCluster(undefined, {settings: {cluster_name: 'shop-prod'}});
});

afterAll(async () => production?.stop());

beforeEach(async () => {
	link = await openLink(stage.cluster);
});

afterEach(async () => link.close());

const isProduction = (name: string): readonly Section[] => [
	{name, rules: {isProduction: {value: true, from: 'line 1'}}},
];

const title = (run: Run) => {
	const [line = []] = topLines(run.state());
	return textOf(line);
};

test('a section with the directory of the socket holds from the start: k sends nothing', async () => {
	const victim = await stage.session();
	const run = await stage.run({sections: isProduction(stage.cluster.host)});
	expect(title(run)).toContain(' PRIMARY PRODUCTION READ-ONLY ');
	await run.select(victim.pid);
	await run.press('k');
	await run.says(/^read-only by the configuration: \[server\./m);
	expect(await run.audit()).toEqual([]);
	expect(await victim.query('select 1')).toHaveLength(1);
});

test.each([
	[
		'a new connection leads to it',
		() => {
			link.leadTo(production);
			link.cut();
		},
	],
	['a pooler has exchanged the server', () => link.exchange(production)],
])('a section with the cluster_name holds when %s, and no more on the way back', async (_, lead) => {
	const mine = await stage.session();
	const victim = await openSession(production);
	try {
		const run = await stage.run({host: link.host, sections: isProduction('shop-prod')});
		expect(run.state().settings.isReadOnly).toBe(false);
		lead();
		await run.until(({settings}) => settings.production === 'shop-prod');
		await run.until(({server}) => server.awaitedNames === undefined && server.link.type === 'up');
		expect(title(run)).toContain(' PRODUCTION READ-ONLY ');
		await run.until(({screen}) => screen.rows.some(({value: {pid}}) => pid === victim.pid));
		await run.select(victim.pid);
		await run.press('k');
		await run.says(/^read-only by the configuration: \[server\.shop-prod\]/m);
		expect(await run.audit()).toEqual([]);
		expect(await victim.query('select 1')).toHaveLength(1);

		link.leadTo(stage.cluster);
		link.cut();
		await run.until(({settings}) => settings.production === undefined);
		await run.until(({screen}) => screen.rows.some(({value: {pid}}) => pid === mine.pid));
		await run.select(mine.pid);
		await run.press('k');
		await run.says(new RegExp(`${mine.pid} ended`));
	} finally {
		await victim.end();
	}
});
