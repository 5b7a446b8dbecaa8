import fc from 'fast-check';
import {expect, test} from 'vitest';
import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import type {ConnectTarget, Place} from '../../../source/postgres/connect/connect-target.js';
import {
	type KeywordValues,
	keywords,
	parameterOf,
} from '../../../source/postgres/connect/settings/keywords.js';
import {bareMachine} from '../../helpers/server/target.js';

type Environment = Parameters<typeof resolveTarget>[1];

const folder = '/home/dba/.postgresql';

const defaults: Omit<ConnectTarget, 'retry'> = {
	places: [{host: '/var/run/postgresql', port: 5432}],
	user: 'dba',
	database: 'dba',
	passwordFile: '/home/dba/.pgpass',
	applicationName: 'pgtop',
	connectTimeoutMs: 10_000,
	keepAliveMs: 10_000,
	channelBinding: 'prefer',
	tls: {
		mode: 'prefer',
		isDirect: false,
		rootFile: `${folder}/root.crt`,
		revocationFile: `${folder}/root.crl`,
		certificateFile: `${folder}/postgresql.crt`,
		keyFile: `${folder}/postgresql.key`,
		hasServerName: true,
		minVersion: 'TLSv1.2',
	},
	attributes: 'any',
	isShuffled: false,
};

const at = (host: string, port = 5432, more: Partial<Place> = {}) => ({
	places: [{host, port, ...more}] as const,
});

test.each<[what: string, given: KeywordValues, environment: Environment, target: Partial<ConnectTarget>]>([
	['nothing: the OS account, its database, the usual socket', {}, {}, {}],
	[
		'arguments',
		{host: 'db1', port: '5433', user: 'app', dbname: 'shop'},
		{},
		{...at('db1', 5433), user: 'app', database: 'shop'},
	],
	[
		'a URI',
		{dbname: 'postgresql://app@db1:5433/shop'},
		{},
		{...at('db1', 5433), user: 'app', database: 'shop'},
	],
	[
		'a connection string',
		{dbname: "host=db1 port=5433 user=app dbname='shop'"},
		{},
		{...at('db1', 5433), user: 'app', database: 'shop'},
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
			...at('db1', 5433),
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
		{...at('db1'), database: 'a'},
	],
	[
		'a URI over arguments, as in psql',
		{host: 'db2', user: 'x', dbname: 'postgresql://db1'},
		{},
		{...at('db1'), user: 'x', database: 'x'},
	],
	[
		'a URI without a database: the environment',
		{dbname: 'postgresql://db1'},
		{PGDATABASE: 'shop'},
		{...at('db1'), database: 'shop'},
	],
	['a database in the environment is a name, whatever it holds', {}, {PGDATABASE: 'a=b'}, {database: 'a=b'}],
	[
		'an empty argument says nothing',
		{host: '', port: '', user: '', dbname: ''},
		{PGHOST: 'db1', PGUSER: 'app'},
		{...at('db1'), user: 'app', database: 'app'},
	],
	[
		'an empty variable is the default',
		{},
		{PGHOST: '', PGPORT: '', PGUSER: '', PGDATABASE: '', PGPASSFILE: '', PGHOSTADDR: '', PGREQUIREAUTH: ''},
		{},
	],
	['an empty application name is none', {}, {PGAPPNAME: ''}, {applicationName: ''}],
	[
		'an empty parameter of a URI hides the environment',
		{dbname: 'postgresql:///?host='},
		{PGHOST: 'db1'},
		{},
	],
	['a directory is a socket', {host: '/run/pg'}, {}, at('/run/pg')],
	['blanks around a port', {port: ' 5433 '}, {}, at('/var/run/postgresql', 5433, {portText: ' 5433 '})],
	[
		'a password in the environment',
		{host: 'db1'},
		{PGPASSWORD: 'secret'},
		at('db1', 5432, {password: 'secret', passwordFrom: 'PGPASSWORD'}),
	],
	[
		'a password in the URI',
		{host: 'db1', dbname: 'postgresql://:top@/'},
		{PGPASSWORD: 'secret'},
		at('db1', 5432, {password: 'top', passwordFrom: 'password in the URI'}),
	],
	[
		'a password that was typed, over the environment',
		{host: 'db1', password: 'typed'},
		{PGPASSWORD: 'secret'},
		at('db1', 5432, {password: 'typed'}),
	],
	['a time limit', {}, {PGCONNECT_TIMEOUT: '3'}, {connectTimeoutMs: 3000}],
	['a second is two, as in older libpqs', {}, {PGCONNECT_TIMEOUT: '1'}, {connectTimeoutMs: 2000}],
	['no time limit', {}, {PGCONNECT_TIMEOUT: '0'}, {connectTimeoutMs: 0}],
	['a negative time limit is none', {}, {PGCONNECT_TIMEOUT: '-1'}, {connectTimeoutMs: 0}],
	['a limit longer than any timer', {}, {PGCONNECT_TIMEOUT: '2147483647'}, {connectTimeoutMs: 2_147_483_647}],
	[
		'another home',
		{},
		{HOME: '/h', PGSSLMODE: 'prefer'},
		{
			passwordFile: '/h/.pgpass',
			tls: {
				...defaults.tls,
				rootFile: '/h/.postgresql/root.crt',
				revocationFile: '/h/.postgresql/root.crl',
				certificateFile: '/h/.postgresql/postgresql.crt',
				keyFile: '/h/.postgresql/postgresql.key',
			},
		},
	],
	['PGREQUIRESSL', {}, {PGREQUIRESSL: '1'}, {tls: {...defaults.tls, mode: 'require'}}],
	[
		'PGSSLMODE over PGREQUIRESSL',
		{},
		{PGREQUIRESSL: '1', PGSSLMODE: 'allow'},
		{tls: {...defaults.tls, mode: 'allow'}},
	],
	[
		'what pgtop ignores',
		{dbname: 'sslcompression=1 krbsrvname=x client_encoding=latin1 keepalives_count=3'},
		{},
		{},
	],
	['how long a silence may last', {dbname: 'keepalives_idle=60'}, {}, {keepAliveMs: 60_000}],
	[
		'the kind of session, and any order',
		{dbname: 'load_balance_hosts=random'},
		{PGTARGETSESSIONATTRS: 'standby'},
		{attributes: 'standby', isShuffled: true},
	],
	[
		'what is required of the login',
		{},
		{PGCHANNELBINDING: 'require', PGREQUIREAUTH: 'scram-sha-256,none'},
		{
			channelBinding: 'require',
			methods: ['none', 'scram-sha-256'],
		},
	],
	[
		'what is not to be the login',
		{},
		{PGREQUIREAUTH: '!password,!none,!gss,!sspi,!oauth'},
		{
			methods: ['md5', 'scram-sha-256'],
		},
	],
	['requirepeer where no socket is', {host: 'db1'}, {PGREQUIREPEER: 'postgres'}, at('db1')],
])('%s', (_, given, environment, target) => {
	expect(resolveTarget(given, environment, bareMachine)).toEqual({
		type: 'target',
		target: {...defaults, retry: expect.anything(), ...target},
	});
});

test('keepalives can be left out', () => {
	const resolved = resolveTarget({dbname: 'keepalives=0'}, {}, bareMachine);
	expect(resolved.type === 'target' && 'keepAliveMs' in resolved.target).toBe(false);
});

test.each<[what: string, environment: Environment, places: readonly Place[]]>([
	[
		'each host its port',
		{PGHOST: 'a,b', PGPORT: '1,2'},
		[
			{host: 'a', port: 1},
			{host: 'b', port: 2},
		],
	],
	[
		'one port for all',
		{PGHOST: 'a,/tmp', PGPORT: '1'},
		[
			{host: 'a', port: 1},
			{host: '/tmp', port: 1},
		],
	],
	[
		'a port left out is the usual one',
		{PGHOST: 'a,b', PGPORT: ',2'},
		[
			{host: 'a', port: 5432},
			{host: 'b', port: 2},
		],
	],
	[
		'a host left out is the usual socket',
		{PGHOST: 'a,'},
		[
			{host: 'a', port: 5432},
			{host: '/var/run/postgresql', port: 5432},
		],
	],
	[
		'addresses alone',
		{PGHOSTADDR: '10.0.0.1,::1'},
		[
			{host: '', hostaddr: '10.0.0.1', port: 5432},
			{host: '', hostaddr: '::1', port: 5432},
		],
	],
	[
		'addresses for names',
		{PGHOST: 'a,b', PGHOSTADDR: ',10.0.0.2'},
		[
			{host: 'a', port: 5432},
			{host: 'b', hostaddr: '10.0.0.2', port: 5432},
		],
	],
])('several hosts: %s', (_, environment, places) => {
	expect(resolveTarget({}, environment, bareMachine)).toMatchObject({target: {places}});
});

test.each<[sockets: readonly string[], port: string, host: string]>([
	[['/var/run/postgresql/.s.PGSQL.5432', '/tmp/.s.PGSQL.5432'], '5432', '/var/run/postgresql'],
	[['/tmp/.s.PGSQL.5432'], '5432', '/tmp'],
	[['/tmp/.s.PGSQL.5432'], '5433', '/var/run/postgresql'],
	[['/tmp/.s.PGSQL.5433'], '5433', '/tmp'],
])('without a host the first socket of the port is used: %s, port %s → %s', (sockets, port, host) => {
	const machine = {...bareMachine, hasSocket: (path: string) => sockets.includes(path)};
	expect(resolveTarget({port}, {}, machine)).toMatchObject({target: {places: [{host}]}});
});

test('Windows has no sockets, and other places for the files', () => {
	const environment = {APPDATA: 'C:/A', HOME: '/h'};
	expect(resolveTarget({}, environment, {...bareMachine, isWindows: true})).toMatchObject({
		target: {
			places: [{host: 'localhost'}],
			passwordFile: 'C:/A/postgresql/pgpass.conf',
			tls: {rootFile: 'C:/A/postgresql/root.crt'},
		},
	});
});

const files: Readonly<Record<string, string>> = {
	'/home/dba/.pg_service.conf': '[one]\nhost=db1\nport=5433\nsslmode=require\n',
	'/other': '[two]\nhost=db2\n[odd]\nport=x\n',
	'/etc/postgresql-common/pg_service.conf': '[one]\nhost=no\n[three]\nhost=db3\n',
	'/sys/pg_service.conf': '[four]\nhost=db4\n',
};
const withFiles = {...bareMachine, readText: (path: string) => files[path]};

test.each<[what: string, given: KeywordValues, environment: Environment, target: object]>([
	['in the home', {}, {PGSERVICE: 'one'}, {...at('db1', 5433), tls: {mode: 'require'}}],
	['named by the connection string', {dbname: 'service=one'}, {PGSERVICE: 'three'}, at('db1', 5433)],
	['in the system', {}, {PGSERVICE: 'three'}, at('db3')],
	['in another file', {}, {PGSERVICE: 'two', PGSERVICEFILE: '/other'}, at('db2')],
	['in the system behind another file', {}, {PGSERVICE: 'three', PGSERVICEFILE: '/other'}, at('db3')],
	['in another folder of the system', {}, {PGSERVICE: 'four', PGSYSCONFDIR: '/sys'}, at('db4')],
	['under the arguments', {host: 'db9'}, {PGSERVICE: 'one'}, at('db9', 5433)],
	[
		'over the environment',
		{},
		{PGSERVICE: 'one', PGHOST: 'db9', PGUSER: 'app'},
		{...at('db1', 5433), user: 'app'},
	],
])('a service %s', (_, given, environment, target) => {
	expect(resolveTarget(given, environment, withFiles)).toMatchObject({type: 'target', target});
});

test.each<[what: string, given: KeywordValues, environment: Environment, service: string | undefined]>([
	['in the environment', {}, {PGSERVICE: 'one'}, 'one'],
	['in the connection string', {dbname: 'service=one'}, {PGSERVICE: 'three'}, 'one'],
	['with another role and database', {dbname: 'shop', user: 'app'}, {PGSERVICE: 'one'}, 'one'],
	['with its own host beside it', {host: 'db1'}, {PGSERVICE: 'one'}, 'one'],
	['with another host beside it', {host: 'db9'}, {PGSERVICE: 'one'}, undefined],
	['with another port beside it', {port: '5555'}, {PGSERVICE: 'one'}, undefined],
	['nowhere', {host: 'db1'}, {}, undefined],
])('the server is called by a service %s as long as it is its server', (_, given, environment, service) => {
	const resolved = resolveTarget(given, environment, withFiles);
	expect(resolved.type === 'target' ? resolved.target.service : resolved.sentence).toBe(service);
});

test.each<[what: string, given: KeywordValues, environment: Environment, sentence: string]>([
	['a word for a port', {port: 'abc'}, {}, '-p takes a port from 1 to 65535'],
	['port 0', {}, {PGPORT: '0'}, 'PGPORT takes a port from 1 to 65535, not "0"'],
	[
		'a later port',
		{},
		{PGHOST: 'a,b', PGPORT: '1,70000'},
		'PGPORT takes a port from 1 to 65535, not "70000"',
	],
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
		'the connection URI has a / before an @: in a user or password it is written %2F, and an @ in a name %40',
	],
	['several ports', {}, {PGPORT: '1,2'}, 'PGPORT names 2 ports for one host'],
	['too few ports', {host: 'a,b,c'}, {PGPORT: '1,2'}, 'PGPORT names 2 ports for 3 hosts'],
	['too few hosts', {host: 'a'}, {PGHOSTADDR: '10.0.0.1,10.0.0.2'}, '-h names 1 for the 2 of PGHOSTADDR'],
	['a name for an address', {}, {PGHOSTADDR: 'db1'}, 'PGHOSTADDR takes IP addresses, not "db1"'],
	[
		'a time limit that is none',
		{},
		{PGCONNECT_TIMEOUT: '1s'},
		'PGCONNECT_TIMEOUT takes a whole number, not "1s"',
	],
	['an empty time limit', {}, {PGCONNECT_TIMEOUT: ''}, 'PGCONNECT_TIMEOUT takes a whole number, not ""'],
	[
		'an unknown mode',
		{dbname: 'sslmode=on'},
		{},
		'sslmode in the connection string takes disable, allow, prefer, require, verify-ca, verify-full',
	],
	[
		'an empty mode',
		{},
		{PGSSLMODE: ''},
		'PGSSLMODE takes disable, allow, prefer, require, verify-ca, verify-full, not ""',
	],
	[
		'a TLS version that is none',
		{},
		{PGSSLMINPROTOCOLVERSION: 'SSLv3'},
		'PGSSLMINPROTOCOLVERSION takes TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3, not "SSLv3"',
	],
	[
		'TLS versions the wrong way round',
		{dbname: 'ssl_min_protocol_version=tlsv1.3 ssl_max_protocol_version=TLSv1.2'},
		{},
		'no TLS version is between TLSv1.3 and TLSv1.2, as ssl_min_protocol_version and ssl_max_protocol_version say',
	],
	[
		'a weak mode with the certificates of the system',
		{dbname: 'sslrootcert=system sslmode=require'},
		{},
		'sslrootcert=system needs sslmode=verify-full, and sslmode in the connection string is require',
	],
	[
		'a weak mode with direct TLS',
		{},
		{PGSSLNEGOTIATION: 'direct'},
		'PGSSLNEGOTIATION is direct, which needs sslmode=require, verify-ca or verify-full',
	],
	[
		'GSSAPI that is required',
		{},
		{PGGSSENCMODE: 'require'},
		"PGGSSENCMODE asks for what pgtop can't do: Node.js has no GSSAPI",
	],
	[
		'a peer at a socket',
		{host: 'db1,/tmp'},
		{PGREQUIREPEER: 'postgres'},
		"PGREQUIREPEER asks for what pgtop can't do: Node.js does not tell whose process answers there",
	],
	[
		'a walsender',
		{dbname: 'replication=database'},
		{},
		"replication in the connection string asks for what pgtop can't do: pgtop needs an ordinary session, and no walsender",
	],
	[
		'an unknown login',
		{},
		{PGREQUIREAUTH: 'md6'},
		'PGREQUIREAUTH takes none, password, md5, scram-sha-256, gss, sspi, oauth, not "md6"',
	],
	[
		'logins with ! and without',
		{},
		{PGREQUIREAUTH: '!md5,password'},
		'PGREQUIREAUTH has methods with ! and without',
	],
	['a login twice', {}, {PGREQUIREAUTH: 'md5,md5'}, 'PGREQUIREAUTH has a method twice'],
	[
		'a broken URI',
		{dbname: 'postgres://['},
		{},
		'the connection URI has an IPv6 address that is not written [ADDRESS] or [ADDRESS]:PORT',
	],
	[
		'an unknown parameter',
		{dbname: 'host=db1 foo=x'},
		{},
		'the connection string has a parameter "foo", which libpq does not know',
	],
	[
		'a service that is nowhere',
		{},
		{PGSERVICE: 'five'},
		'the service "five", which PGSERVICE names, is not in /home/dba/.pg_service.conf or /etc/postgresql-common/pg_service.conf',
	],
	[
		'an empty service',
		{dbname: 'service='},
		{},
		'the service that service in the connection string names is not in /home/dba/.pg_service.conf or /etc/postgresql-common/pg_service.conf',
	],
	[
		'a service file that is not there',
		{},
		{PGSERVICE: 'one', PGSERVICEFILE: '/none'},
		"the service file /none, which PGSERVICEFILE names, can't be read: there is no such file",
	],
	[
		'a mistake in a service file',
		{},
		{PGSERVICE: 'odd', PGSERVICEFILE: '/other'},
		'port in line 4 of /other takes a port from 1 to 65535',
	],
	[
		'control characters',
		{host: '\u001B[2J'},
		{},
		'-h takes a name, an address or the directory of a socket, not "␛[2J"',
	],
])('%s is one sentence', (_, given, environment, sentence) => {
	expect(resolveTarget(given, environment, withFiles)).toEqual({type: 'bad', sentence});
});

test('whatever is said makes a target, or a sentence without the secret', () => {
	const text = fc.oneof(
		fc.string(),
		fc.constantFrom('1', ',', 'a,b', 'require', 'one', 'postgresql://', 'host=', "'", '%', '=', '@'),
	);
	const environment = fc.dictionary(
		fc.constantFrom(
			...keywords.flatMap(keyword => parameterOf(keyword).variable ?? []),
			'PGSERVICEFILE',
			'HOME',
		),
		text,
	);
	const given = fc.record({host: text, port: text, user: text, dbname: text}, {requiredKeys: []});
	const secret = fc.constantFrom({}, {PGPASSWORD: 'hunter2'});
	fc.assert(
		fc.property(given, environment, secret, (settings, variables, more) => {
			const resolved = resolveTarget(settings, {...variables, ...more}, withFiles);
			if (resolved.type === 'bad') expect(resolved.sentence).not.toMatch(/hunter2|^$/);
			else expect(resolved.target.places.length).toBeGreaterThan(0);
		}),
		{numRuns: 2000},
	);
});

test('a process without an OS account is told to name the role', () => {
	const {account: _, ...nobody} = bareMachine;
	expect(resolveTarget({}, {}, nobody)).toEqual({
		type: 'bad',
		sentence: 'this process runs under a number without an OS account: name the role with -U or PGUSER',
	});
	expect(resolveTarget({user: 'app'}, {}, nobody)).toMatchObject({target: {user: 'app', database: 'app'}});
});
