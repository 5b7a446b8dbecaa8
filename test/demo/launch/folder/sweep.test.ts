import {mkdir, mkdtemp, readdir, rename, rm, utimes} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {sweep} from '../../../../source/demo/launch/folder/sweep.js';

async function listenIn(folder: string) {
	await mkdir(folder);
	const server = createServer().listen(join(folder, 'owner'));
	await new Promise(resolve => server.once('listening', resolve));
	return server;
}

test('folders of the dead are swept away, those of the living and of others stay', async () => {
	const base = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	const alive = await listenIn(join(base, 'pgtop-demo-alive'));
	const dead = await listenIn(join(base, 'pgtop-demo-dead'));
	// So that closing does not remove it: a killed program does not either.
	await rename(join(base, 'pgtop-demo-dead', 'owner'), join(base, 'owner'));
	dead.close();
	await rename(join(base, 'owner'), join(base, 'pgtop-demo-dead', 'owner'));
	await mkdir(join(base, 'pgtop-demo-new'));
	await mkdir(join(base, 'pgtop-demo-old'));
	const yesterday = new Date(Date.now() - 86_400_000);
	await utimes(join(base, 'pgtop-demo-old'), yesterday, yesterday);
	await mkdir(join(base, 'other'));
	await utimes(join(base, 'other'), yesterday, yesterday);

	await Promise.all([sweep(base), sweep(base)]);

	expect((await readdir(base)).sort()).toEqual(['other', 'pgtop-demo-alive', 'pgtop-demo-new']);
	alive.close();
	await rm(base, {recursive: true});
});
