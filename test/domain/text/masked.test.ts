import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {clean} from '../../../source/domain/text/clean.js';
import {masked} from '../../../source/domain/text/masked.js';

test.each([
	["ALTER ROLE x PASSWORD 'secret'", "ALTER ROLE x PASSWORD '***'"],
	[
		"create user x with encrypted password E'se''cr\\'et' login",
		"create user x with encrypted password E'***' login",
	],
	['create user x password $t$se$$cret$t$ nologin', 'create user x password $t$***$t$ nologin'],
	["alter role x password U&'\\0073ecret\\'", "alter role x password U&'***'"],
	["alter role x password 'sec' 'ret'", "alter role x password '***' '***'"],
	['alter role x password null login', 'alter role x password null login'],
	["alter role x password'secret'", "alter role x password'***'"],
	["select f(password := 'secret', 1)", "select f(password := '***', 1)"],
	["select f(password => 'secret', 1)", "select f(password => '***', 1)"],
	['select f(password => 1234, 1)', 'select f(password => ***, 1)'],
	["select * from u where password = 'secret'", "select * from u where password = '***'"],
	[
		"select * from u where password in ('secret', 'other')",
		"select * from u where password in ('***', '***')",
	],
	[
		"select * from u where password like 'sec' || 'ret'",
		"select * from u where password like '***' || '***'",
	],
	['select * from u where password = $1 and x = 1', 'select * from u where password = $1 and x = 1'],
	[`select * from u where "password" = 'secret'`, `select * from u where "password" = '***'`],
	["update u set password = crypt('secret', $1)", "update u set password = crypt('***', $1)"],
	[
		"insert into u (name, password) values ('a', 'secret')",
		"insert into u (name, password) values ('***', '***')",
	],
	["select set_password('bob', 'secret')", "select set_password('***', '***')"],
	[
		"create user mapping for a server b options (user 'u', password 'secret')",
		"create user mapping for a server b options (user 'u', password '***')",
	],
	[
		"create subscription s connection 'host=h password=secret user=rep' publication p",
		"create subscription s connection 'host=h password=*** user=rep' publication p",
	],
	[
		"select dblink_connect('host=h password = secret user=u')",
		"select dblink_connect('host=h password = *** user=u')",
	],
	[
		"select dblink_connect('password=''a b'' sslpassword=secret user=u')",
		"select dblink_connect('password=*** sslpassword=*** user=u')",
	],
	["select dblink_connect('password=''a\\''b=c'' user=u')", "select dblink_connect('password=***"],
	["select dblink_connect('password=a\\ b=c user=u')", "select dblink_connect('password=***')"],
	['select dblink_connect($$password=a b=c$$)', 'select dblink_connect($$password=***$$)'],
	[
		"select dblink_connect('postgresql://u:secret@h:5432/d?sslmode=require')",
		"select dblink_connect('postgresql://u:***@h:5432/d?sslmode=require')",
	],
	[
		"select dblink_connect('postgres://h/d?user=u&password=secret')",
		"select dblink_connect('postgres://h/d?user=u&password=***')",
	],
	["select http_get('https://u:a:b@c@h/x'), 1", "select http_get('https://u:***@h/x'), 1"],
	["select 'postgresql://u:secr", "select 'postgresql://u:***"],
	["select 'postgresql://h:5432/d', 'a@b'", "select 'postgresql://h:5432/d', 'a@b'"],
	["select 'http://h:80/x','a@b'", "select 'http://h:80/x','a@b'"],
	["connect 'postgresql://u:my_pwd@h/d' as 'x'", "connect 'postgresql://u:***@h/d' as 'x'"],
	['sync postgresql://u:secret@h/d', 'sync postgresql://u:***@h/d'],
	[`copy t from program 'PGPASSWORD="a b" psql'`, "copy t from program 'PGPASSWORD=***'"],
	[
		"do $$begin execute format('alter role x password %L', 'secret'); end$$",
		"do $$begin execute format('alter role x password ***$$",
	],
	["execute 'alter role x password ''secret'''", "execute 'alter role x password ***'"],
	// The server refuses these, and shows them.
	['alter role x password secret', 'alter role x password ***'],
	['alter role x password "secret"', 'alter role x password "***"'],
	['alter role x password = secret;', 'alter role x password = ***;'],
	["alter role x password 'secr", "alter role x password '***"],
	// The line breaks are blanks by then, and where a comment ends nobody knows.
	["-- don't alter role x password 'secret'", "-- don't alter role x password ***"],
	["-- don't\nalter role x password 'secret'", "-- don't\nalter role x password '***'"],
	// Whether a backslash hides the quote behind it, a setting of the session says.
	["alter role x password 'a\\'secret'", 'alter role x password ***'],
	["select 'a\\', password 'secret'", "select 'a\\', password ***"],
	["/* password: secret */ select 'x'", "/* password: *** */ select '***'"],
	["/* don't */ alter role x password 'secret'", "/* don't */ alter role x password '***'"],
	[
		"/* /* nested */ don't */ alter role x password 'secret'",
		"/* /* nested */ don't */ alter role x password '***'",
	],
])('%s', (text, expected) => {
	expect(masked(text)).toBe(expected);
});

test.each([
	'',
	"select 'a' from t -- b",
	'select name, password from users where id = $1',
	'select u.password::text from u where u.password is not null',
	"select data->>'password' from t",
	"select 'x', e'\\'', $a$b$a$ from passwd",
	'alter role x password',
	"update jobs set url = 'https://h/a' where id = 7",
])('nothing is changed where no password is: %s', text => {
	expect(masked(text)).toBe(text);
});

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const escaped = (text: string) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const unicode = (text: string) => `U&'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const dollar = (text: string) => {
	let tag = '$p$';
	while (`${text}$`.includes(tag)) tag = `${tag.slice(0, -1)}p$`;
	return `${tag}${text}${tag}`;
};
const ofConnection = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
const plainConnection = (text: string) => text.replaceAll(/[\s'\\]/g, '\\$&');

const constants = [quoted, escaped, unicode, dollar];
const statements: readonly ((constant: string) => string)[] = [
	it => `ALTER ROLE q PASSWORD ${it}`,
	it => `create role q encrypted password ${it} valid until '1/1'`,
	it => `select f(u => 'q', password => ${it})`,
	it => `select f(password:=${it})`,
	it => `update q set password = crypt(${it}, 'x') where "n" = 1`,
	it => `insert into q (n, "password") values ('x', ${it}), ('y', 'z')`,
	it => `create user mapping for q server q options (user 'q', password ${it})`,
	it => `/* it's */ select 'q' where password = ${it} and $1`,
	it => `select "a'b", 'c''d', e'\\'', $$'$$; alter role q password ${it}; select 'z'`,
	it => `-- don't\nalter role q password ${it}`,
];
const connections: readonly ((value: string) => string)[] = [
	it => `host=q password=${it} user=q`,
	it => `host=q sslpassword = ${it}`,
	it => `host=q user=q password=${it}`,
];
const uris: readonly ((value: string) => string)[] = [
	it => `postgresql://q:${it}@q/q`,
	it => `postgres://q@q/q?user=q&password=${it}`,
	it => `postgresql://:${it}@q:5432,r:5432/q`,
];
const calls: readonly ((constant: string) => string)[] = [
	it => `select dblink_connect(${it})`,
	it => `create subscription q connection ${it} publication q`,
];

const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const password = fc
	.oneof(
		fc.string({unit: fc.constantFrom(...`'"\\$ pE=:@/;,()-*%&\n\tä漢😀1`), minLength: 4, maxLength: 20}),
		fc.string({unit: 'binary', minLength: 4, maxLength: 20}),
		fc.string({minLength: 4, maxLength: 20}),
	)
	.filter(text => text.trim().length >= 4 && !/\p{Surrogate}/u.test(text));

/** The text with the password in it as it must be written there, and what else stands in it. */
const form = fc.oneof(
	fc.tuple(oneOf(statements), oneOf(constants)).map(([statement, constant]) => ({
		write: (text: string) => statement(constant(text)),
		frame: statement(constant('')),
	})),
	fc
		.tuple(oneOf(calls), oneOf(constants), oneOf(connections), oneOf([ofConnection, plainConnection]))
		.map(([call, constant, connection, value]) => ({
			write: (text: string) => call(constant(connection(value(text)))),
			frame: call(constant(connection(value('')))),
		})),
	fc.tuple(oneOf(calls), oneOf(constants), oneOf(uris)).map(([call, constant, uri]) => ({
		write: (text: string) => call(constant(uri(encodeURIComponent(text)))),
		frame: call(constant(uri(''))),
	})),
);

/** Every four characters of it. */
const parts = (text: string) =>
	Array.from({length: Math.max(0, text.length - 3)}, (_, index) => text.slice(index, index + 4));

/** No four characters in a row of what is not in the frame. */
function expectHidden(text: string, secret: string, frame: string): void {
	const shown = masked(text);
	// What looks like the mask may be the mask.
	const told = parts(secret).filter(
		part => shown.includes(part) && !clean(frame).includes(part) && !part.includes('*'),
	);
	expect({text, shown, told}).toMatchObject({told: []});
}

describe('whatever the password is, and however it is written,', () => {
	const runs = {numRuns: 3000};

	test('nothing of it is left', () => {
		fc.assert(
			fc.property(form, password, ({write, frame}, secret) => {
				expectHidden(write(secret), secret, frame);
			}),
			runs,
		);
	});

	test('nothing of it is left of a text that the server has cut anywhere', () => {
		fc.assert(
			fc.property(form, password, fc.nat(200), ({write, frame}, secret, end) => {
				const text = write(secret);
				expectHidden(text.slice(0, end % (text.length + 1)), secret, frame);
			}),
			runs,
		);
	});

	test('nothing of it is left of a text that was made safe to print', () => {
		fc.assert(
			fc.property(form, password, fc.nat(200), ({write, frame}, secret, end) => {
				const text = clean(write(secret).slice(0, end));
				expectHidden(text, clean(secret), frame);
			}),
			runs,
		);
	});
});

test('no text takes for ever', () => {
	const pieces = [
		"'",
		"''",
		'"',
		'$',
		'$a',
		'/*',
		'--',
		"e'\\",
		'\\',
		' ',
		'x',
		'a://b:',
		'password',
		'password=',
		'password "',
	];
	for (const piece of pieces) {
		const many = piece.repeat(2000);
		for (const text of [`password ${many}`, `${many} password`, `password '${many}`, `'password=${many}`])
			expect(typeof masked(text)).toBe('string');
	}
});
