import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {inForce} from '../../../source/domain/configuration/in-force.js';
import {noConfiguration} from '../../../source/domain/configuration/rules.js';
import {readConfiguration} from '../../../source/run/configuration/read-configuration.js';
import {readPaper} from '../../papers/papers.js';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-example-'));
});

afterEach(async () => rm(folder, {recursive: true}));

const page = async () => readPaper(join('media', 'manual', 'configuration.md'));

/** Reads a text as the program reads its file. */
async function read(text: string) {
	const file = join(folder, 'config.toml');
	await writeFile(file, text);
	await chmod(file, 0o600);
	return readConfiguration({file, shown: '~/.config/pgtop/config.toml'});
}

test('the example of the manual is a configuration file, and holds as the manual says', async () => {
	const [, example = ''] = (await page()).match(/```toml\n(.*?)```/s) ?? [];
	const found = await read(example);
	if (found.type !== 'said') throw new Error(JSON.stringify(found));
	const configuration = {...noConfiguration, ...found.said};
	const anywhere = inForce(configuration, {hosts: ['db1']});
	const [, listed = ''] = example.match(/^columns = (\[.*\])/m) ?? [];
	const ids = (JSON.parse(listed) as string[]).map(
		name => ({db: 'database', app: 'application'})[name] ?? name,
	);
	expect(anywhere.columns?.value).toEqual(ids);
	expect(anywhere).toMatchObject({
		interval: {value: 2000},
		confirm: {value: 'auto'},
		isReadOnly: {value: false},
		thresholds: {idleInTransaction: {value: 600e6}, slotBytes: {value: 50 * 1024 ** 3}},
	});
	expect(found.said.theme?.value).toBe('dark');
	const production = inForce(configuration, {hosts: ['db1'], clusterName: 'shop-prod'});
	expect(production).toMatchObject({
		production: {value: 'shop-prod'},
		interval: {value: 5000},
		confirm: {value: 'always'},
		isReadOnly: {value: true},
		columns: {value: ids},
		thresholds: {idleInTransaction: {value: 60e6}, slotBytes: {value: 50 * 1024 ** 3}},
	});
	expect(inForce(configuration, {hosts: ['DB7.example.com']}).isReadOnly.value).toBe(true);
});

test('the mistake of the manual is told in the words of the manual', async () => {
	const found = await read('\n\n\ninterval = 100\n');
	expect(await page()).toContain(`pgtop: ${found.type === 'bad' ? found.sentence : ''}\n`);
});
