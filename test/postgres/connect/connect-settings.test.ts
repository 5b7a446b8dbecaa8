import {expect, test} from 'vitest';
import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import type {Settings} from '../../../source/postgres/connect/keywords.js';
import type {Machine} from '../../../source/postgres/connect/machine.js';
import type {Target} from '../../../source/postgres/connect/target.js';

const machine: Machine = {hasSocket: () => false, account: 'dba', passwordFile: '/home/dba/.pgpass'};

const defaults: Target = {
	host: 'localhost',
	port: 5432,
	user: 'dba',
	database: 'dba',
	passwordFile: '/home/dba/.pgpass',
	applicationName: 'pgtop',
	connectTimeoutMs: 10_000,
};

type Environment = Parameters<typeof resolveTarget>[1];

test.each<[what: string, given: Settings, environment: Environment, target: Partial<Target>]>([
	['nothing: the OS account, its database, localhost', {}, {}, {}],
	[
		'arguments',
		{host: 'db1', port: '5433', user: 'app', dbname: 'shop'},
		{},
		{host: 'db1', port: 5433, user: 'app', database: 'shop'},
	],
	[
		'a URI',
		{dbname: 'postgresql://app@db1:5433/shop'},
		{},
		{host: 'db1', port: 5433, user: 'app', database: 'shop'},
	],
	[
		'the environment',
		{},
		{
			PGHOST: 'db1',
			PGPORT: '5433',
			PGUSER: 'app',
			PGDATABASE: 'shop',
			PGPASSFILE: '/p',
			PGAPPNAME: 'top',
			PGOPTIONS: '-c jit=off',
		},
		{
			host: 'db1',
			port: 5433,
			user: 'app',
			database: 'shop',
			passwordFile: '/p',
			applicationName: 'top',
			options: '-c jit=off',
		},
	],
	['a user: its database', {user: 'app'}, {}, {user: 'app', database: 'app'}],
	[
		'an argument over the environment',
		{host: 'db1', dbname: 'a'},
		{PGHOST: 'db2', PGDATABASE: 'b'},
		{host: 'db1', database: 'a'},
	],
	[
		'a URI over arguments, as in psql',
		{host: 'db2', user: 'x', dbname: 'postgresql://db1'},
		{},
		{host: 'db1', user: 'x', database: 'x'},
	],
	[
		'a URI without a database: the environment',
		{dbname: 'postgresql://db1'},
		{PGDATABASE: 'shop'},
		{host: 'db1', database: 'shop'},
	],
	[
		'an empty argument says nothing',
		{host: '', port: '', user: '', dbname: ''},
		{PGHOST: 'db1', PGUSER: 'app'},
		{host: 'db1', user: 'app', database: 'app'},
	],
	[
		'an empty variable is the default',
		{},
		{
			PGHOST: '',
			PGPORT: '',
			PGUSER: '',
			PGDATABASE: '',
			PGAPPNAME: '',
			PGPASSFILE: '',
			PGCONNECT_TIMEOUT: '',
		},
		{},
	],
	[
		'an empty parameter of a URI hides the environment',
		{dbname: 'postgresql:///?host='},
		{PGHOST: 'db1'},
		{host: 'localhost'},
	],
	['a directory is a socket', {host: '/run/pg'}, {}, {host: '/run/pg'}],
	['blanks around a port', {port: ' 5433 '}, {}, {port: 5433}],
	[
		'a password in the environment',
		{},
		{PGPASSWORD: 'secret'},
		{password: 'secret', passwordFrom: 'PGPASSWORD'},
	],
	[
		'a password in the URI',
		{dbname: 'postgresql://:top@/'},
		{PGPASSWORD: 'secret'},
		{password: 'top', passwordFrom: 'password in the URI'},
	],
	['a time limit', {}, {PGCONNECT_TIMEOUT: '3'}, {connectTimeoutMs: 3000}],
	['no time limit', {}, {PGCONNECT_TIMEOUT: '0'}, {connectTimeoutMs: 0}],
	['a negative time limit is none', {}, {PGCONNECT_TIMEOUT: '-1'}, {connectTimeoutMs: 0}],
	['a limit longer than any timer', {}, {PGCONNECT_TIMEOUT: '2147483647'}, {connectTimeoutMs: 2_147_483_647}],
	['sslmodes that do without encryption', {}, {PGSSLMODE: 'prefer'}, {}],
])('%s', (_, given, environment, target) => {
	expect(resolveTarget(given, environment, machine)).toEqual({
		type: 'target',
		target: {...defaults, ...target},
	});
});

test.each<[sockets: readonly string[], port: string, host: string]>([
	[['/var/run/postgresql/.s.PGSQL.5432', '/tmp/.s.PGSQL.5432'], '5432', '/var/run/postgresql'],
	[['/tmp/.s.PGSQL.5432'], '5432', '/tmp'],
	[['/tmp/.s.PGSQL.5432'], '5433', 'localhost'],
	[['/tmp/.s.PGSQL.5433'], '5433', '/tmp'],
])('without a host the first socket of the port is used: %s, port %s → %s', (sockets, port, host) => {
	const resolved = resolveTarget({port}, {}, {...machine, hasSocket: path => sockets.includes(path)});
	expect(resolved).toMatchObject({target: {host}});
});

test.each<[what: string, given: Settings, environment: Environment, sentence: string]>([
	['a word for a port', {port: 'abc'}, {}, '-p takes a port from 1 to 65535, not "abc"'],
	['port 0', {}, {PGPORT: '0'}, 'PGPORT takes a port from 1 to 65535, not "0"'],
	[
		'port 65536',
		{dbname: 'postgresql://:65536'},
		{PGPORT: '1'},
		'port in the URI takes a port from 1 to 65535',
	],
	[
		'a password with a slash',
		{dbname: 'postgresql://dba:hunter2/x@db1/shop'},
		{},
		'port in the URI takes a port from 1 to 65535',
	],
	['several ports', {}, {PGPORT: '1,2'}, 'PGPORT takes a port from 1 to 65535, not "1,2"'],
	[
		'a time limit that is none',
		{},
		{PGCONNECT_TIMEOUT: '1s'},
		'PGCONNECT_TIMEOUT takes whole seconds, not "1s"',
	],
	['several hosts', {}, {PGHOST: 'a,b'}, 'PGHOST names several hosts, which is not supported yet: name one'],
	[
		'several hosts in a parameter',
		{dbname: 'postgres:///?host=a,b'},
		{},
		'host in the URI names several hosts, which is not supported yet: name one',
	],
	[
		'a broken URI',
		{dbname: 'postgres://['},
		{},
		'the connection URI has an IPv6 address that is not written [ADDRESS] or [ADDRESS]:PORT',
	],
	[
		'a connection string',
		{dbname: 'host=db1 password=x'},
		{},
		'connection strings with = in them are not supported yet: write a postgresql:// URI, or -h -p -U -d',
	],
	[
		'a service',
		{},
		{PGSERVICE: 'prod'},
		'PGSERVICE=prod is not supported yet: unset PGSERVICE to do without',
	],
	[
		'encryption',
		{},
		{PGSSLMODE: 'require'},
		'PGSSLMODE=require is not supported yet: unset PGSSLMODE to do without',
	],
	['control characters', {port: '\u001B[2J'}, {}, '-p takes a port from 1 to 65535, not "␛[2J"'],
])('%s is one sentence', (_, given, environment, sentence) => {
	expect(resolveTarget(given, environment, machine)).toEqual({type: 'bad', sentence});
});

test('a process without an OS account is told to name the role', () => {
	const nobody: Machine = {hasSocket: () => false};
	expect(resolveTarget({}, {}, nobody)).toEqual({
		type: 'bad',
		sentence: 'this process runs under a number without an OS account: name the role with -U or PGUSER',
	});
	expect(resolveTarget({user: 'app'}, {}, nobody)).toMatchObject({target: {user: 'app', database: 'app'}});
});
