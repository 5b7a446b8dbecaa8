import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseConninfo} from '../../../../../source/postgres/connect/settings/connection-string/conninfo.js';
import {
	isKeyword,
	type KeywordValues,
	keywords,
} from '../../../../../source/postgres/connect/settings/keywords.js';

// As psql 15 reads them.
test.each<[text: string, settings: KeywordValues]>([
	['', {}],
	['  ', {}],
	['host=db1', {host: 'db1'}],
	[' host = db1\tport\n=\n5433 ', {host: 'db1', port: '5433'}],
	["host='db1'port=5433", {host: 'db1', port: '5433'}],
	["options='-c geqo=off'", {options: '-c geqo=off'}],
	["password='it\\'s \\\\'", {password: "it's \\"}],
	['password=a\\ b\\\\c\\d', {password: 'a b\\cd'}],
	['password=secret\\', {password: 'secret'}],
	["password=it's", {password: "it's"}],
	['host= port=1', {host: 'port=1'}],
	["host='' port=1", {host: '', port: '1'}],
	['host=', {host: ''}],
	['host=a host=b', {host: 'b'}],
	['dbname=postgresql://db1/x', {dbname: 'postgresql://db1/x'}],
	['requiressl=1', {sslmode: 'require'}],
	['requiressl=0', {sslmode: 'prefer'}],
	['password=\u00A0x', {password: '\u00A0x'}],
])('%j', (text, settings) => {
	expect(parseConninfo(text)).toEqual({type: 'settings', settings});
});

test.each<[text: string, what: string]>([
	['host', 'begins with a word that no = follows: a value with blanks in it stands in single quotes'],
	[
		'password=hunter2 x',
		'has a word without = after password: a value with blanks in it stands in single quotes',
	],
	["password='hunter2", 'has a quote in front of its password and none behind it'],
	["password='hunter2\\'", 'has a quote in front of its password and none behind it'],
	['foo=1', 'has a parameter "foo", which libpq does not know'],
	['HOST=db1', 'has a parameter "HOST", which libpq does not know'],
	['=x', 'has a parameter "", which libpq does not know'],
	[
		'password=my hunter2=x',
		'has a parameter after password that libpq does not know: a value with blanks in it stands in single quotes',
	],
	['__proto__=x', 'has a parameter "__proto__", which libpq does not know'],
])('%s is one sentence', (text, what) => {
	expect(parseConninfo(text)).toEqual({type: 'bad', sentence: `the connection string ${what}`});
});

const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
const bare = (text: string) => text.replace(/[\\' \t-\r]/g, '\\$&');
const value = fc.string({unit: 'binary'});
const blank = fc.constantFrom('', ' ', '\t', '\n ');

test('what is quoted, or has a backslash before each special character, comes out as it went in', () => {
	const pair = fc.tuple(fc.constantFrom(...keywords), value, fc.boolean(), blank);
	fc.assert(
		fc.property(fc.array(pair), pairs => {
			const text = pairs
				.map(([key, said, isQuoted, around]) => {
					const written = isQuoted || said === '' ? quoted(said) : bare(said);
					return `${around}${key}${around}=${around}${written}`;
				})
				.join(' ');
			const settings = Object.fromEntries(pairs.map(([key, said]) => [key, said]));
			expect(parseConninfo(text)).toEqual({type: 'settings', settings});
		}),
	);
});

test('any text gives settings or a sentence that does not show a value', () => {
	const piece = fc.constantFrom(' ', '=', "'", '\\', 'host', 'password', 'hunter2', 'x', '\n');
	fc.assert(
		fc.property(fc.array(fc.oneof(piece, fc.string({unit: 'binary'}))), parts => {
			const parsed = parseConninfo(parts.join(''));
			if (parsed.type === 'settings') expect(Object.keys(parsed.settings).every(isKeyword)).toBe(true);
			else expect(parsed.sentence).toMatch(/^(?:\w+ in )?the connection string /);
		}),
		{numRuns: 1000},
	);
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), rest => {
			const parsed = parseConninfo(`password='hunter2' ${rest}`);
			if (parsed.type === 'bad') expect(parsed.sentence).not.toContain('hunter2');
		}),
	);
});
