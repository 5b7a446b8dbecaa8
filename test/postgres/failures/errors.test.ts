import {constants} from 'node:os';
import {expect, test} from 'vitest';
import type {Attempt} from '../../../source/postgres/connect/connect-target.js';
import {
	demandFault,
	type Fault,
	failureSentence,
	faultOf,
	needPassword,
	tlsFault,
} from '../../../source/postgres/failures/errors.js';
import {startSentence} from '../../../source/postgres/failures/start-sentence.js';
import {attemptAt} from '../../helpers/server/target.js';

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
			startHint: 'try: pgtop -h HOST, or pgtop --demo',
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
		'no way to a connection that is there',
		Object.assign(new Error('read ENETDOWN'), {code: 'ENETDOWN', syscall: 'read'}),
		target,
		{
			kind: 'lost',
			code: 'ENETDOWN',
			sentence: 'there is no way to db1:5432 from here',
			isRetryable: true,
		},
	],
	[
		'what nobody has words for, when connecting',
		Object.assign(new Error('connect EXFULL /tmp'), {code: 'EXFULL', syscall: 'connect'}),
		socket,
		{
			kind: 'unreachable',
			code: 'EXFULL',
			sentence: 'the connection to /tmp/.s.PGSQL.5432 failed (EXFULL)',
			isRetryable: true,
		},
	],
	[
		'the same later',
		Object.assign(new Error('write EXFULL'), {code: 'EXFULL', syscall: 'write'}),
		target,
		{
			kind: 'lost',
			code: 'EXFULL',
			sentence: 'the connection to db1:5432 failed (EXFULL)',
			isRetryable: true,
		},
	],
	[
		'a reply that whoever read it took for something else',
		new TypeError('i.map is not a function'),
		target,
		{
			kind: 'protocol',
			sentence: "what answers at db1:5432 does not speak PostgreSQL's protocol",
			isRetryable: true,
		},
	],
	[
		'a certificate that is refused after the handshake, as in TLS 1.3',
		Object.assign(new Error('C0:error:0A000412:SSL routines:ssl3_read_bytes:x:../a.c:1605:'), {
			code: 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
			library: 'SSL routines',
		}),
		target,
		{
			kind: 'tls',
			code: 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
			sentence:
				'db1:5432 refused the certificate /home/dba/.postgresql/postgresql.crt: it is broken, or not one for this server',
			isRetryable: true,
		},
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

test('a server that lets nobody in says why, in its detail', () => {
	const error = serverError('57P03', {message: 'not accepting', detail: 'Hot standby mode is disabled.'});
	expect(faultOf(error)).toMatchObject({sentence: 'not accepting: Hot standby mode is disabled'});
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
		hint: 'write it into /home/dba/.pgpass',
		startHint: 'set PGPASSWORD, or write it into /home/dba/.pgpass',
		isRetryable: false,
		wantsPassword: true,
	});
});

test.each<[what: string, thrown: unknown, sentence: string]>([
	['our own files', 'the key file k is missing', 'the key file k is missing'],
	[
		'a handshake that fails',
		{code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', reason: 'tlsv1 alert protocol version', message: 'x'},
		'TLS with db1:5432 failed: server and pgtop have no version of TLS in common (ssl_min_protocol_version)',
	],
	[
		'a certificate that nobody vouches for',
		{code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed certificate in certificate chain'},
		'db1:5432: its certificate is not trusted: its authority is not known (trusted is what /home/dba/.postgresql/root.crt has)',
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

/** Node's own names of errors of the system: the kinds that a socket, a look-up or a file may end with are among them. */
const systemNames = Object.keys(constants.errno);

const others = [
	...['EAI_ADDRFAMILY', 'EAI_AGAIN', 'EAI_BADFLAGS', 'EAI_CANCELED', 'EAI_FAIL', 'EAI_FAMILY', 'EAI_MEMORY'],
	...['EAI_NODATA', 'EAI_NONAME', 'EAI_OVERFLOW', 'EAI_SERVICE', 'EAI_SOCKTYPE', 'EAI_SYSTEM', 'ENOTFOUND'],
	...['ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_VALUE', 'ERR_INVALID_IP_ADDRESS', 'ERR_SOCKET_BAD_PORT'],
	...['ERR_SOCKET_CLOSED', 'ERR_SOCKET_CONNECTION_TIMEOUT', 'ERR_STREAM_DESTROYED', 'ABORT_ERR', 'EPROTO'],
	...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'ERR_TLS_INVALID_PROTOCOL_VERSION'],
	...['ERR_OSSL_EVP_UNSUPPORTED', 'ERR_OSSL_PEM_NO_START_LINE', 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'],
	...['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ERR_SSL_UNSUPPORTED_PROTOCOL'],
	...['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
	...['ERR_SSL_SOMETHING_NEW', 'CERT_HAS_EXPIRED', 'CERT_REVOKED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_CRL', 'HOSTNAME_MISMATCH'],
];

test.each([...systemNames, ...others])(
	'of %s no line of a library is shown, and its server is named',
	code => {
		const line = 'x8F0:error:0A000086:SSL routines:tls_process:library line:../deps/statem.c:1889:';
		for (const where of [target, socket])
			for (const syscall of ['connect', 'getaddrinfo', 'read', 'write', undefined]) {
				const thrown = Object.assign(new Error(line), {code, ...(syscall && {syscall})});
				for (const {sentence} of [faultOf(thrown, where), tlsFault(thrown, where)]) {
					expect(sentence).toMatch(where === target ? /db1/ : /\/tmp|the connection to/);
					expect(sentence).not.toMatch(/SSL routines|library line|connect E|undefined/);
					expect(sentence.length).toBeLessThanOrEqual(300);
				}
			}
	},
);

test('whatever a server says, a sentence has 300 characters at most, and no half of a pair', () => {
	const flood = '🐘'.repeat(100_000);
	for (const code of ['28P01', '3D000', '53300', 'XX000']) {
		const where = {...target, passwordFrom: `/${'p'.repeat(5000)}`, host: 'h'.repeat(5000)};
		const thrown = serverError(code, {message: `x${flood}`, detail: flood, hint: flood});
		const found = faultOf(thrown, where);
		const failed = {type: 'failed', fault: found, attempt: where} as const;
		for (const text of [found.sentence, found.detail ?? '', failureSentence(found), startSentence(failed)]) {
			expect(text.length).toBeLessThanOrEqual(300);
			expect(text).toMatch(/~/);
			expect(text).not.toMatch(/\p{Cs}/u);
		}
	}

	expect(
		startSentence({
			type: 'failed',
			fault: faultOf(serverError('3D000', {message: flood}), target),
			attempt: target,
		}),
	).toMatch(/🐘~: try: pgtop postgres$/);
	const refusedFrom = faultOf(
		{code: 'ECONNREFUSED', syscall: 'connect'},
		{...target, host: 'h'.repeat(5000)},
	);
	expect(refusedFrom.sentence).toMatch(/^h{119}~:5432 refused the connection$/);
});
