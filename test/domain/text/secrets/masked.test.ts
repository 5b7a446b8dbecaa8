import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {clean} from '../../../../source/domain/text/clean.js';
import {masked} from '../../../../source/domain/text/secrets/masked.js';

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
	['SET LOCAL app.password TO secret', 'SET LOCAL app.password TO ***'],
	['set app.password to "secret"', 'set app.password to "***"'],
	['ALTER DATABASE d SET app.password TO secret', 'ALTER DATABASE d SET app.password TO ***'],
	['alter system set my.passwd to secret', 'alter system set my.passwd to ***'],
	['ALTER ROLE x SET app.password TO secret', 'ALTER ROLE x SET app.password TO ***'],
	['alter role x PASSWORD/*c*/secret', 'alter role x PASSWORD/*****/***'],
	['alter role x encrypted password a secret login', 'alter role x encrypted password *** *** login'],
	['alter role x password "a""secret"', 'alter role x password "***"'],
	["alter role x password ''secret''", "alter role x password '***'***"],
	["select f(password := 'it's secret', 1)", "select f(password := '***'***"],
	['select * from u where password = "it"s secret"', 'select * from u where password = "***"***'],
	[
		'insert into u (name, password) values ("x", "secret")',
		'insert into u (name, password) values ("***", "***")',
	],
	[
		"insert into u (name, password) values ('x', 47114711)",
		"insert into u (name, password) values ('***', ***)",
	],
	['insert into u (name, password) values (x, secret)', 'insert into u (name, password) values (***, ***)'],
	["update u set (name, password) = ('x', secret)", "update u set (name, password) = ('***', ***)"],
	['update u set (name, password) = (x, "secret")', 'update u set (name, password) = (***, "***")'],
	['select * from u where password in (x, secret)', 'select * from u where password in (***, ***)'],
	['select * from u where password not like secret', 'select * from u where password not like ***'],
	['select * from u where password <> secret', 'select * from u where password <> ***'],
	['call set_password(bob, secret)', 'call set_password(***, ***)'],
	["alter role x password /*'secret'*/ null", 'alter role x password /*****/ null'],
	['create subscription s connection "password=secret"', 'create subscription s connection "password=***"'],
	["select f(pass => 'secret')", "select f(pass => '***')"],
	['update t set user_pass = secret where id = 7', 'update t set user_pass = *** where id = 7'],
	["create user x identified by 'secret'", "create user x identified by '***'"],
	["select 'postgresql://joe@corp:secret@h/d'", "select 'postgresql://joe@corp:***@h/d'"],
	["select 'postgresql://joe@corp:secret@h", "select 'postgresql://joe@corp:***"],
	["select f('http://a/b?c=d:secret@h')", "select f('http://a/b?c=d:***@h')"],
	["select 'postgresql://joe@corp:sec'", "select 'postgresql://joe@corp:***'"],
	["select 'http://a:80/b?c=d:sec", "select 'http://a:***"],
	["select 'postgresql://u:a secret@h/d'", "select 'postgresql://u:***@h/d'"],
	["select 'postgresql://h:5432/d", "select 'postgresql://h:5432/d"],
	["select 'postgresql://u:' || 'secret' || '@h/d'", "select 'postgresql://u:' || '***' || '***'"],
	[
		"select format('postgresql://%s:%s@h', 'u', 'secret')",
		"select format('postgresql://%s:***@h', '***', '***')",
	],
	["select 'postgres://u@h/d?pass%77ord=secret', 'x'", "select '***', '***'"],
	["select E'host=h p\\141ssword=secret'", "select E'***'"],
	[`select E'host=h p\\141ssword=u&"secret'`, "select E'***'"],
	["select E'postgresql\\072//u:secret@h'", "select E'***'"],
	["select U&'p!0061ssword=secret' uescape '!'", "select U&'***' uescape '***'"],
	[`update u set U&"p\\0061ssword" = 'secret'`, "***'***'"],
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
	'select password from u where id = $1 order by name limit 1000 offset 2000',
	'select "u"."password", "u"."email" from "u" where ("u"."id" = $1) and u.id in (select "x"."id" from "x")',
	'alter table u rename column password to secret_hash',
	'alter table u alter column password set data type text',
	'insert into u (id, password) values ($1, $2) on conflict (id) do update set name = excluded.name',
	'insert into passwords (id, hash) values ($1, $2) returning id',
	'select * from passwords join u using (id) where hash in (select h from x)',
	'select * from u where password is not null and password = any($1) and length(password) in (1, 2)',
	'select password from u where u.name = $1 /* controller=users */',
	'grant select (password) on u to joe',
	'select pass, compass from exam where bypass = 1',
	"select 'https://h:8080/a?b=c', 'x%20y', e'a\\nb'",
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

const inWrongQuotes: readonly ((constant: string) => string)[] = [
	it => `set app.password to ${it}`,
	it => `alter role q password ${it} login`,
	it => `alter role q password/*c*/${it}`,
	it => `select * from q where password = ${it}`,
	it => `select * from q where password in ('x', ${it})`,
	it => `select set_password("q", ${it})`,
	it => `update q set (n, password) = ('x', ${it})`,
	it => `insert into q (n, password) values ('x', ${it}) on conflict (n) do nothing`,
];
const withoutQuotes: readonly ((value: string) => string)[] = [
	it => `SET LOCAL app.password TO ${it}`,
	it => `alter database q set app.password = ${it}`,
	it => `alter system set my.passwd to ${it}`,
	it => `ALTER ROLE q SET app.password TO ${it} ; select 'x'`,
	it => `alter role q PASSWORD/*c*/${it}`,
	it => `alter role q encrypted password a ${it} login`,
	it => `insert into q (n, password) values ('x', ${it}), (q, q)`,
	it => `select f(password := ${it}, 1)`,
	it => `update q set q_pass = ${it} where n = 1`,
	it => `create user q identified by ${it}`,
	it => `select * from q where password in ('x', ${it})`,
	it => `update q set (password, n) = (${it}, 'x')`,
	it => `select * from q where password like ${it}`,
	it => `select set_password('q', ${it})`,
	it => `alter role q password ''${it}''`,
	it => `select f(password => 'q'${it}', 1)`,
	it => `select * from q where password = "q"${it}"`,
];
const furtherUris: readonly ((value: string) => string)[] = [
	it => `postgresql://q@q:${it}@q/q`,
	it => `http://q:80/q?q=q:${it}@q`,
	it => `postgres://q@q/q?user=q&pass%77ord=${it}`,
];
/** The first word password, in a constant, in escapes. */
const disguised: readonly ((constant: string) => string)[] = [
	it => it.replace('password', 'p\\141ssword'),
	it => it.replace('password', 'p\\x61ssword'),
	it => it.replace('password', '\\u0070assword'),
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
	fc.tuple(oneOf(calls), oneOf(constants), oneOf([...uris, ...furtherUris])).map(([call, constant, uri]) => ({
		write: (text: string) => call(constant(uri(encodeURIComponent(text)))),
		frame: call(constant(uri(''))),
	})),
	fc.tuple(oneOf(calls), oneOf(disguised), oneOf(connections)).map(([call, disguise, connection]) => ({
		write: (text: string) => call(disguise(escaped(connection(ofConnection(text))))),
		frame: call(disguise(escaped(connection('')))),
	})),
	oneOf(inWrongQuotes).map(statement => ({
		write: (text: string) => statement(`"${text.replaceAll('"', '""')}"`),
		frame: statement('""'),
	})),
);

/** Without quotes a password is one word, or a number. */
const plainForm = fc.tuple(
	oneOf(withoutQuotes),
	fc.stringMatching(/^(?:[a-zA-Z]\w{2,6}\d\w{0,8}|\d{4,12})$/),
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

	test('nothing of it is left where it is in no quotes, or in the wrong ones, also when that is cut', () => {
		fc.assert(
			fc.property(plainForm, fc.nat(200), ([statement, secret], end) => {
				const text = statement(secret);
				expectHidden(text, secret, statement(''));
				expectHidden(text.slice(0, end % (text.length + 1)), secret, statement(''));
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

test.each([
	'alter role a password‘Geh31mX’',
	'alter role a password„Geh31mX“',
	'alter role a PASSWORD»Geh31mX«',
	'set my.password‘Geh31mX’',
	'alter role a password\u00A0Geh31mX',
	'alter role a password$$Geh31mX$$',
])('what touches the word is not part of it: %j', text => {
	expect(masked(text)).toMatch(/password\*\*\*$/i);
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
		'pass ',
		'://',
		'%70',
		';(',
		'set password ',
		'values (',
	];
	for (const piece of pieces) {
		const many = piece.repeat(2000);
		for (const text of [`password ${many}`, `${many} password`, `password '${many}`, `'password=${many}`])
			expect(typeof masked(text)).toBe('string');
	}
});
