import {expect, test} from 'vitest';
import type {Attempt} from '../../source/postgres/connect/target.js';
import {demandFault, type Fault, faultOf, needPassword, tlsFault} from '../../source/postgres/errors.js';
import {attemptAt} from '../helpers/target.js';

const target = attemptAt({host: 'db1', database: 'shop'});

const socket = {...target, host: '/tmp'};

const serverError = (code: string, facts: object = {}) =>
	Object.assign(new Error('was der Server sagt'), {severity: 'FATAL', code, ...facts});

test.each<[code: string, kind: Fault['kind'], isRetryable: boolean]>([
	['08P01', 'protocol', true],
	['22012', 'other', true],
	['25P02', 'aborted', true],
	['28000', 'auth', false],
	['28P01', 'auth', false],
	['3D000', 'no-database', false],
	['42501', 'denied', true],
	['42883', 'missing', true],
	['42P01', 'missing', true],
	['53300', 'full', true],
	['55P03', 'locked', true],
	['57014', 'cancelled', true],
	['57P01', 'lost', true],
	['57P03', 'starting', true],
	['EPIPE', 'other', true],
	['constructor', 'other', true],
])('%s of the server is %s, in its own words', (code, kind, isRetryable) => {
	expect(faultOf(serverError(code), target)).toMatchObject({
		kind,
		code,
		sentence: 'was der Server sagt',
		isRetryable,
	});
});

test.each<[what: string, error: object, where: Attempt, fault: Fault]>([
	[
		'refused',
		{code: 'ECONNREFUSED', syscall: 'connect'},
		target,
		{
			kind: 'connect-refused',
			code: 'ECONNREFUSED',
			sentence: 'db1:5432 refused the connection',
			hint: 'is the server running there?',
			isRetryable: true,
		},
	],
	[
		'no socket',
		{code: 'ENOENT', syscall: 'connect'},
		socket,
		{
			kind: 'connect-refused',
			code: 'ENOENT',
			sentence: 'there is no socket /tmp/.s.PGSQL.5432',
			hint: 'is the server running there?',
			isRetryable: true,
		},
	],
	[
		'no right to the socket',
		{code: 'EACCES', syscall: 'connect'},
		socket,
		{
			kind: 'denied',
			code: 'EACCES',
			sentence: 'no permission to open /tmp/.s.PGSQL.5432',
			isRetryable: true,
		},
	],
	[
		'unknown name',
		{code: 'ENOTFOUND', syscall: 'getaddrinfo'},
		target,
		{kind: 'unreachable', code: 'ENOTFOUND', sentence: 'the name db1 is not known', isRetryable: true},
	],
	[
		'another complaint of the system when connecting',
		Object.assign(new Error('connect ENOTDIR /etc/passwd'), {code: 'ENOTDIR', syscall: 'connect'}),
		socket,
		{kind: 'unreachable', code: 'ENOTDIR', sentence: 'connect ENOTDIR /etc/passwd', isRetryable: true},
	],
	[
		'another complaint of the system later',
		Object.assign(new Error('read ENETDOWN'), {code: 'ENETDOWN', syscall: 'read'}),
		target,
		{kind: 'lost', code: 'ENETDOWN', sentence: 'read ENETDOWN', isRetryable: true},
	],
	[
		'silence at connecting',
		new Error('timeout expired'),
		target,
		{kind: 'timeout', sentence: 'no answer from db1:5432 within 10s', isRetryable: true},
	],
	[
		'silence later',
		new Error('Query read timeout'),
		target,
		{kind: 'timeout', sentence: 'no answer from db1:5432 in time', isRetryable: true},
	],
	[
		'a closed connection',
		new Error('Connection terminated unexpectedly'),
		target,
		{kind: 'lost', sentence: 'db1:5432 closed the connection', isRetryable: true},
	],
	[
		'a query after it',
		new Error('Client has encountered a connection error and is not queryable'),
		target,
		{kind: 'lost', sentence: 'db1:5432 closed the connection', isRetryable: true},
	],
])('%s', (_, error, where, fault) => {
	expect(faultOf(error, where)).toEqual(fault);
});

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

test('the detail is kept, and nothing from the server reaches the terminal raw', () => {
	const error = serverError('42501', {message: 'no\u001B[2J', detail: 'one\ntwo\u0007'});
	expect(faultOf(error)).toMatchObject({sentence: 'no␛[2J', detail: 'one two␇'});
});

test.each([
	undefined,
	null,
	'text',
	7,
	{},
	[],
	new Error(''),
	new AggregateError([]),
	{message: '', code: ''},
])('whatever is thrown (%j) makes a sentence', thrown => {
	expect(faultOf(thrown)).toMatchObject({
		kind: 'other',
		sentence: expect.stringMatching(/./),
		isRetryable: true,
	});
});

test('a password that nobody knows is asked for, and the file is named', () => {
	expect(needPassword(target)).toEqual({
		kind: 'need-password',
		sentence: 'db1:5432 asks for a password',
		hint: 'set PGPASSWORD, or write it into the password file',
		isRetryable: false,
	});
});

test.each<[what: string, thrown: unknown, sentence: string]>([
	['our own files', 'the key file k is missing', 'the key file k is missing'],
	[
		'a handshake that fails',
		{code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', reason: 'tlsv1 alert protocol version', message: 'x'},
		'TLS with db1:5432 failed: tlsv1 alert protocol version',
	],
	[
		'a certificate that nobody vouches for',
		{code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed certificate in certificate chain'},
		'db1:5432: its certificate is not trusted: self-signed certificate in certificate chain',
	],
	['a certificate for somebody else', new Error('it is for db2'), 'db1:5432: it is for db2'],
])('what keeps TLS from beginning is said: %s', (_, thrown, sentence) => {
	expect(tlsFault(thrown, target)).toMatchObject({kind: 'tls', sentence, isRetryable: true});
});

test('a server that hangs up in the middle of the handshake is lost', () => {
	expect(tlsFault({code: 'ECONNRESET', message: 'x'}, target)).toMatchObject({
		kind: 'lost',
		sentence: 'db1:5432 closed the connection',
	});
});

test('a standby where a primary is wanted may be the primary in a while', () => {
	expect(demandFault('unsuitable', 'is a standby', target)).toEqual({
		kind: 'unsuitable',
		sentence: 'db1:5432 is a standby',
		isRetryable: true,
	});
});
