import process from 'node:process';
import fc from 'fast-check';
import {afterEach, expect, test, vi} from 'vitest';
import {parseArguments} from '../../../source/run/start/argv.js';
import {options} from '../../../source/tables/options.js';

const defaults = {
	once: false,
	withPassword: false,
	withoutPassword: false,
	readOnly: false,
	dryRun: false,
	withoutAuditLog: false,
	withoutConfig: false,
	showConfig: false,
	signals: false,
	demo: false,
};

afterEach(() => {
	vi.restoreAllMocks();
});

test.each<[argv: string, flags: Record<string, unknown>]>([
	['', {}],
	['shop', {dbname: 'shop'}],
	['postgresql://dba@db1/shop', {dbname: 'postgresql://dba@db1/shop'}],
	['-h db1 -p 5433 -U dba -d shop', {host: 'db1', port: '5433', username: 'dba', dbname: 'shop'}],
	['-hdb1 -p5433 -Udba -dshop', {host: 'db1', port: '5433', username: 'dba', dbname: 'shop'}],
	[
		'--host=db1 --port=5433 --username=dba --dbname=shop',
		{host: 'db1', port: '5433', username: 'dba', dbname: 'shop'},
	],
	[
		'--host db1 --port 5433 --username dba shop',
		{host: 'db1', port: '5433', username: 'dba', dbname: 'shop'},
	],
	['shop -h db1', {dbname: 'shop', host: 'db1'}],
	['-h db1 -h db2', {host: 'db2'}],
	['-h db1 --host=db2', {host: 'db2'}],
	['-d one -d two', {dbname: 'two'}],
	['--interval 0.5', {interval: 0.5}],
	['--interval=60', {interval: 60}],
	['--interval=.5', {interval: 0.5}],
	['--interval 9 --interval 3', {interval: 3}],
	['--once --read-only --demo', {once: true, readOnly: true, demo: true}],
	['--once --once', {once: true}],
	['--once true', {once: true, dbname: 'true'}],
	['--read-only shop', {readOnly: true, dbname: 'shop'}],
	['-- shop', {dbname: 'shop'}],
	['-- --once', {dbname: '--once'}],
	['-h db1 -- -x', {host: 'db1', dbname: '-x'}],
	['-', {dbname: '-'}],
	['-d-x', {dbname: '-x'}],
	['--dbname=--once', {dbname: '--once'}],
	['-U-h', {username: '-h'}],
	['--host=a=b', {host: 'a=b'}],
	['shop dba', {dbname: 'shop', username: 'dba'}],
	['-d shop dba', {dbname: 'shop', username: 'dba'}],
	['-U dba shop', {dbname: 'shop', username: 'dba'}],
	['host=db1', {dbname: 'host=db1'}],
	['-W', {withPassword: true}],
	['--password', {withPassword: true}],
	['-w', {withoutPassword: true}],
	['--no-password shop', {withoutPassword: true, dbname: 'shop'}],
	['-w -W', {withPassword: true}],
	['-Ww', {withoutPassword: true}],
	['--password-command=pass -w', {passwordCommand: 'pass', withoutPassword: true}],
	['12', {dbname: '12'}],
	['-p 007', {port: '007'}],
	['1e3', {dbname: '1e3'}],
	['-d "shop"', {dbname: '"shop"'}],
	["--host='", {host: "'"}],
	['__proto__', {dbname: '__proto__'}],
	['-h/var/run/postgresql', {host: '/var/run/postgresql'}],
])('pgtop %s', async (line, flags) => {
	const parsed = await parseArguments(line === '' ? [] : line.split(' '), options);
	expect(parsed).toEqual({type: 'run', flags: {...defaults, ...flags}});
});

test.each<[argv: string, sentence: string]>([
	['--intervall=1', 'unknown flag --intervall: pgtop --help lists them'],
	['--user dba', 'unknown flag --user: did you mean --username?'],
	['--h', 'unknown flag --h: did you mean --host or --help?'],
	['-x', 'unknown flag -x: pgtop --help lists them'],
	['-1', 'unknown flag -1: pgtop --help lists them'],
	['-Vx', 'unknown flag -x: pgtop --help lists them'],
	['--no-read-only', 'unknown flag --no-read-only: pgtop --help lists them'],
	['--readOnly', 'unknown flag --readOnly: pgtop --help lists them'],
	['--__proto__=1', 'unknown flag --__proto__: pgtop --help lists them'],
	['--=1', 'unknown flag --: pgtop --help lists them'],
	['-\u001B[2J', 'unknown flag -␛: pgtop --help lists them'],
	['-h', '-h needs a value: -h HOST'],
	['--interval', '--interval needs a value: --interval SECONDS'],
	['-h -p 5433', '-h needs a value: -h HOST'],
	['-U --once', '-U needs a value: -U USER'],
	['-d -hdb1', '-d needs a value: -d DBNAME'],
	['-d -- shop', '-d needs a value: -d DBNAME'],
	['--once=yes', '--once takes no value'],
	['--interval fast', '--interval takes 0.5 to 60 seconds, not "fast"'],
	['--interval 0.4', '--interval takes 0.5 to 60 seconds, not "0.4"'],
	['--interval 61', '--interval takes 0.5 to 60 seconds, not "61"'],
	['--interval -1', '--interval takes 0.5 to 60 seconds, not "-1"'],
	['--interval 1,5', '--interval takes 0.5 to 60 seconds, not "1,5"'],
	['--interval 1e1', '--interval takes 0.5 to 60 seconds, not "1e1"'],
	['--interval 0x2', '--interval takes 0.5 to 60 seconds, not "0x2"'],
	['--interval=', '--interval takes 0.5 to 60 seconds, not ""'],
	['shop dba more', 'there is one name too many: pgtop takes a database and a role'],
	[
		'-U dba -d shop postgresql://dba:hunter2@db1/shop',
		'there is one name too many: pgtop takes a database and a role',
	],
	['-d shop -U dba more', 'there is one name too many: pgtop takes a database and a role'],
])('pgtop %s is one sentence', async (line, sentence) => {
	expect(await parseArguments(line.split(' '), options)).toEqual({type: 'bad', sentence});
});

test.each(['--help', '-?', '-h db1 -?', 'shop --help', '--version --help', '-V?'])(
	'pgtop %s shows the help',
	async line => {
		const parsed = await parseArguments(line.split(' '), options);
		expect(parsed).toMatchObject({type: 'help', text: expect.stringContaining('Usage: pgtop')});
	},
);

test.each(['--version', '-V', 'shop -V'])('pgtop %s shows the version', async line => {
	expect(await parseArguments(line.split(' '), options)).toEqual({type: 'version'});
});

test('an empty value is passed on, for psql takes it for none', async () => {
	expect(await parseArguments(['--host=', '-p', ''], options)).toMatchObject({flags: {host: '', port: ''}});
});

test('any value arrives as it was typed, and nothing prints or ends the process', async () => {
	const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
	const log = vi.spyOn(console, 'log');
	const error = vi.spyOn(console, 'error');
	await fc.assert(
		fc.asyncProperty(fc.string({unit: 'binary'}), fc.string({minLength: 1}), async (host, dbname) => {
			expect(await parseArguments([`--host=${host}`, '--', dbname], options)).toMatchObject({
				flags: {host, dbname},
			});
		}),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(
				fc.oneof(fc.string(), fc.constantFrom('--help', '-h', '--', '--no-x', '-?', '--once', '--interval')),
			),
			async argv => {
				const {type} = await parseArguments(argv, options);
				expect(['run', 'help', 'version', 'bad']).toContain(type);
			},
		),
	);
	expect([exit, log, error].flatMap(({mock}) => mock.calls)).toEqual([]);
});
