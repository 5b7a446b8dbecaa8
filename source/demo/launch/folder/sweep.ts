import {lstat, readdir} from 'node:fs/promises';
import {connect} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import {serverUser} from '../server-user.js';
import {removeFolder} from './remove-folder.js';

export const prefix = 'pgtop-demo-';

export const ownerSocket = 'owner';

/** Removes the folders that earlier runs could not: both a run and its guard were killed, or the power went. */
export async function sweep(base: string): Promise<void> {
	const names = (await readdir(base).catch(() => [])).filter(name => name.startsWith(prefix));
	await Promise.all(names.map(async name => sweepOne(join(base, name)).catch(() => {})));
}

async function sweepOne(path: string): Promise<void> {
	const {uid, mtimeMs} = await lstat(path);
	const isOurs = uid === process.getuid?.() || uid === serverUser().uid;
	if (isOurs && (await isAbandoned(path, mtimeMs))) {
		await removeFolder(path);
	}
}

/** Nobody listens any more; or nobody ever did, though there was time. */
async function isAbandoned(path: string, mtimeMs: number): Promise<boolean> {
	const code = await new Promise<string | undefined>(resolve => {
		const socket = connect(join(path, ownerSocket));
		socket.once('connect', () => {
			socket.destroy();
			resolve(undefined);
		});
		socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
	});
	return code === 'ECONNREFUSED' || (code === 'ENOENT' && Date.now() - mtimeMs > 60_000);
}
