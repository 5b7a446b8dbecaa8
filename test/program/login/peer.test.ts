import {execFile} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {chmod} from 'node:fs/promises';
import {userInfo} from 'node:os';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {limit} from '../../helpers/limit.js';
import {letIn, startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {nodes, program} from '../../helpers/terminal/terminal.js';

const [node = ''] = nodes.map(one => one.node);
const {username} = userInfo();

/** The numbers of the account that the server's packages make, where there is one. */
const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];

/** Containers have a root, and often no sudo. */
const needsSu =
	process.getuid?.() === 0 &&
	!(process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, 'sudo')));

let cluster: TestCluster;

beforeAll(async () => {
	cluster = await startCluster();
	await letIn(cluster, 'all', 'peer');
	// Whoever else comes has to get to the socket.
	await chmod(cluster.host, 0o755);
});

afterAll(async () => cluster?.stop());

/** Runs what a hint says, or what a person types first, as an account that is ours or, for root, another. */
const run = async (command: string): Promise<{code: number; hint: string; stderr: string}> =>
	new Promise(resolve => {
		const [, other, words = ''] = /^(sudo -u postgres |su postgres -c ')?pgtop (.*?)'?$/.exec(command) ?? [];
		const as = other ? {uid: Number(uid), gid: Number(gid)} : {};
		execFile(
			node,
			[program, '--once', ...words.split(' ').filter(word => word !== '' && word !== '--once')],
			{env: cleanEnvironment(), timeout: limit, ...as},
			(error, _, stderr) => {
				const [, hint = ''] = /: try: (.*)\n$/.exec(stderr) ?? [];
				resolve({code: error ? Number(error.code ?? -1) : 0, hint, stderr});
			},
		);
	});

test('the hints of a refused peer login lead in, and never back', async () => {
	const here = `-h ${cluster.host}`;
	const first = await run(`pgtop ${here}`);
	expect(first.stderr).toContain(`role "${username}" does not exist`);
	const second = await run(`pgtop ${here} -U postgres`);
	expect(second.stderr).toMatch(/^pgtop: [^ ]*: Peer authentication failed for user "postgres": /);
	const words = `pgtop --once ${here}`;
	const command = needsSu ? `su postgres -c '${words} -U postgres postgres'` : `sudo -u postgres ${words}`;
	const isKnown = uid !== undefined && username !== 'postgres';
	expect(first.hint).toBe(isKnown ? command : '');
	expect(second.hint).toBe(isKnown ? command : '');

	// Only root may become another; the program may stand where only root may read.
	if (!isKnown || process.getuid?.() !== 0) return;
	const third = await run(first.hint);
	if (third.stderr.includes('MODULE_NOT_FOUND') || third.stderr.includes('EACCES')) return;
	expect(third).toEqual({code: 0, hint: '', stderr: ''});
});

test('a database that is named like the account and does not exist leads to one that does', async () => {
	if (username === 'postgres') return;
	await cluster.observe(`create role "${username}" login`);
	const here = `-h ${cluster.host}`;
	const first = await run(`pgtop ${here}`);
	expect(first.stderr).toBe(
		`pgtop: ${cluster.host}/.s.PGSQL.${cluster.port}: database "${username}" does not exist: try: pgtop --once ${here} postgres\n`,
	);
	expect(await run(first.hint)).toEqual({code: 0, hint: '', stderr: ''});
	await cluster.observe(`drop role "${username}"`);
});
