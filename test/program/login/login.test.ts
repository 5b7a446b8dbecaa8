import {chmod, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {beforeAll, expect, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {inShell, newestNode, onEachNode, type Stage} from '../stage.js';

/** What the program said before it ended, without the shell's own line. */
const said = (terminal: Terminal) =>
	terminal
		.bytes()
		.toString()
		.split('\r\n')
		.filter(line => line !== '' && !line.startsWith('exit '));

const asked = 'Password for scram@';

onEachNode({among: newestNode}, stage => {
	beforeAll(async () => {
		const {cluster} = stage;
		await cluster.observe("create role scram login password 'geheim: \\é' in role pg_monitor");
		await cluster.observe('create role "no\u001Blogin"');
		await stage.letIn('scram', 'scram-sha-256');
	});

	const address = () => `${stage.cluster.host}/.s.PGSQL.${stage.cluster.port}`;

	const endOf = async (options: Parameters<Stage['play']>[0]) => {
		const terminal = stage.play({under: inShell(), columns: 200, ...options});
		await terminal.until(/^exit \d+/);
		return {said: said(terminal), code: terminal.row(terminal.find('exit ')), terminal};
	};

	test.concurrent('a password is asked for before the screen starts, and not shown', async () => {
		const terminal = stage.play({user: 'scram', under: inShell()});
		await terminal.until(asked);
		expect(terminal.isAlternate()).toBe(false);
		await terminal.type('wrong\u0015geheim: \\éx\u007F');
		await terminal.type('\r');
		await terminal.until('PRIMARY');
		expect(terminal.bytes().toString()).not.toContain('geheim');
		await terminal.type('q');
		await terminal.until('exit 0');
	});

	test.concurrent('a wrong one is one line with the reason of the server', async () => {
		const terminal = stage.play({user: 'scram', under: inShell(), columns: 200});
		await terminal.until(asked);
		await terminal.type('wrong\r');
		await terminal.until('exit 1');
		expect(said(terminal).slice(1)).toEqual([
			`pgtop: ${address()}: password authentication failed for user "scram"`,
		]);
	});

	test.concurrent('Ctrl-C at the question is a quiet end with an echo', async () => {
		const terminal = stage.play({
			user: 'scram',
			under: inShell('before=$(stty -a); "$@"; code=$?; [ "$before" = "$(stty -a)" ] && (exit $code)'),
		});
		await terminal.until(asked);
		await terminal.type('geh\u0003');
		await terminal.until('exit 130');
		expect(terminal.bytes().toString()).not.toContain('geh');
	});

	test.runIf(process.platform === 'linux')(
		'a terminal that is not the one of the session serves for the password and the screen',
		async () => {
			const terminal = stage.play({user: 'scram', under: ['setsid', '-w']});
			await terminal.until(asked);
			await terminal.type('geheim: \\é\r');
			await terminal.until(/ {2}hit +\d/);
			expect(terminal.bytes().toString()).not.toContain('geheim');
			await terminal.type('q');
			expect(await terminal.exit()).toBe(0);
		},
	);

	test.concurrent('a word of it can be erased, and an arrow is no part of it', async () => {
		const terminal = stage.play({user: 'scram', under: inShell()});
		await terminal.until(asked);
		await terminal.type('geheim: wrong\u0017\u001B[A\\é\u001B[D\r');
		await terminal.until('PRIMARY');
		await terminal.type('q');
		await terminal.until('exit 0');
	});

	test.concurrent('Ctrl-\\ at the question is a quiet end, too', async () => {
		const terminal = stage.play({user: 'scram', under: inShell()});
		await terminal.until(asked);
		await terminal.type('geh\u001C');
		await terminal.until('exit 131');
		expect(terminal.bytes().toString()).not.toContain('geh');
	});

	test.concurrent('a typed password is used again after a lost connection', async () => {
		const terminal = stage.play({user: 'scram', env: {PGAPPNAME: 'typed'}});
		await terminal.until(asked);
		await terminal.type('geheim: \\é\r');
		await terminal.until(/ {2}hit +\d/);
		const isLost = terminal.catches(/^lost /);
		await stage.cluster.observe(
			"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'typed'",
		);
		await isLost();
		await terminal.until(() => terminal.find(/^lost /) < 0);
		await terminal.until('q quit');
	});

	test.concurrent('-W asks before anybody wants to know, -w asks never', async () => {
		const terminal = stage.play({user: 'scram', under: inShell(), args: ['-W'], env: {PGPASSWORD: 'wrong'}});
		await terminal.until(/^Password:$/);
		await terminal.type('geheim: \\é\r');
		await terminal.until('PRIMARY');
		await terminal.type('q');
		await terminal.until('exit 0');
		const passwords = join(stage.cluster.host, 'none');
		expect(await endOf({user: 'scram', args: ['-w'], env: {PGPASSFILE: passwords}})).toMatchObject({
			said: [
				`pgtop: ${stage.cluster.host}/.s.PGSQL.5432 asks for a password: set PGPASSWORD, or write it into ${passwords}`,
			],
			code: 'exit 1',
		});
	});

	test.concurrent('a mistake in arguments, environment or files is one line without a secret, and exit 2', async () => {
		const services = join(stage.cluster.host, 'services');
		await writeFile(services, '[prod]\nsslmode=on\n');
		const modes = 'disable, allow, prefer, require, verify-ca, verify-full';
		const cases: readonly (readonly [Parameters<Stage['play']>[0], string])[] = [
			[
				{database: 'dbname=x password=geheim more'},
				'the connection string has a word without = after password: a value with blanks in it stands in single quotes',
			],
			[
				{database: 'postgres://dba:geheim@/x?no=1'},
				'the connection URI has a parameter "no", which libpq does not know',
			],
			[{env: {PGSSLMODE: 'on'}}, `PGSSLMODE takes ${modes}, not "on"`],
			[
				{env: {PGSERVICE: 'prod', PGSERVICEFILE: services}},
				`sslmode in line 2 of ${services} takes ${modes}`,
			],
			[{args: ['one', 'two']}, 'there is one name too many: pgtop takes a database and a role'],
		];
		for (const [options, words] of cases)
			expect(await endOf({...options, columns: 300})).toMatchObject({
				said: [`pgtop: ${words}`],
				code: 'exit 2',
			});
	});

	test.concurrent('PGPASSWORD is not asked for, in a pipe neither', async () => {
		const {said, code} = await endOf({
			user: 'scram',
			env: {PGPASSWORD: 'geheim: \\é'},
			under: inShell('"$@" | cat'),
		});
		expect(code).toBe('exit 0');
		expect(said[0]).toContain('PRIMARY');
		expect((await endOf({user: 'scram', env: {PGPASSWORD: 'wrong'}})).said).toEqual([
			`pgtop: ${address()}: password authentication failed for user "scram": the password came from PGPASSWORD`,
		]);
	});

	test.concurrent('the password file is used when it is private, and named when it is wrong', async () => {
		const file = join(stage.cluster.host, 'passwords');
		const play = async (mode: number, password: string) => {
			await writeFile(file, `*:*:appdb:scram:${password}\n`);
			await chmod(file, mode);
			const terminal = stage.play({user: 'scram', under: inShell(), env: {PGPASSFILE: file}, columns: 200});
			await terminal.until(/PRIMARY|Password for|failed/);
			return terminal;
		};

		expect((await play(0o600, 'geheim\\: \\\\é')).find('PRIMARY')).toBe(0);
		const wrong = await play(0o600, 'wrong');
		await wrong.until('exit 1');
		expect(said(wrong)).toEqual([
			`pgtop: ${address()}: password authentication failed for user "scram": the password came from ${file}`,
		]);
		expect((await play(0o644, 'geheim\\: \\\\é')).find(asked)).toBeGreaterThanOrEqual(0);
	});

	test.concurrent('what can not be connected to is one line, and exit 1', async () => {
		const {host} = stage.cluster;
		const as = (user: string, database: string) => `-h ${host} -p 5432 -U ${user} ${database}`;
		const cases: readonly (readonly [string[], string])[] = [
			[
				// No port that another test may be given in the meantime.
				['-h', '127.0.0.1', '-p', '1'],
				'127.0.0.1:1 refused the connection: is the server running there?',
			],
			[
				['-h', host, '-p', '1'],
				`there is no socket ${host}/.s.PGSQL.1: try: pgtop -h HOST -p 1 -U postgres appdb, or pgtop --demo`,
			],
			[
				['-d', 'nowhere'],
				`${address()}: database "nowhere" does not exist: try: pgtop ${as('postgres', 'postgres')}`,
			],
			[['-U', 'nobody'], `${address()}: role "nobody" does not exist: try: pgtop ${as('ROLE', 'appdb')}`],
			[
				['-U', 'no\u001Blogin'],
				`${address()}: role "no␛login" is not permitted to log in: try: pgtop ${as('ROLE', 'appdb')}`,
			],
		];
		for (const [args, words] of cases) {
			for (const once of [[], ['--once']]) {
				// The stage's own flags, and what was typed: none of it is lost.
				const kept = ['try: pgtop', '--interval=0.5', ...once, '--no-audit-log'].join(' ');
				expect(await endOf({args: [...args, ...once], columns: 300})).toMatchObject({
					said: [`pgtop: ${words.replace('try: pgtop', kept)}`],
					code: 'exit 1',
				});
			}
		}
	});
});
