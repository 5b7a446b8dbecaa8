import {expect, test} from 'vitest';
import {commandOf} from '../../source/postgres/connect/command.js';
import {resolveTarget} from '../../source/postgres/connect/connect-settings.js';
import type {Settings} from '../../source/postgres/connect/settings/keywords.js';
import {type Attempt, attemptsOf} from '../../source/postgres/connect/target.js';
import {faultOf} from '../../source/postgres/errors.js';
import {attemptAt, bareMachine} from '../helpers/target.js';

const target = attemptAt({host: 'db1', database: 'shop'});

const serverError = (code: string, facts: object = {}) =>
	Object.assign(new Error('was der Server sagt'), {severity: 'FATAL', code, ...facts});

test.each<[what: string, error: object, where: Partial<Attempt>, hint: string | undefined]>([
	['a database that does not exist', serverError('3D000'), {}, 'try: pgtop postgres'],
	['not even postgres exists', serverError('3D000'), {database: 'postgres'}, undefined],
	[
		'a wrong password',
		serverError('28P01'),
		{passwordFrom: 'PGPASSWORD'},
		'the password came from PGPASSWORD',
	],
	['a wrong password that was typed', serverError('28P01'), {}, undefined],
	['a role that does not exist', serverError('28000'), {}, 'name another role: pgtop -U ROLE'],
	[
		'no line in pg_hba.conf',
		serverError('28000', {routine: 'ClientAuthentication'}),
		{},
		'pg_hba.conf on the server decides that',
	],
	[
		'a full server',
		serverError('53300', {routine: 'InitPostgres'}),
		{},
		'a member of pg_use_reserved_connections (16+) or a superuser may still get in',
	],
	[
		'a role that has all its sessions',
		serverError('53300', {routine: 'InitializeSessionUserId'}),
		{},
		"the role's own CONNECTION LIMIT is reached: end one of its sessions, or come as another role",
	],
	[
		'a database that has all its sessions',
		serverError('53300', {routine: 'CheckMyDatabase'}),
		{},
		"the database's own CONNECTION LIMIT is reached: name another database, or come as a superuser",
	],
	["pgbouncer's console", serverError('08P01'), {database: 'pgbouncer'}, 'name another database'],
	[
		'PGOPTIONS at a pooler',
		serverError('08P01'),
		{options: '-c jit=off'},
		'a pooler takes no PGOPTIONS: unset it',
	],
	['anything else', serverError('XX000'), {}, undefined],
])('%s: what to try', (_, error, where, hint) => {
	expect(faultOf(error, {...target, ...where}).hint).toBe(hint);
});

const noDatabase = serverError('3D000', {routine: 'InitPostgres'});
const noRole = serverError('28000', {routine: 'InitializeSessionUserId'});
const peer = serverError('28000', {routine: 'auth_failed'});

/** The first host that these arguments lead to, on a machine with these accounts. */
function typing(
	given: Settings,
	account = 'root',
	accounts = ['root', 'postgres', 'dba'],
	environment = {},
): Attempt {
	const passwd = accounts.map((name, index) => `${name}:x:${index}:${index}::/:/bin/sh`).join('\n');
	const machine = {
		...bareMachine,
		account,
		readText: (path: string) => (path === '/etc/passwd' ? passwd : undefined),
	};
	const resolved = resolveTarget(given, environment, machine);
	if (resolved.type === 'bad') throw new Error(resolved.sentence);
	return attemptsOf(resolved.target)[0] as Attempt;
}

test.each<[what: string, given: Settings, hint: string]>([
	['nothing', {}, 'try: pgtop postgres'],
	['a database', {dbname: 'shop'}, 'try: pgtop postgres'],
	[
		'host, port, role',
		{host: 'db1', port: '5433', user: 'dba', dbname: 'shop', password: 'geheim'},
		'try: pgtop -h db1 -p 5433 -U dba postgres',
	],
	['a folder with a blank', {host: '/my sockets'}, "try: pgtop -h '/my sockets' postgres"],
	[
		'a URI with nothing but those',
		{dbname: 'postgresql://dba:geheim@db1:5433,db2:5434/shop'},
		'try: pgtop -h db1,db2 -p 5433,5434 -U dba postgres',
	],
	[
		'a connection string with more',
		{dbname: "host=db1 user='d b' sslmode=require password=geheim sslpassword=geheim dbname=shop"},
		`try: pgtop 'user='\\''d b'\\'' dbname=postgres host=db1 sslmode=require'`,
	],
])('of a database that is missing, having typed %s: the same server', (_, given, hint) => {
	expect(faultOf(noDatabase, typing(given)).hint).toBe(hint);
});

test('what stood in the environment stays there', () => {
	const attempt = typing({}, 'root', [], {PGHOST: 'db1', PGPORT: '5433', PGUSER: 'dba'});
	expect(faultOf(noDatabase, attempt).hint).toBe('try: pgtop postgres');
});

test('a command that cleaning would change is not shown', () => {
	expect(faultOf(noDatabase, typing({host: '/tmp/\u001B[2J'})).hint).toBeUndefined();
	expect(commandOf('pgtop', {user: '\u202Eeve'})).toBeUndefined();
});

test.each<[what: string, error: object, attempt: Attempt, hint: string]>([
	['root has no role', noRole, typing({}), 'try: sudo -u postgres pgtop'],
	[
		'root has no role on a server of its own',
		noRole,
		typing({host: '/srv/pg', port: '5433', dbname: 'shop'}),
		'try: sudo -u postgres pgtop -h /srv/pg -p 5433 shop',
	],
	[
		'the place is in the environment, which sudo takes away',
		noRole,
		typing({}, 'root', ['postgres'], {PGHOST: '/srv/pg', PGPORT: '5433', PGDATABASE: 'shop'}),
		'try: sudo -u postgres pgtop -h /srv/pg -p 5433 shop',
	],
	['there is no account postgres', noRole, typing({}, 'root', ['root']), 'name another role: pgtop -U ROLE'],
	['postgres itself has no role', noRole, typing({}, 'postgres'), 'name another role: pgtop -U ROLE'],
	['a role that was named is missing', noRole, typing({user: 'eve'}), 'name another role: pgtop -U ROLE'],
	['no role, over TCP', noRole, typing({host: 'db1'}), 'name another role: pgtop -U ROLE'],
	['peer, as root', peer, typing({user: 'postgres'}), 'try: sudo -u postgres pgtop'],
	['peer, of a role with an account', peer, typing({user: 'dba'}), 'try: sudo -u dba pgtop'],
	[
		'peer, of a role without one',
		peer,
		typing({user: 'app', dbname: 'shop'}),
		'try: sudo -u postgres pgtop shop',
	],
	[
		'peer with a map that leaves us out',
		peer,
		typing({}, 'postgres'),
		'pg_hba.conf on the server decides that',
	],
	['ident, over TCP', peer, typing({host: 'db1'}), 'pg_hba.conf on the server decides that'],
	[
		'peer, with a password at hand',
		peer,
		typing({user: 'postgres', password: 'geheim'}),
		'where pg_hba.conf says peer, try: sudo -u postgres pgtop',
	],
	[
		'a folder that only its group may enter',
		{code: 'EACCES', syscall: 'connect'},
		typing({}),
		'try: sudo -u postgres pgtop',
	],
	[
		'a database that this role may not enter',
		serverError('42501', {routine: 'CheckMyDatabase'}),
		typing({dbname: 'shop'}),
		'try: pgtop postgres',
	],
])('%s', (_, error, attempt, hint) => {
	expect(faultOf(error, attempt).hint).toBe(hint);
});
