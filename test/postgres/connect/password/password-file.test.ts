import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Attempt} from '../../../../source/postgres/connect/connect-target.js';
import {findPassword, withPasswords} from '../../../../source/postgres/connect/password/password-file.js';
import {attemptAt, targetAt} from '../../../helpers/server/target.js';

const db1 = {host: 'db1', database: 'shop'};
const attempt = attemptAt(db1);
const target = targetAt(db1);

// As libpq 15 reads them.
test.each<[what: string, file: string, password: string | undefined, where?: Partial<Attempt>]>([
	['the line that fits', 'db1:5432:shop:dba:secret', 'secret'],
	['the first that fits', 'db2:5432:shop:dba:no\ndb1:5432:shop:dba:one\ndb1:5432:shop:dba:two', 'one'],
	['wildcards', '*:*:*:*:secret', 'secret'],
	['a star in a word is no wildcard', 'db*:5432:shop:dba:secret', undefined],
	['another port', 'db1:5433:shop:dba:secret', undefined],
	['another database', 'db1:5432:dba:dba:secret', undefined],
	['another user', 'db1:5432:shop:app:secret', undefined],
	['comments', '#db1:5432:shop:dba:no\n#*:*:*:*:no\ndb1:5432:shop:dba:secret', 'secret'],
	['blank lines and short ones', '\n\ndb1\ndb1:5432:shop:dba\ndb1:5432:shop:dba:secret\n', 'secret'],
	['Windows line ends', 'db1:5432:shop:dba:secret\r\n', 'secret'],
	['an escaped colon', 'db1:5432:shop:dba:a\\:b', 'a:b'],
	['an escaped backslash', 'db1:5432:shop:dba:a\\\\b', 'a\\b'],
	[
		'escapes in the other fields',
		'db1:5432:sh\\:op:d\\\\ba:secret',
		'secret',
		{database: 'sh:op', user: 'd\\ba'},
	],
	['IPv6 escaped', '\\:\\:1:5432:shop:dba:secret', 'secret', {host: '::1'}],
	['IPv6 without escapes', '::1:5432:shop:dba:secret', 'secret', {host: '::1'}],
	['IPv6 with some escapes', 'fe80:\\:1%eth0:5432:shop:dba:secret', 'secret', {host: 'fe80::1%eth0'}],
	['half of an IPv6 address', '::1:5432:shop:dba:secret', undefined, {host: ':'}],
	['a backslash before any character', '\\d\\b\\1:\\5432:shop:dba:\\s\\e\\cret', 'secret'],
	['an escaped star is a star', '\\*:5432:shop:dba:secret', 'secret', {host: '*'}],
	['empty fields', '::::secret', undefined],
	['a carriage return at the end of the file', 'db1:5432:shop:dba:secret\r', 'secret'],
	['carriage returns at the end', 'db1:5432:shop:dba:secret\r\r\n', 'secret'],
	['a NUL byte', 'db1:5432:shop:dba:sec\0x\nret\n', 'secret'],
	['the password ends at a colon', 'db1:5432:shop:dba:secret:more', 'secret'],
	['a password of blanks', 'db1:5432:shop:dba: s ', ' s '],
	['an empty password is none', 'db1:5432:shop:dba:', undefined],
	['a backslash at the end', 'db1:5432:shop:dba:secret\\', 'secret\\'],
	[
		'localhost for the default socket',
		'localhost:5432:shop:dba:secret',
		'secret',
		{host: '/var/run/postgresql'},
	],
	['localhost for the other default socket', 'localhost:5432:shop:dba:secret', 'secret', {host: '/tmp'}],
	['no localhost for another socket', 'localhost:5432:shop:dba:secret', undefined, {host: '/run/pg'}],
	['another socket by its directory', '/run/pg:5432:shop:dba:secret', 'secret', {host: '/run/pg'}],
	[
		'bytes that are not UTF-8',
		'db1:5432:shop:d\uDCE9:no\ndb1:5432:shop:d\uDCE8:\uDCE9',
		'\uDCE9',
		{user: 'd\uDCE8'},
	],
	['beyond ASCII', 'db1:5432:shop:dba:пароль😀', 'пароль😀'],
])('%s', (_, file, password, where = {}) => {
	expect(findPassword(file, {...attempt, ...where})).toBe(password);
});

test('every password can be written with escapes', () => {
	const escaped = (text: string) => text.replace(/[\\:]/g, '\\$&');
	const text = fc.string({unit: 'binary', minLength: 1}).filter(value => !/[\0\n\r]/.test(value));
	fc.assert(
		fc.property(
			text,
			text,
			text.filter(value => !value.startsWith('#') && !value.startsWith('/')),
			(user, password, host) => {
				const line = [host, '*', 'shop', user, password]
					.map((field, index) => (index === 1 ? field : escaped(field)))
					.join(':');
				expect(findPassword(line, {...attempt, host, user})).toBe(password);
			},
		),
	);
});

let directory: string;

beforeAll(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'pgtop-'));
});

afterAll(async () => {
	await rm(directory, {recursive: true, force: true});
});

test.each<[mode: number, isUsed: boolean]>([
	[0o600, true],
	[0o400, true],
	[0o640, false],
	[0o604, false],
	[0o610, false],
])('a password file of mode %o', async (mode, isUsed) => {
	const passwordFile = path.join(directory, mode.toString(8));
	await writeFile(passwordFile, '*:*:*:*:secret\n');
	await chmod(passwordFile, mode);
	const given = targetAt({...db1, passwordFile});
	expect(await withPasswords(given)).toEqual(
		isUsed
			? {target: targetAt({...db1, passwordFile, password: 'secret', passwordFrom: passwordFile})}
			: {
					target: given,
					warning: `the password file ${passwordFile} is ignored: group or others have access to it (chmod 600 makes it private)`,
				},
	);
});

test('a directory is no password file, and that is said', async () => {
	const given = {...target, passwordFile: directory};
	expect(await withPasswords(given)).toEqual({
		target: given,
		warning: `the password file ${directory} is ignored: it is no plain file`,
	});
});

test('a file that is missing, or none at all, is no mistake', async () => {
	const {passwordFile: _, ...without} = target;
	for (const given of [without, {...target, passwordFile: path.join(directory, 'none')}])
		expect(await withPasswords(given)).toEqual({target: given});
});

test('every host has its own password, and the address counts where there is no name', async () => {
	const passwordFile = path.join(directory, 'several');
	await writeFile(passwordFile, 'db1:5432:*:*:one\n10.0.0.2:5433:*:*:two\n', {mode: 0o600});
	const places = [
		{host: 'db1', port: 5432},
		{host: '', hostaddr: '10.0.0.2', port: 5433},
		{host: 'db3', port: 5432},
	] as const;
	expect((await withPasswords({...target, passwordFile, places})).target.places).toEqual([
		{...places[0], password: 'one', passwordFrom: passwordFile},
		{...places[1], password: 'two', passwordFrom: passwordFile},
		places[2],
	]);
});

test('a password that is said is not looked for', async () => {
	const given = targetAt({...db1, password: 'said', passwordFile: directory});
	expect(await withPasswords(given)).toEqual({target: given});
});
