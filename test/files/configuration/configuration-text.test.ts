import {execFile} from 'node:child_process';
import {chmod, chown, mkdir, mkdtemp, realpath, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {configurationPath} from '../../../source/files/configuration/configuration-path.js';
import {readConfigurationText} from '../../../source/files/configuration/configuration-text.js';

let folder: string;
let file: string;

beforeEach(async () => {
	// On macOS there is a link in it.
	folder = await mkdtemp(join(await realpath(tmpdir()), 'pgtop-configuration-'));
	file = join(folder, 'config.toml');
});

afterEach(async () => rm(folder, {recursive: true}));

const isRoot = process.getuid?.() === 0;
/** Of an account that need not be there. */
const somebody = 54_321;

const account = {home: '/home/dba', isWindows: false};

test.each([
	[{HOME: '/home/anna'}, '/home/anna/.config/pgtop/config.toml', '~/.config/pgtop/config.toml'],
	[{}, '/home/dba/.config/pgtop/config.toml', '~/.config/pgtop/config.toml'],
	[{HOME: 'relative'}, '/home/dba/.config/pgtop/config.toml', '~/.config/pgtop/config.toml'],
	[
		{HOME: '/home/anna', XDG_CONFIG_HOME: '/etc/xdg'},
		'/etc/xdg/pgtop/config.toml',
		'/etc/xdg/pgtop/config.toml',
	],
	[
		{HOME: '/home/anna', XDG_CONFIG_HOME: 'xdg'},
		'/home/anna/.config/pgtop/config.toml',
		'~/.config/pgtop/config.toml',
	],
	[{XDG_CONFIG_HOME: ''}, '/home/dba/.config/pgtop/config.toml', '~/.config/pgtop/config.toml'],
])('with %j the file is %s', (environment, path, shown) => {
	expect(configurationPath(environment, account)).toEqual({file: path, shown});
});

test('who has no home has no file', () => {
	expect(configurationPath({HOME: 'srv'}, {isWindows: false})).toBeUndefined();
});

test('what stands in a file of our own is read, read-only or behind a link, too', async () => {
	await writeFile(file, 'interval = 5 # é\n', {mode: 0o444});
	const text = {type: 'text', text: 'interval = 5 # é\n'};
	expect(await readConfigurationText(file)).toEqual(text);
	await symlink('config.toml', join(folder, 'link'));
	expect(await readConfigurationText(join(folder, 'link'))).toEqual(text);
});

test('a file of root’s is read by everybody', async ({skip}) => {
	skip(process.platform === 'win32', 'there is no such file');
	expect((await readConfigurationText('/etc/passwd')).type).toBe('text');
});

test('a file that is not there, in a folder that is not there, or below a file, is missing', async () => {
	expect(await readConfigurationText(file)).toEqual({type: 'missing'});
	expect(await readConfigurationText(join(folder, 'none', 'config.toml'))).toEqual({type: 'missing'});
	await writeFile(file, '');
	expect(await readConfigurationText(join(file, 'config.toml'))).toEqual({type: 'missing'});
});

const longest = 256 * 1024;

test('as many bytes as are allowed are read, and not one more', async () => {
	await writeFile(file, '#'.repeat(longest));
	expect((await readConfigurationText(file)).type).toBe('text');
	await writeFile(file, '#'.repeat(longest + 1));
	expect(await readConfigurationText(file)).toEqual({type: 'refused', why: 'is longer than 256 kB'});
});

const refused: readonly (readonly [what: string, why: string, make: () => Promise<unknown>])[] = [
	['a directory', 'is a directory', async () => mkdir(file)],
	['a pipe that nobody writes', 'is no plain file', async () => promisify(execFile)('mkfifo', [file])],
	['a device', 'is no plain file', async () => symlink('/dev/zero', file)],
	['a link to itself', 'is a link to itself', async () => symlink('config.toml', file)],
	['a link to nothing', 'is a link to nothing', async () => symlink('none', file)],
	[
		'a text in Latin-1',
		'is not UTF-8: see line 3',
		async () => writeFile(file, Buffer.from('# one\n# two\n# caf\xe9\n', 'latin1')),
	],
	...[0o602, 0o666].map(
		mode =>
			[
				`a file of mode ${mode.toString(8)}`,
				'may be written by others (chmod go-w makes it yours alone)',
				async () => {
					await writeFile(file, '');
					await chmod(file, mode);
				},
			] as const,
	),
	[
		'a link to a file that others may write',
		'may be written by others (chmod go-w makes it yours alone)',
		async () => {
			await writeFile(join(folder, 'target'), '');
			await chmod(join(folder, 'target'), 0o646);
			await symlink('target', file);
		},
	],
];

test.each(refused)('%s is refused: it %s', async (_, why, make) => {
	await make();
	expect(await readConfigurationText(file)).toEqual({type: 'refused', why});
});

test("the user's own group may write it, as many systems have it, and no other group", async ({skip}) => {
	skip(!isRoot, 'only root can give a file to a group');
	await writeFile(file, '# mine\n');
	await chmod(file, 0o664);
	await chown(file, 0, 0);
	expect(await readConfigurationText(file)).toEqual({type: 'text', text: '# mine\n'});
	await chown(file, 0, somebody);
	expect(await readConfigurationText(file)).toMatchObject({type: 'refused'});
});

test('a file of another user is refused', async ({skip}) => {
	skip(!isRoot, 'only root can give a file away');
	await writeFile(file, '');
	await chown(file, somebody, somebody);
	expect(await readConfigurationText(file)).toEqual({type: 'refused', why: 'belongs to another user'});
});

test('a file that this user may not read is a sentence', async ({skip}) => {
	skip(isRoot, 'root may read every file');
	await writeFile(file, '', {mode: 0});
	expect(await readConfigurationText(file)).toEqual({
		type: 'unreadable',
		why: `${file} is not open to this user`,
	});
});

test('a socket is a sentence', async () => {
	const server = createServer().listen(file);
	await new Promise(resolve => server.once('listening', resolve));
	expect(await readConfigurationText(file)).toEqual({type: 'unreadable', why: `${file} is no plain file`});
	await new Promise(resolve => server.close(resolve));
});
