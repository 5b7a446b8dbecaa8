import {execFile} from 'node:child_process';
import {beforeAll, expect, test} from 'vitest';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {limit} from '../../helpers/limit.js';
import {waitUntil} from '../../helpers/session/session.js';
import {program} from '../../helpers/terminal/terminal.js';
import {inShell, newestNode, onEachNode, sleep} from '../stage.js';

type Ended = {readonly code: number; readonly stdout: string; readonly stderr: string};

/** Runs a command without a terminal. */
const run = async (
	[file = '', ...words]: readonly string[],
	env: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
	new Promise(resolve => {
		const child = execFile(
			file,
			words,
			{env: {...cleanEnvironment(), ...env}, timeout: limit},
			(error, stdout, stderr) => {
				resolve({code: error ? Number(error.code ?? -1) : 0, stdout, stderr});
			},
		);
		child.stdin?.end();
	});

onEachNode({among: newestNode}, (stage, node) => {
	let way: string[];

	beforeAll(async () => {
		way = ['-h', stage.cluster.host, '-U', 'postgres', 'appdb'];
	});

	const pgtop = async (args: readonly string[], env = {}) => run([node, program, ...args], env);
	const pipe = async (script: string, args: readonly string[] = way) =>
		run(['sh', '-c', script, 'sh', node, program, ...args]);

	test.concurrent('without a terminal it prints all rows as plain text', async () => {
		const sessions = await Promise.all(
			Array.from({length: 26}, async () => stage.open(sleep, {application: 'many'})),
		);
		const {code, stdout, stderr} = await pgtop(way);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		const lines = stdout.split('\n');
		expect(lines[0]).toMatch(
			/^pgtop postgres@\[local:.*\]:5432\/appdb +PG \S+ +PRIMARY .*\d\d:\d\d:\d\d UTC$/,
		);
		expect(lines[1]).toMatch(/^conn \d+\/100 {2}tps - {2}hit - /);
		expect(lines[2]).toMatch(/^\d+ active {2}0 lockwait {2}/);
		expect(lines.slice(3, 5)).toEqual([
			'! the server logs our statements: log_statement = all',
			'  a refresh keeps itself out of the log but for a line or two',
		]);
		expect(lines[5]).toMatch(
			/^ +PID USER +DB +APP +CLIENT +TYPE +LEADER +STATE +WAIT +TIME▼ +XACT +SINCE .*\bQUERY$/,
		);
		for (const {pid} of sessions) {
			expect(stdout).toMatch(
				new RegExp(
					`^ +${pid} app +appdb +many +local +client backend +active .* select pg_sleep\\(600\\)$`,
					'm',
				),
			);
		}

		expect(stdout).not.toContain('\u001B');
	});

	test.concurrent('a query is printed in full, and without what could harm', async () => {
		const session = await stage.open('select 1');
		const long = 'x'.repeat(600);
		void session.start(`${sleep} /* ${long} \u001B]2;pwned\u0007 \u009B2J \u202E \n end */`);
		await session.untilActive();
		const {stdout} = await pgtop(way);
		expect(stdout).toContain(` ${long} ␛]2;pwned`);
		expect(stdout).toMatch(/ end \*\/$/m);
		expect(stdout).not.toMatch(/[\0-\x09\x0B-\x1F\x7F-\x9F\u202E]/);
	});

	test.concurrent('with --once in a terminal too, in its width, and with nothing else', async () => {
		const {pid} = await stage.open(sleep);
		const terminal = stage.play({args: ['--once'], under: inShell(), columns: 90, rows: 100});
		await terminal.until('exit 0');
		expect(terminal.find(new RegExp(`^ +${pid} app .* select pg_sleep`))).toBeGreaterThan(3);
		expect(terminal.row(0)).toHaveLength(90);
		expect(terminal.bytes().toString()).not.toContain('\u001B');
	});

	test.concurrent('in a terminal that does not tell its size it is 80 wide', async () => {
		const terminal = stage.play({args: ['--once'], under: inShell('stty cols 0 rows 0; "$@"'), rows: 100});
		await terminal.until('exit 0');
		expect(terminal.row(0)).toHaveLength(80);
	});

	test.concurrent('in a terminal, with its output in a pipe, it writes plain text', async () => {
		const terminal = stage.play({under: inShell('"$@" | cat'), columns: 200, rows: 100});
		await terminal.until('exit 0');
		expect(terminal.bytes().toString()).not.toContain('\u001B');
		expect(terminal.find('PRIMARY')).toBe(0);
	});

	test.concurrent.each(['head -1', 'true'])('a reader that leaves (| %s) is a quiet end', async reader => {
		const {stdout, stderr} = await pipe(`{ "$@"; echo "exit $?" >&2; } | ${reader}`);
		expect(stderr).toBe('exit 0\n');
		expect(stdout.split('\n').length).toBeLessThan(3);
	});

	test.concurrent.each([
		['--once', () => way],
		['--help', () => ['--help']],
		['--version', () => ['--version']],
		['--signals', () => ['--signals']],
	] as const)('%s that can not be written is one sentence and exit 1', async (flag, args) => {
		const {code, stdout, stderr} = await pipe('"$@" >/dev/full', [...args(), flag]);
		expect({code, stdout, stderr}).toEqual({
			code: 1,
			stdout: '',
			stderr: "pgtop: standard output can't be written: no space left on device\n",
		});
	});

	test.concurrent.each(['--help', '--version', '--signals'])('%s | true is a quiet end', async flag => {
		const {stderr} = await pipe('{ "$@"; echo "exit $?" >&2; } | true', [flag]);
		expect(stderr).toBe('exit 0\n');
	});

	test.concurrent('a picture that can not be had is one sentence, and its session ends', async () => {
		await stage.cluster.observe('create database revoked');
		const owner = await stage.open('select 1', {database: 'revoked', user: 'postgres'});
		await owner.start('revoke execute on function pg_stat_get_activity(int) from public');
		const args = ['-h', stage.cluster.host, '-U', 'app', 'revoked', '--once'];
		const {code, stdout, stderr} = await pgtop(args, {PGAPPNAME: 'revoked'});
		expect({code, stdout, stderr}).toEqual({
			code: 1,
			stdout: '',
			stderr:
				'pgtop: permission denied for function pg_stat_get_activity: a superuser may GRANT that, or come as another role\n',
		});
		await waitUntil(
			stage.cluster,
			"not exists (select from pg_stat_activity where application_name = 'revoked')",
		);
	});

	test.concurrent('with a catalogue locked that all need it ends all the same, and its session too', async () => {
		await stage.cluster.observe('create database locked');
		const owner = await stage.open('begin', {database: 'locked', user: 'postgres'});
		await owner.start('lock pg_operator in access exclusive mode');
		const args = ['-h', stage.cluster.host, '-U', 'app', 'locked', '--once'];
		const {code, stderr} = await pgtop(args, {PGAPPNAME: 'locked'});
		if (code === 0) expect(stderr).toBe('');
		else
			expect({code, stderr}).toEqual({
				code: 1,
				stderr: expect.stringMatching(/^pgtop: .*: try again: .*\n$/),
			});
		await waitUntil(
			stage.cluster,
			"not exists (select from pg_stat_activity where application_name = 'locked')",
		);
	});

	test.concurrent('what is missing is said, with the GRANT', async () => {
		const {stdout} = await pgtop(['-h', stage.cluster.host, '-U', 'app', 'appdb']);
		expect(stdout).toMatch(/^! missing: GRANT pg_read_all_stats, pg_signal_backend TO "app"$/m);
	});

	test.concurrent('a fault of its own is a report, on standard error where no file can be made, and ends it with its session', async () => {
		const preload = `data:text/javascript,Date.prototype.toISOString = () => { throw new RangeError('provoked'); };`;
		const {code, stdout, stderr} = await pgtop(way, {
			NODE_OPTIONS: `--import=${encodeURI(preload)}`,
			PGAPPNAME: 'faulty',
			XDG_STATE_HOME: '/dev/null',
		});
		expect({code, stdout}).toEqual({code: 70, stdout: ''});
		expect(stderr).toMatch(
			/^pgtop: a bug in pgtop ended it: RangeError: provoked: no report file: \/dev\/null\/\S+ stands below what is no directory\nA bug in pgtop\. .*\npgtop \d/,
		);
		expect(stderr.length).toBeLessThan(1500);
		await waitUntil(
			stage.cluster,
			"not exists (select from pg_stat_activity where application_name = 'faulty')",
		);
	});

	test.concurrent('without keys to read it says so, once', async () => {
		const terminal = stage.play({under: inShell('"$@" </dev/null'), columns: 200});
		await terminal.until('exit 2');
		expect(terminal.screen().slice(0, 3)).toEqual([
			'pgtop: standard input is no terminal: keys could not be read; --once prints one picture',
			'exit 2',
			'',
		]);
	});

	test.concurrent.each([
		['--help', /^Usage: pgtop \[OPTION\]/],
		['-?', /^Usage: pgtop \[OPTION\]/],
		['--version', /^pgtop \d+\.\d+\.\d+\n$/],
		['-V', /^pgtop \d+\.\d+\.\d+\n$/],
	])('%s needs no server', async (flag, words) => {
		const {code, stdout, stderr} = await pgtop([flag], {PGHOST: '/nowhere'});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toMatch(words);
	});

	test.concurrent.each([
		[['--frobnicate'], 'unknown flag --frobnicate: pgtop --help lists them'],
		[['--inter'], 'unknown flag --inter: did you mean --interval?'],
		[['-x'], 'unknown flag -x: pgtop --help lists them'],
		[['--interval', '0'], '--interval takes 0.5 to 60 seconds, not "0"'],
		[['--interval=soon'], '--interval takes 0.5 to 60 seconds, not "soon"'],
		[['--interval'], '--interval needs a value: --interval SECONDS'],
		[['-p', '99999'], /port/],
		[['a', 'b', 'c'], /one name too many/],
		[['\u001B]2;pwned\u0007', 'b', 'c'], /^[ -~␛␇"]*$/],
	])('%j is one line and exit 2', async (args, words) => {
		const {code, stdout, stderr} = await pgtop(args);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr).toMatch(/^pgtop: .*\n$/);
		expect(stderr.trimEnd().slice('pgtop: '.length)).toMatch(words);
	});
});
