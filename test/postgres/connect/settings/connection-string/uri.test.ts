import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isUri, parseUri} from '../../../../../source/postgres/connect/settings/connection-string/uri.js';
import {isKeyword, type KeywordValues} from '../../../../../source/postgres/connect/settings/keywords.js';

// As psql 15 reads them.
test.each<[uri: string, settings: KeywordValues]>([
	['postgresql://', {}],
	['postgres://', {}],
	['postgresql://db1', {host: 'db1'}],
	['postgresql:///shop', {dbname: 'shop'}],
	['postgresql://db1:5433/shop', {host: 'db1', port: '5433', dbname: 'shop'}],
	['postgresql://dba@db1', {user: 'dba', host: 'db1'}],
	[
		'postgresql://dba:secret@db1:5433/shop',
		{user: 'dba', password: 'secret', host: 'db1', port: '5433', dbname: 'shop'},
	],
	['postgresql://dba:@db1', {user: 'dba', host: 'db1'}],
	['postgresql://:secret@db1', {password: 'secret', host: 'db1'}],
	['postgresql://@', {}],
	['postgresql://:5433', {port: '5433'}],
	['postgresql://db1:/', {host: 'db1'}],
	['postgresql://dba:a:b?c@db1', {user: 'dba', password: 'a:b?c', host: 'db1'}],
	['postgresql://dba:p%40s%2Fs%25@db1', {user: 'dba', password: 'p@s/s%', host: 'db1'}],
	['postgresql://dba:p%C3%A4ss+w@db1', {user: 'dba', password: 'päss+w', host: 'db1'}],
	['postgresql://a:%e9%C3%A9\uDCC3%A9@db1', {user: 'a', password: '\uDCE9éé', host: 'db1'}],
	['postgresql://[::1]', {host: '::1'}],
	[
		'postgresql://dba@[fe80::1%25eth0]:5433/shop',
		{user: 'dba', host: 'fe80::1%eth0', port: '5433', dbname: 'shop'},
	],
	['postgresql://%2Fvar%2Frun%2Fpostgresql/shop', {host: '/var/run/postgresql', dbname: 'shop'}],
	['postgresql://db1/a/b', {host: 'db1', dbname: 'a/b'}],
	['postgresql://db1?user=dba', {host: 'db1', user: 'dba'}],
	['postgresql://db1/?user=dba&', {host: 'db1', user: 'dba'}],
	['postgresql://db1/shop?', {host: 'db1', dbname: 'shop'}],
	['postgresql:///shop?host=/tmp&port=5433', {dbname: 'shop', host: '/tmp', port: '5433'}],
	['postgresql://db1/a?host=db2&dbname=b', {host: 'db2', dbname: 'b'}],
	['postgresql://db1,db2/shop', {host: 'db1,db2', port: ',', dbname: 'shop'}],
	['postgresql://[::1],[::2]:5433/shop', {host: '::1,::2', port: ',5433', dbname: 'shop'}],
	[
		'postgresql://dba@db1:1,,%2Ftmp:3?sslmode=require',
		{user: 'dba', host: 'db1,,/tmp', port: '1,,3', sslmode: 'require'},
	],
	['postgresql://,', {host: ',', port: ','}],
	['postgresql://?ssl=true', {sslmode: 'require'}],
	['postgresql://?requiressl=1', {sslmode: 'require'}],
	['postgresql://?requiressl=0', {sslmode: 'prefer'}],
	['postgresql:///?host=', {host: ''}],
	['postgresql:///?%68ost=db1', {host: 'db1'}],
	[
		'postgresql:///?password=s&application_name=a%20b&connect_timeout=5&options=-c%20jit%3Doff&passfile=/p',
		{password: 's', application_name: 'a b', connect_timeout: '5', options: '-c jit=off', passfile: '/p'},
	],
])('%s', (uri, settings) => {
	expect(parseUri(uri)).toEqual({type: 'settings', settings});
});

test.each<[uri: string, what: string]>([
	['postgresql://[::1', 'has an IPv6 address that is not written [ADDRESS] or [ADDRESS]:PORT'],
	['postgresql://[]/x', 'has an IPv6 address that is not written [ADDRESS] or [ADDRESS]:PORT'],
	['postgresql://[::1]x', 'has an IPv6 address that is not written [ADDRESS] or [ADDRESS]:PORT'],
	['postgresql://db1/x?user', 'has a parameter that is not written NAME=VALUE'],
	['postgresql://db1/x?user=a=b', 'has a parameter that is not written NAME=VALUE'],
	['postgresql://db1/x?&&', 'has a parameter that is not written NAME=VALUE'],
	['postgresql://db1/%zz', 'has a % in its dbname that begins no percent-encoded character: write it %25'],
	['postgresql://db1/%00', 'has a % in its dbname that begins no percent-encoded character: write it %25'],
	['postgresql://a:b@c@db1', 'has a second @: in a user, a password or a name it is written %40'],
	['postgresql://a@db1/b@c', 'has a second @: in a user, a password or a name it is written %40'],
	[
		'postgresql://a:b/c@db1',
		'has a / before an @: in a user or password it is written %2F, and an @ in a name %40',
	],
	['postgresql://db1/?a=b@c&d=e', 'has a parameter that libpq does not know'],
	['postgresql://db1?password=a&b=c', 'has a parameter that libpq does not know'],
])('%s is one sentence', (uri, what) => {
	expect(parseUri(uri)).toEqual({type: 'bad', sentence: `the connection URI ${what}`});
});

test.each(['foo=1', '=1', '__proto__=1', 'HOST=db1', 'ssl=false'])('?%s is named', query => {
	expect(parseUri(`postgresql://db1/?${query}`)).toEqual({
		type: 'bad',
		sentence: `the connection URI has a parameter "${query.split('=')[0]}", which libpq does not know`,
	});
});

test.each(['shop', 'Postgresql://db1', 'postgresql:/db1', ' postgresql://db1', 'mysql://db1'])(
	'%s is no URI',
	text => {
		expect(isUri(text)).toBe(false);
	},
);

const encoded = (text: string) => encodeURIComponent(text);
const word = fc.string({unit: 'grapheme', minLength: 1}).filter(text => !text.includes('\0'));

test('what is percent-encoded comes out as it went in', () => {
	fc.assert(
		fc.property(word, word, word, word, (user, password, host, dbname) => {
			const uri = `postgresql://${encoded(user)}:${encoded(password)}@${encoded(host)}/${encoded(dbname)}`;
			expect(parseUri(uri)).toEqual({type: 'settings', settings: {user, password, host, dbname}});
		}),
	);
});

test('any text gives settings or a sentence that does not show the password', () => {
	const pieces = fc.constantFrom(
		'@',
		':',
		'/',
		'?',
		'&',
		'=',
		'%',
		'%41',
		'[',
		']',
		',',
		'::1',
		'host',
		'sslmode',
		'a',
		'\n',
	);
	fc.assert(
		fc.property(fc.array(fc.oneof(pieces, fc.string())), parts => {
			const uri = parseUri(`postgresql://${parts.join('')}`);
			if (uri.type === 'settings') expect(Object.keys(uri.settings).every(isKeyword)).toBe(true);
			else expect(uri.sentence).toMatch(/^the connection URI /);
		}),
		{numRuns: 1000},
	);
	fc.assert(
		fc.property(fc.string(), rest => {
			const uri = parseUri(`postgresql://dba:hunter2%@${rest}`);
			expect(JSON.stringify(uri)).not.toContain('hunter2%');
		}),
	);
});
