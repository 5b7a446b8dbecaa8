import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, expect, test, vi} from 'vitest';
import {limit} from '../../helpers/limit.js';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {inShell, newestNode, onEachNode, type Stage} from '../stage.js';

const said = (terminal: Terminal) =>
	terminal
		.bytes()
		.toString()
		.split('\r\n')
		.filter(line => line !== '' && !line.startsWith('exit '));

onEachNode({among: newestNode}, stage => {
	beforeAll(async () => {
		await stage.cluster.observe("create role scram login password 'geheim' in role pg_monitor");
		await stage.letIn('scram', 'scram-sha-256');
	});

	/** A command that notes that it was run, and does this. */
	const noting = (name: string, command: string) => {
		const file = join(stage.cluster.host, name);
		const runs = async () => (existsSync(file) ? (await readFile(file, 'utf8')).split('\n').length - 1 : 0);
		return {option: `--password-command=echo $$ >>'${file}'; ${command}`, runs, file};
	};

	const endOf = async (options: Parameters<Stage['play']>[0]) => {
		const terminal = stage.play({under: inShell(), columns: 200, ...options});
		await terminal.until(/^exit \d+/);
		return {said: said(terminal), code: terminal.row(terminal.find(/^exit /))};
	};

	test.concurrent('what the command writes is the password, before all that is known', async () => {
		const {option, runs} = noting('once', 'echo geheim');
		const {said: lines, code} = await endOf({
			user: 'scram',
			args: [option, '--once'],
			env: {PGPASSWORD: 'wrong'},
		});
		expect({code, runs: await runs()}).toEqual({code: 'exit 0', runs: 1});
		expect(lines[0]).toContain('PRIMARY');
	});

	test.concurrent('a server that asks for no password has none run', async () => {
		const {option, runs} = noting('never', 'exit 1');
		const {code} = await endOf({args: [option, '--once']});
		expect({code, runs: await runs()}).toEqual({code: 'exit 0', runs: 0});
	});

	test.concurrent('it is run again for the next connection', async () => {
		const {option, runs} = noting('anew', 'echo geheim');
		const terminal = stage.play({user: 'scram', args: [option], env: {PGAPPNAME: 'anew'}});
		await terminal.until(/ {2}hit +\d/);
		expect(await runs()).toBe(1);
		const isLost = terminal.catches(/^lost /);
		await stage.cluster.observe(
			"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'anew'",
		);
		await isLost();
		await terminal.until(() => terminal.find(/^lost /) < 0);
		await terminal.until('q quit');
		expect(await runs()).toBe(2);
	});

	test.concurrent.each([
		['with its outputs', ''],
		['with the output of errors', '>/dev/null'],
		['with none', '>/dev/null 2>&1'],
	])('what it leaves running %s does not keep the password back, and ends', async (what, redirection) => {
		const {option, file} = noting(what, `sleep 600 ${redirection} & echo $! >>FILE; echo geheim`);
		const leaving = option.replace('FILE', `'${file}'`);
		const {said: lines, code} = await endOf({user: 'scram', args: [leaving, '--once']});
		expect(code).toBe('exit 0');
		expect(lines[0]).toContain('PRIMARY');
		const [, pid] = (await readFile(file, 'utf8')).split('\n');
		await vi.waitUntil(
			async () => !/^sleep/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
			{timeout: limit},
		);
	});

	test.concurrent('why there is none is one line, and exit 1', async () => {
		const cases: readonly (readonly [command: string, env: Record<string, string>, words: string])[] = [
			['echo geheim; echo no token >&2; exit 3', {}, 'ended with exit code 3: no token'],
			['true', {}, 'wrote no password'],
			['sleep 600', {PGCONNECT_TIMEOUT: '2'}, 'did not end within 2s'],
		];
		for (const [command, env, words] of cases) {
			const {option} = noting('failed', command);
			expect(await endOf({user: 'scram', args: [option], env})).toEqual({
				said: [`pgtop: the password command ${words}`],
				code: 'exit 1',
			});
		}

		const {option} = noting('wrong', 'echo wrong');
		const {host, port} = stage.cluster;
		expect((await endOf({user: 'scram', args: [option]})).said).toEqual([
			`pgtop: ${host}/.s.PGSQL.${port}: password authentication failed for user "scram": the password came from --password-command`,
		]);
	});

	test.concurrent('two ways to a password are a mistake, and exit 2', async () => {
		const command = '--password-command=echo geheim';
		const cases: readonly (readonly [Parameters<Stage['play']>[0], string])[] = [
			[{args: [command, '-W']}, '--password and --password-command are two ways to a password: name one'],
			[
				{database: 'dbname=appdb password=geheim', args: [command]},
				'password in the connection string and --password-command are two ways to a password: name one',
			],
			[{args: ['--password-command=']}, '--password-command needs a command'],
		];
		for (const [options, words] of cases)
			expect(await endOf(options)).toEqual({said: [`pgtop: ${words}`], code: 'exit 2'});
	});

	test.concurrent.each([
		['SIGTERM', 143],
		['SIGINT', 130],
		['SIGQUIT', 131],
	] as const)('%s while it runs ends it, too', async (signal, code) => {
		const {option, file} = noting(signal, 'exec sleep 600');
		const terminal = stage.play({user: 'scram', args: [option]});
		await terminal.until(async () => existsSync(file) && (await readFile(file, 'utf8')).endsWith('\n'));
		const pid = Number(await readFile(file, 'utf8'));
		terminal.signal(signal);
		expect(await terminal.exit()).toBe(code);
		await vi.waitUntil(
			async () => !/^sleep/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
			{timeout: limit},
		);
	});

	test.concurrent.each<[how: string, name: string, end: (terminal: Terminal) => unknown, code: number]>([
		['q', 'quit', async terminal => terminal.type('q'), 0],
		['SIGTERM', 'term', terminal => terminal.signal('SIGTERM'), 143],
	])('%s while a reconnect waits for it ends it, too', async (_, name, end, code) => {
		const gate = join(stage.cluster.host, `gate-${name}`);
		const {option, runs, file} = noting(name, `[ -e '${gate}' ] && exec sleep 600; echo geheim`);
		const terminal = stage.play({user: 'scram', args: [option], env: {PGAPPNAME: name}});
		await terminal.until('PRIMARY');
		await writeFile(gate, '');
		await stage.cluster.observe(
			`select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${name}'`,
		);
		await terminal.until(async () => (await runs()) === 2);
		const pid = Number((await readFile(file, 'utf8')).trim().split('\n')[1]);
		await end(terminal);
		expect(await terminal.exit()).toBe(code);
		await vi.waitUntil(
			async () => !/^sleep/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
			{timeout: limit},
		);
	});
});
