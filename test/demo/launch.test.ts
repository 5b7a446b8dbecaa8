import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chmod, mkdtemp, readdir, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {binariesIn} from '../../source/demo/launch/binaries-in.js';
import {launch} from '../../source/demo/launch.js';
import type {ServerAddress} from '../../source/demo/open-client.js';
import {openClient} from '../../source/demo/open-client.js';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {endServers, newest} from '../helpers/server/servers.js';

async function ask(address: ServerAddress, text: string): Promise<unknown> {
	const client = await openClient(address, {user: 'postgres', database: 'postgres', application: 'test'});
	const {rows} = await client.query({text, rowMode: 'array'});
	await client.end();
	return rows[0]?.[0];
}

describe.each(endServers)('PostgreSQL $version', binaries => {
	test('is launched in a folder for its user alone, without a TCP port, and stops without a trace', async () => {
		const cluster = await launch(binaries, {settings: {work_mem: '7MB'}});
		expect(await ask(cluster, 'show server_version')).toContain(binaries.version);
		expect(await ask(cluster, 'show work_mem')).toBe('7MB');
		expect(await ask(cluster, 'show listen_addresses')).toBe('');
		expect((await stat(cluster.host)).mode & 0o777).toBe(0o700);
		expect(await readFile(cluster.log, 'utf8')).not.toContain('listening on IP');

		await Promise.all([cluster.stop(), cluster.stop()]);

		expect(() => process.kill(cluster.pid(), 0)).toThrow();
		expect(existsSync(cluster.host)).toBe(false);
	});
});

describe('a halted server', () => {
	let cluster: TestCluster;

	beforeAll(async () => {
		cluster = await startCluster();
		await ask(cluster, 'create table kept as select 42 as answer');
	});

	afterAll(async () => {
		await cluster.stop();
	});

	test.each(['smart', 'fast', 'immediate'] as const)(
		'starts again with its data after a %s shutdown',
		async mode => {
			await cluster.halt(mode);
			await expect(ask(cluster, 'select 1')).rejects.toThrow();
			await cluster.start();
			expect(await ask(cluster, 'select answer from kept')).toBe(42);
		},
	);
});

test('a server of another encoding is a matter of an option', async () => {
	const cluster = await startCluster(newest, {encoding: 'LATIN1'});
	expect(await ask(cluster, 'show server_encoding')).toBe('LATIN1');
	await cluster.stop();
});

test('a launch that fails says what PostgreSQL said and removes its folder', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	await chmod(folder, 0o1777);
	vi.stubEnv('TMPDIR', folder);
	await expect(launch(newest, {encoding: 'KLINGON'})).rejects.toThrow(/initdb failed: .*KLINGON/);
	await expect(launch(newest, {settings: {shared_buffers: 'plenty'}})).rejects.toThrow(
		/did not start: .*plenty/,
	);
	await expect(launch({...newest, bin: '/nowhere'})).rejects.toThrow(/nowhere/);
	vi.unstubAllEnvs();
	expect(await readdir(folder)).toEqual([]);
	await rm(folder, {recursive: true});
});

test('as root, programs in a folder of root alone are run all the same', async ({skip}) => {
	skip(process.getuid?.() !== 0, 'only root can run programs that nobody else may reach');
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	const source = dirname(newest.bin);
	const copy = join(folder, 'package');
	execFileSync('mkdir', [copy]);
	execFileSync('cp', ['-R', source, join(copy, 'native')]);
	execFileSync('cp', ['-R', join(source, '..', 'package.json'), copy]);
	await chmod(folder, 0o700);
	const binaries = await binariesIn(join(copy, 'native', 'bin'));

	const cluster = await launch(binaries ?? newest);

	expect(await ask(cluster, 'show data_directory')).toBe(cluster.data);
	await cluster.stop();
	await rm(folder, {recursive: true});
});
