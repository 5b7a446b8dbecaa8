import {expect, test} from 'vitest';
import {commandOf} from '../../../source/postgres/connect/command.js';
import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import {type Attempt, attemptsOf} from '../../../source/postgres/connect/connect-target.js';
import type {Machine} from '../../../source/postgres/connect/machine.js';
import type {KeywordValues} from '../../../source/postgres/connect/settings/keywords.js';
import {faultOf as anyFault} from '../../../source/postgres/failures/errors.js';
import {startSentence} from '../../../source/postgres/failures/start-sentence.js';
import {parseArguments} from '../../../source/run/start/argv.js';
import {keptFlags} from '../../../source/run/start/kept-flags.js';
import {flagIn} from '../../../source/tables/option.js';
import {options} from '../../../source/tables/options.js';
import {attemptAt, bareMachine} from '../../helpers/server/target.js';

/** What is said at the first connection. */
const faultOf = (error: unknown, attempt: Attempt) => {
	const {hint, startHint = hint} = anyFault(error, attempt);
	return {hint: startHint};
};

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
	['an idle session', serverError('57P05'), {}, 'idle_session_timeout has to be longer than the interval'],
	['a wrong password that was typed', serverError('28P01'), {}, undefined],
	[
		'a role that does not exist',
		serverError('28000', {routine: 'InitializeSessionUserId'}),
		{},
		'try: pgtop -U ROLE',
	],
	['a refusal of nobody knows what', serverError('28000'), {}, undefined],
	[
		'no line in pg_hba.conf',
		serverError('28000', {
			routine: 'ClientAuthentication',
			message:
				'kein pg_hba.conf-Eintrag für Host »::1«, Benutzer »dba«, Datenbank »shop«, SSL-Verschlüsselung',
		}),
		{},
		'pg_hba.conf on the server decides that',
	],
	[
		'no certificate of ours',
		serverError('28000', {
			routine: 'ClientAuthentication',
			message: 'Verbindung erfordert ein gültiges Client-Zertifikat',
		}),
		{},
		'there is no file /home/dba/.postgresql/postgresql.crt: sslcert names one',
	],
	[
		'a server with slots that are kept for a role',
		serverError('53300', {
			routine: 'InitPostgres',
			message:
				'die verbleibenden Verbindungen sind für Rollen mit den Privilegien der Rolle »pg_use_reserved_connections« reserviert',
		}),
		{},
		'a member of pg_use_reserved_connections or a superuser may still get in',
	],
	[
		'a server with slots that are kept for superusers',
		serverError('53300', {
			routine: 'InitPostgres',
			message: 'die verbleibenden Verbindungen sind für Rollen mit dem Attribut SUPERUSER reserviert',
		}),
		{},
		'a superuser may still get in',
	],
	[
		'a server with slots that are kept for superusers, before 16',
		serverError('53300', {
			routine: 'InitPostgres',
			message: 'remaining connection slots are reserved for non-replication superuser connections',
		}),
		{},
		'a superuser may still get in',
	],
	[
		'a server with no slot at all',
		serverError('53300', {routine: 'InitProcess', message: 'sorry, too many clients already'}),
		{},
		'no slot is left: a session there has to end first',
	],
	[
		'a pooler with no slot',
		serverError('53300', {message: 'no more connections'}),
		{},
		'no slot is left: a session there has to end first',
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
	[
		'options in a URI at a pooler',
		serverError('08P01'),
		{options: '-c jit=off', retry: {typed: {}, optionsFrom: 'options in the URI'}},
		'a pooler takes no settings: leave out options in the URI',
	],
	['anything else', serverError('XX000'), {}, undefined],
])('%s: what to try', (_, error, where, hint) => {
	expect(faultOf(error, {...target, ...where}).hint).toBe(hint);
});

const noDatabase = serverError('3D000', {routine: 'InitPostgres'});
const noRole = serverError('28000', {routine: 'InitializeSessionUserId'});
const noSocket = {code: 'ENOENT', syscall: 'connect'};
const peer = serverError('28000', {routine: 'auth_failed'});

/** The first host that these arguments lead to, on a machine with these accounts. */
function typing(
	given: KeywordValues,
	account = 'root',
	accounts = ['root', 'postgres', 'dba'],
	environment = {},
	files: Partial<Machine> = {},
): Attempt {
	const passwd = accounts.map((name, index) => `${name}:x:${index}:${index}::/:/bin/sh`).join('\n');
	const machine = {
		...bareMachine,
		account,
		...files,
		readText: (path: string) => (path === '/etc/passwd' ? passwd : files.readText?.(path)),
	};
	const resolved = resolveTarget(given, environment, machine);
	if (resolved.type === 'bad') throw new Error(resolved.sentence);
	return attemptsOf(resolved.target)[0] as Attempt;
}

test.each<[what: string, given: KeywordValues, hint: string]>([
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
	expect(commandOf({user: '\u202Eeve'})).toBeUndefined();
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
	[
		'a place that is looked at second, where there may be another server at the first',
		noRole,
		typing({}, 'root', ['postgres'], {PGHOST: '/tmp'}),
		'try: sudo -u postgres pgtop -h /tmp',
	],
	['there is no account postgres', noRole, typing({}, 'root', ['root']), 'try: pgtop -U ROLE'],
	['postgres itself has no role', noRole, typing({}, 'postgres'), 'try: pgtop -U ROLE'],
	['a role that was named is missing', noRole, typing({user: 'eve'}), 'try: pgtop -U ROLE'],
	['no role, over TCP', noRole, typing({host: 'db1'}), 'try: pgtop -h db1 -U ROLE'],
	[
		'no role, with port and database',
		noRole,
		typing({host: 'db1', port: '5433', user: 'eve', dbname: 'shop'}),
		'try: pgtop -h db1 -p 5433 -U ROLE shop',
	],
	[
		'no role, in a connection string',
		noRole,
		typing({dbname: 'host=db1 user=eve password=geheim sslmode=require'}),
		"try: pgtop 'user=ROLE host=db1 sslmode=require'",
	],
	[
		'no socket',
		noSocket,
		typing({host: '/tmp', port: '5433', user: 'eve', dbname: 'shop'}),
		'try: pgtop -h HOST -p 5433 -U eve shop, or pgtop --demo',
	],
	['no socket, and nothing typed', noSocket, typing({}), 'try: pgtop -h HOST, or pgtop --demo'],
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

const service = {
	readText: (path: string) =>
		path === '/home/dba/.pg_service.conf' ? '[a]\nhost=/srv/pg\nport=5433\ndbname=shop' : undefined,
};

test.each<[what: string, given: KeywordValues, environment: Readonly<Record<string, string>>]>([
	['in the connection string', {dbname: 'service=a'}, {}],
	['in PGSERVICE', {}, {PGSERVICE: 'a'}],
])(
	'a service %s is taken apart for another account, whose home does not have it',
	(_, given, environment) => {
		const attempt = typing(given, 'root', ['root', 'postgres'], environment, service);
		expect(faultOf(peer, attempt).hint).toBe('try: sudo -u postgres pgtop -h /srv/pg -p 5433 shop');
		expect(faultOf(noRole, attempt).hint).toBe('try: sudo -u postgres pgtop -h /srv/pg -p 5433 shop');
	},
);

test('root does without a sudo that is not there', () => {
	const machine = (isRoot: boolean, program: string) => ({
		isRoot,
		isProgram: (path: string) => path === program,
	});
	const hintOn = (files: Partial<Machine>, given: KeywordValues = {}) =>
		faultOf(noRole, typing(given, 'root', ['postgres'], {PATH: '/bin:/usr/bin'}, files)).hint;
	expect(hintOn(machine(true, '/usr/bin/sudo'))).toBe('try: sudo -u postgres pgtop');
	expect(hintOn(machine(false, '/nowhere/sudo'))).toBe('try: sudo -u postgres pgtop');
	expect(hintOn(machine(true, '/nowhere/sudo'))).toBe("try: su postgres -c 'pgtop -U postgres postgres'");
	expect(hintOn(machine(true, '/nowhere/sudo'), {host: '/my sockets'})).toBe(
		`try: su postgres -c 'pgtop -h '\\''/my sockets'\\'' -U postgres postgres'`,
	);
});

/** With the flags that these words are read as. */
async function typingWords(...words: readonly string[]): Promise<Attempt> {
	const parsed = await parseArguments(words, options);
	if (parsed.type !== 'run') throw new Error(JSON.stringify(parsed));
	const {host, port, username: user, dbname} = parsed.flags;
	const attempt = typing({host, port, user, dbname});
	return {...attempt, retry: {...attempt.retry, kept: keptFlags(parsed.flags, options)}};
}

test('a command that is advised does no more than the one that failed', async () => {
	const words = [
		'--read-only',
		'-p',
		'5561',
		'--audit-log',
		'my file',
		'--confirm=always',
		'--interval',
		'0.5',
	];
	const attempt = await typingWords(...words, '--password-command=pass db1', '-w', 'shop');
	const kept = `--no-password --password-command=COMMAND --interval=0.5 --confirm=always --read-only '--audit-log=my file'`;
	expect(faultOf(peer, attempt).hint).toBe(`try: sudo -u postgres pgtop ${kept} -p 5561 shop`);
	expect(faultOf(noDatabase, attempt).hint).toBe(`try: pgtop ${kept} -p 5561 postgres`);
});

test.each([
	'PGPASSWORD=geheim pass-for db1',
	'vault read -token=geheim db1',
	'curl https://me:geheim@vault/db1',
])('a secret in a flag is not repeated: %s', async command => {
	const attempt = await typingWords('--read-only', `--password-command=${command}`);
	expect(faultOf(noDatabase, attempt).hint).toBe(
		'try: pgtop --password-command=COMMAND --read-only postgres',
	);
});

test('a command that has no room in a sentence is not shown: cut, it would be another one', async () => {
	const attempt = await typingWords('--read-only', `--audit-log=/${'a'.repeat(250)}`);
	expect(faultOf(noDatabase, attempt).hint).toBeUndefined();
	const almost = await typingWords('--read-only', `--audit-log=/${'a'.repeat(140)}`);
	const fault = anyFault(serverError('3D000', {message: 'm'.repeat(500)}), almost);
	expect(startSentence({type: 'failed', fault, attempt: almost})).toMatch(/ --audit-log=\/a{140} postgres$/);
});

test('every flag but those of the login is kept', () => {
	const lost = Object.entries(options)
		.filter(([name, {type}]) => keptFlags({[name]: type === 'switch' ? true : 'x'}, options).length === 0)
		.map(([name]) => flagIn(options, name));
	expect(lost.join(' ')).toBe(
		'--host --port --username --dbname --password --show-config --signals --demo --help --version',
	);
});
