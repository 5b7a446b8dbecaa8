import {mkdir, mkdtemp, realpath, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {hostNames} from '../../../source/postgres/identity/host-names.js';

test.each([
	['a name and its address', {host: 'db1'}, '10.0.0.7', ['db1', '10.0.0.7']],
	['a name with an address beside it', {host: 'db1', hostaddr: '10.0.0.7'}, '10.0.0.7', ['db1', '10.0.0.7']],
	['an address alone', {host: '', hostaddr: '::1'}, '::1', ['::1']],
	['an IPv4 address as an IPv6 socket has it', {host: 'db1'}, '::ffff:10.0.0.7', ['db1', '10.0.0.7']],
	[
		'a name with the dot of the root',
		{host: 'db1.example.'},
		'10.0.0.7',
		['db1.example.', 'db1.example', '10.0.0.7'],
	],
	['the directory of a socket', {host: '/tmp'}, undefined, ['/tmp']],
])('%s', (_, place, remoteAddress, names) => {
	expect(hostNames(place, {remoteAddress})).toEqual(names);
});

test('a folder has the name that it has without links, however it was written', async () => {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'pgtop-test-')));
	onTestFinished(async () => rm(folder, {recursive: true}));
	await mkdir(join(folder, 'run'));
	await symlink('run', join(folder, 'link'));
	for (const host of [`${folder}/run/`, `${folder}/link`, `${folder}/run/../run`])
		expect(hostNames({host}, {})).toEqual([host, `${folder}/run`]);
	expect(hostNames({host: '/no/such/../folder'}, {})).toEqual(['/no/such/../folder', '/no/folder']);
});
