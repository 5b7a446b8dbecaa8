import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {promisify} from 'node:util';
import {makePrivateFolder} from '../../../source/demo/launch/folder/private-folder.js';
import {serverUser} from '../../../source/demo/launch/server-user.js';
import {openClient, type ServerAddress} from '../../../source/demo/open-client.js';
import {limit} from '../limit.js';
import {freePort} from './start-server.js';

export type Pooler = ServerAddress & {stop(): Promise<void>};

const run = promisify(execFile);

/** Where Debian has it, which is not on everybody's path, or anywhere on it. */
export async function findPgbouncer(): Promise<string | undefined> {
	for (const file of ['/usr/sbin/pgbouncer', 'pgbouncer']) {
		try {
			await run(file, ['--version']);
			return file;
		} catch {
			// Not there.
		}
	}

	return undefined;
}

/** One connection to the server for all clients, which each of them has for a transaction. `postgres` may use its console. */
const settings = (folder: string, port: number, {host, port: behind}: ServerAddress) => `
[databases]
* = host=${host} port=${behind}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir = ${folder}
auth_type = trust
auth_file = ${folder}/users
admin_users = postgres
pool_mode = transaction
default_pool_size = 1
logfile = ${folder}/pgbouncer.log
`;

/*
Our pipe ends with us, however we do. The guard of the servers would not do:
it ends a program by the one signal that a shell lets its children ignore and this one does not listen to.
*/
const guard = `
trap '' HUP INT TERM
"$@" </dev/null >>log 2>&1 &
read -r end
kill "$!"
wait "$!"
`;

/** Starts one in front of a server. It does not run as root, either. */
export async function startPgbouncer(file: string, behind: ServerAddress): Promise<Pooler> {
	const {path: folder, remove} = await makePrivateFolder(false);
	const port = await freePort();
	await writeFile(join(folder, 'ini'), settings(folder, port, behind));
	await writeFile(join(folder, 'users'), '"postgres" ""\n"app" ""\n');
	const user = serverUser();
	if (user.uid !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
	const words = ['-c', guard, 'guard', file, join(folder, 'ini')];
	const shell = spawn('/bin/sh', words, {
		cwd: folder,
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
		...user,
	});
	const ended = once(shell, 'close');
	const address = {host: '127.0.0.1', port};
	const stop = async () => {
		shell.stdin.end();
		await ended;
		await remove();
	};

	const deadline = performance.now() + limit;
	while (performance.now() < deadline) {
		try {
			const client = await openClient(address, {user: 'app', database: 'appdb', application: 'ready'});
			await client.end();
			return {...address, stop};
		} catch {
			await setTimeout(10);
		}
	}

	const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
	await stop();
	throw new Error(`pgbouncer did not start: ${log}`);
}
