import fc from 'fast-check';
import {expect, test} from 'vitest';
import {resolveTarget} from '../../../../source/postgres/connect/connect-settings.js';
import {attemptsOf, describeAttempt} from '../../../../source/postgres/connect/connect-target.js';
import {faultOf, needPassword} from '../../../../source/postgres/failures/errors.js';
import {startSentence} from '../../../../source/postgres/failures/start-sentence.js';
import {parseArguments} from '../../../../source/run/start/argv.js';
import {options} from '../../../../source/tables/options.js';
import {bareMachine} from '../../../helpers/server/target.js';

const unknownName = Object.assign(new Error('getaddrinfo ENOTFOUND'), {
	code: 'ENOTFOUND',
	syscall: 'getaddrinfo',
});
const refused = Object.assign(new Error('connect ECONNREFUSED'), {code: 'ECONNREFUSED', syscall: 'connect'});

/** Everything that pgtop says of this call, up to a look-up that fails and a server that does not answer or wants a password. */
async function said(
	words: readonly string[],
	environment: Readonly<Record<string, string>> = {},
	services = '',
): Promise<readonly string[]> {
	const parsed = await parseArguments(words, options);
	if (parsed.type === 'bad') return [parsed.sentence];
	if (parsed.type !== 'run') return [];
	const {host, port, username: user, dbname} = parsed.flags;
	const machine = {...bareMachine, readText: () => services};
	const resolved = resolveTarget({host, port, user, dbname}, environment, machine);
	if (resolved.type === 'bad') return [resolved.sentence];
	return attemptsOf(resolved.target).flatMap(attempt => [
		describeAttempt(attempt),
		...[faultOf(unknownName, attempt), faultOf(refused, attempt), needPassword(attempt)].map(fault =>
			startSentence({type: 'failed', fault, attempt}),
		),
	]);
}

/** Pieces that are no chance: none of them is in a sentence of ours, or in the rest of the call. */
const pieces = (password: string) =>
	Array.from({length: Math.max(0, password.length - 3)}, (_, at) => password.slice(at, at + 4)).filter(
		piece => /[QXZ7]/.test(piece),
	);

const sign = fc.constantFrom(
	'/',
	'?',
	'#',
	'&',
	'=',
	' ',
	"'",
	'"',
	'@',
	':',
	';',
	',',
	'%',
	'\\',
	'[',
	'-',
	'.',
);
const letter = fc.constantFrom('Q', 'X', 'Z', '7');
const password = fc
	.array(fc.oneof({weight: 2, arbitrary: letter}, sign), {minLength: 4, maxLength: 14})
	.map(all => all.join(''));

type Call = readonly [
	words: (password: string) => readonly string[],
	environment?: (password: string) => Readonly<Record<string, string>>,
	services?: (password: string) => string,
];

const word = (text: (password: string) => string): Call => [one => [text(one)]];
const service = (text: (password: string) => string): Call => [
	() => ['service=ours'],
	() => ({}),
	one => `[ours]\nhost=h\n${text(one)}\nuser=u\n`,
];

const calls: Readonly<Record<string, Call>> = {
	'a URI': word(one => `postgresql://dba:${one}@h/x`),
	'a URI with a port and parameters': word(one => `postgresql://dba:${one}@h:5433/x?sslmode=require`),
	'a URI with several hosts': word(one => `postgresql://dba:${one}@h,i:5433`),
	'a URI with a role that has an @': word(one => `postgresql://dba@corp:${one}@h/x`),
	'a URI without a role': word(one => `postgresql://:${one}@h`),
	'a parameter of a URI': word(one => `postgresql://h/x?user=dba&password=${one}`),
	'a parameter of a URI, before others': word(one => `postgresql://h/x?password=${one}&user=dba&colour=1`),
	'a URI of another scheme': word(one => `postgresql+driver://dba:${one}@h/x`),
	'a URI without a scheme': word(one => `dba:${one}@h/x`),
	'a URI with a blank in front': word(one => ` postgresql://dba:${one}@h/x`),
	'a URI of JDBC': word(one => `jdbc:postgresql://h/x?user=dba&password=${one}`),
	'a URI as PGDATABASE': [() => [], one => ({PGDATABASE: `postgresql://dba:${one}@h/x`})],
	'a connection string': word(one => `host=h user=u password=${one} dbname=x`),
	'a connection string with more behind': word(one => `password=${one} host=h colour=blue`),
	'a connection string in quotes': word(one => `host=h password='${one}' dbname=x`),
	'a connection string with semicolons': word(one => `host=h;user=u;password=${one};dbname=x`),
	'a connection string of another driver': word(one => `Host=h;Username=u;Password=${one}`),
	'a connection string as PGDATABASE': [() => [], one => ({PGDATABASE: `host=h password=${one}`})],
	...Object.fromEntries(
		['host', 'hostaddr', 'port', 'user', 'dbname', 'sslmode', 'application_name', 'service'].flatMap(key => [
			[`no blank behind ${key}`, word(one => `${key}=1password=${one}`)],
			[`a semicolon behind ${key}`, word(one => `${key}=1;password=${one}`)],
			[`a comma behind ${key}`, word(one => `${key}=1,pwd=${one}`)],
			[`a quote around ${key} and more`, word(one => `${key}='1 password=${one}'`)],
		]),
	),
	'words that a shell has parted': [one => `host=h password=${one} dbname=x`.split(' ')],
	'words that a shell has parted, of a URI': [one => `postgresql://dba:${one}@h/x`.split(' ')],
	'a URI as -h': [one => ['-h', `postgresql://dba:${one}@h/x`]],
	// A role of hexadecimal digits with such a password may be an IPv6 address: `dba::7%Q` is one.
	'a role and a password as -h': [one => ['-h', `role:${one}`]],
	'a role, a password and a host as -h': [one => ['-h', `dba:${one}@127.0.0.1`]],
	'what reads like an address before a password': [one => ['-h', `a::1,x${one.replaceAll(',', '')}@h`]],
	'a password and a host as -h': [one => ['-h', `x${one.replaceAll(',', '')}@h`]],
	'a URI without its scheme as -h': [one => ['-h', `//dba:${one}@h/x`]],
	'a URI as -p': [one => ['-p', `postgresql://dba:${one}@h/x`]],
	'a password glued to -p': [one => [`-px${one}`]],
	'a port and a password as -p': [one => ['-p', `5561:${one}`]],
	'a URI as -U': [one => ['-U', `postgresql://dba:${one}@h/x`]],
	'a role and a password as -U': [one => ['-U', `dba:${one}`]],
	'a role and a password as the second name': [one => ['shop', `dba:${one}`]],
	'a URI as --interval': [one => ['--interval', `postgresql://dba:${one}@h/x`]],
	'a URI as --confirm': [one => ['--confirm', `postgresql://dba:${one}@h/x`]],
	'a URI as an unknown flag': [one => [`--postgresql://dba:${one}@h/x`]],
	'a password glued to a flag that takes none': [one => [`--password${one}`]],
	'a password behind a flag that takes none': [one => [`--password=${one}`]],
	'a URI after -d that a shell has parted': [one => `-dpostgresql://dba:${one} --${one}`.split(' ')],
	...Object.fromEntries(
		['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGSERVICE', 'PGUSER', 'PGDATABASE', 'PGSSLMODE', 'PGREQUIREAUTH'].map(
			(name): [string, Call] => [
				`a URI as ${name}`,
				[() => [], one => ({[name]: `postgresql://dba:${one}@h/x`})],
			],
		),
	),
	...Object.fromEntries(
		['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGSERVICE', 'PGUSER'].map((name): [string, Call] => [
			`a role and a password as ${name}`,
			[() => [], one => ({[name]: `role:${one}`})],
		]),
	),
	'a third word': [one => ['shop', 'dba', one.replace(/^-+/, '')]],
	'a line of a service': service(one => `password=${one}`),
	'a line of a service with more': service(one => `host=h password=${one}`),
	'a line of a service with semicolons': service(one => `user=u;password=${one}`),
	'a line of a service and nothing else': service(one => one),
	'a line of a service in front of a sign': service(one => `${one}=x`),
	'a port of a service': service(one => `port=x${one}`),
};

test.each(Object.entries(calls))('no sentence holds a part of a password: %s', async (_, call) => {
	const [words, environment = () => ({}), services = () => ''] = call;
	await fc.assert(
		fc.asyncProperty(password, async one => {
			const sentences = await said(words(one), environment(one), services(one));
			for (const sentence of sentences)
				for (const piece of pieces(one)) expect(sentence).not.toContain(piece);
		}),
		{numRuns: 300},
	);
});

type Sentence = [words: readonly string[], environment: Readonly<Record<string, string>>, sentence: string];

test.each<Sentence>([
	[
		['postgresql://dba:pa@ssw0rd@h/x'],
		{},
		'the connection URI has a second @: in a user, a password or a name it is written %40',
	],
	[
		['postgresql://dba:1/ssw0rd@h/x'],
		{},
		'the connection URI has a / before an @: in a user or password it is written %2F, and an @ in a name %40',
	],
	[
		['port=1password=geheim'],
		{},
		'port in the connection string has a password inside: a blank or the end of a line is missing before it',
	],
	[
		['host=h;password=geheim'],
		{},
		'host in the connection string has a password inside: a blank or the end of a line is missing before it',
	],
	[
		['host=h;geheim'],
		{},
		'host in the connection string takes a name, an address or the directory of a socket',
	],
	[['-h', 'h;x'], {}, '-h takes a name, an address or the directory of a socket, not "h;x"'],
	[['-p', '99999'], {}, '-p takes a port from 1 to 65535, not "99999"'],
	[[], {PGPORT: '1x'}, 'PGPORT takes a port from 1 to 65535'],
	[['-pgeheim'], {}, '-p takes a port from 1 to 65535'],
	[['-h', 'dba:geheim@db1'], {}, '-h takes a name, an address or the directory of a socket'],
	[['-h', 'geheim@db1'], {}, '-h takes a name, an address or the directory of a socket'],
	[['-h', 'dba:geheim'], {}, '-h takes a name, an address or the directory of a socket'],
	[['-h', '127.0.0.1:5561'], {}, '-h takes a host alone: its port is said with -p'],
	[['-h', 'db1,db2:5433'], {}, '-h takes a host alone: its port is said with -p'],
	[['-h', '[::1]'], {}, '-h takes an IPv6 address without brackets'],
	[['-h', '[fe80::1%eth0]'], {}, '-h takes an IPv6 address without brackets'],
	[
		['-h', '[::1]:5561'],
		{},
		'-h takes a host alone, an IPv6 address without brackets: its port is said with -p',
	],
	[[], {PGHOST: 'db1:5561'}, 'PGHOST takes a host alone: its port is said with PGPORT'],
	[[], {PGHOSTADDR: '127.0.0.1:5561'}, 'PGHOSTADDR takes a host alone: its port is said with PGPORT'],
	[['host=db1:5561'], {}, 'host in the connection string takes a host alone: its port is said with port'],
	[['-U', 'dba:geheim'], {}, '-U takes a role alone, without its password: that is asked for'],
	[[], {PGUSER: 'dba:geheim'}, 'PGUSER takes a role alone, without its password: that is asked for'],
	[
		['--audit-log', 'postgresql://dba:geheim@h/x'],
		{},
		'--audit-log needs the name of a file, and this reads like a URI',
	],
	[
		['--password-command=postgresql://dba:geheim@h/x'],
		{},
		'--password-command needs a command, and this reads like a URI',
	],
	[['-h', 'postgresql://dba:geheim@h/x'], {}, '-h has a URI: that stands in place of DBNAME or after -d'],
	...[
		'PGHOST',
		'PGHOSTADDR',
		'PGPORT',
		'PGUSER',
		'PGDATABASE',
		'PGPASSFILE',
		'PGAPPNAME',
		'PGSSLMODE',
		'PGSSLCERT',
		'PGSSLKEY',
		'PGSSLROOTCERT',
		'PGSSLCRL',
		'PGCONNECT_TIMEOUT',
	].map(
		(name): Sentence => [
			[],
			{[name]: 'postgresql://dba:geheim@h/x'},
			`${name} has a URI: that stands in place of DBNAME or after -d`,
		],
	),
	[
		[],
		{PGSERVICE: 'x', PGSERVICEFILE: 'postgres://dba:geheim@h/x'},
		'PGSERVICEFILE has a URI: that stands in place of DBNAME or after -d',
	],
	[['-Wgeheim'], {}, '-W takes no value: it asks for the password'],
	[['--interval', 'geheim@h'], {}, '--interval takes 0.5 to 60 seconds'],
	[['--dba:geheim@h'], {}, 'there is an unknown flag: pgtop --help lists the flags'],
	[
		['dba:geheim@h/x'],
		{},
		'DBNAME takes a name, and this reads like a URI: one begins with postgresql:// or postgres://, and stands in place of DBNAME or after -d',
	],
	[['jdbc:postgresql://h/x?user=dba&password=geheim'], {}, 'DBNAME reads like a URI: leave out jdbc:'],
	[['-d', 'postgresql+psycopg2://dba:geheim@h/x'], {}, 'DBNAME reads like a URI: leave out +psycopg2'],
	[
		[' jdbc:postgres+x://dba:geheim@h/x'],
		{},
		'DBNAME reads like a URI: leave out the blank in front and jdbc: and +x',
	],
	[['\npostgres://dba:geheim@h/x?a=b'], {}, 'DBNAME reads like a URI: leave out the blank in front'],
	[
		['PostgreSQL://dba:geheim@h/x?sslmode=require'],
		{},
		'DBNAME reads like a URI: it begins with postgresql://',
	],
	[
		['host=h', 'password=geheim'],
		{},
		'-U has a password inside: a blank or the end of a line is missing before it',
	],
	[
		['host=h', 'password=ge', '--heim'],
		{},
		'there is an unknown flag beside a connection string, which stands in quotes: pgtop --help lists the flags',
	],
])('%j is one sentence', async (words, environment, sentence) => {
	expect(await said(words, environment)).toEqual([sentence]);
});

test.each([
	"host=h application_name='a;b' options='-c my.password=x'",
	'postgresql://dba:a?b:c@h/x?application_name=a@b',
	"host=h password='password=x'",
	'host=fe80::1%eth0',
	'host=дб.example',
	'host=::ffff:127.0.0.1',
	'host=/tmp/a:b',
])('%s is taken', async text => {
	expect((await said([text]))[0]).toMatch(/^dba@/);
});

test.each([
	[["host=h user='a:b'"], 'a:b@h:5432/a:b'],
	[['postgresql://dba%40corp@h/x'], 'dba@corp@h:5432/x'],
	[['-U', 'dba@corp', '-h', 'h', 'x'], 'dba@corp@h:5432/x'],
	[['-h', '/tmp/a:b'], 'dba@[local:/tmp/a:b]:5432/dba'],
])('%j is taken as %s', async (words, target) => {
	expect((await said(words))[0]).toBe(target);
});
