import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {findPassword, passwordFromFile} from '../../../source/postgres/connect/password-file.js';
import type {Target} from '../../../source/postgres/connect/target.js';

const target: Target = {
	host: 'db1',
	port: 5432,
	user: 'dba',
	database: 'shop',
	applicationName: 'pgtop',
	connectTimeoutMs: 10_000,
};

// As libpq 15 reads them.
test.each<[what: string, file: string, password: string | undefined, where?: Partial<Target>]>([
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
	['beyond ASCII', 'db1:5432:shop:dba:пароль😀', 'пароль😀'],
])('%s', (_, file, password, where = {}) => {
	expect(findPassword(file, {...target, ...where})).toBe(password);
});

test('every password can be written with escapes', () => {
	const escaped = (text: string) => text.replace(/[\\:]/g, '\\$&');
	const text = fc.string({unit: 'binary', minLength: 1}).filter(value => !/[\n\r]/.test(value));
	fc.assert(
		fc.property(
			text,
			text,
			text.filter(value => !value.startsWith('#') && !value.startsWith('/')),
			(user, password, host) => {
				const line = [host, '*', 'shop', user, password]
					.map((field, index) => (index === 1 ? field : escaped(field)))
					.join(':');
				expect(findPassword(line, {...target, host, user})).toBe(password);
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
	expect(await passwordFromFile({...target, passwordFile})).toEqual(
		isUsed
			? {password: 'secret', passwordFrom: passwordFile}
			: {
					warning: `the password file ${passwordFile} is ignored: group or others have access to it (chmod 600 makes it private)`,
				},
	);
});

test('a directory is no password file, and that is said', async () => {
	expect(await passwordFromFile({...target, passwordFile: directory})).toEqual({
		warning: `the password file ${directory} is ignored: it is no plain file`,
	});
});

test('a file that is missing, or none at all, is no mistake', async () => {
	expect(await passwordFromFile({...target, passwordFile: path.join(directory, 'none')})).toEqual({});
	expect(await passwordFromFile(target)).toEqual({});
});
