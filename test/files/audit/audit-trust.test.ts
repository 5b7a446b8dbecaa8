import {execFile} from 'node:child_process';
import {
	chmod,
	chown,
	lchown,
	link,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	realpath,
	rename,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {whyNoAudit} from '../../../source/files/audit/audit-check.js';
import {openAudit} from '../../../source/files/audit/audit-file.js';
import {report} from '../../../source/files/audit/report.js';
import {author, entry} from './signals.js';

let folder: string;
let file: string;

beforeEach(async () => {
	// On macOS there is a link in it.
	folder = await mkdtemp(join(await realpath(tmpdir()), 'pgtop-trust-'));
	file = join(folder, 'signals.jsonl');
});

afterEach(async () => rm(folder, {recursive: true}));

const isRoot = process.getuid?.() === 0;
/** Of an account that need not be there. */
const somebody = 54_321;

const sentenceOf = async (written: Promise<unknown>) =>
	written.then(
		() => 'written',
		(error: Error) => error.message,
	);

const writes = async (isDefault = false) => sentenceOf(openAudit(file, author, isDefault).signal(entry(1)));

const isThere = async (path: string) =>
	stat(path).then(
		() => true,
		() => false,
	);

const mistrusted: readonly (readonly [what: string, why: string, make: () => Promise<unknown>])[] = [
	[
		'a link to a file of our own',
		'is a link',
		async () => {
			await writeFile(join(folder, 'target'), '', {mode: 0o600});
			await symlink('target', file);
		},
	],
	['a link to nothing', 'is a link', async () => symlink('target', file)],
	[
		'a hard link',
		'has another name: a hard link',
		async () => {
			await writeFile(join(folder, 'target'), '', {mode: 0o600});
			await link(join(folder, 'target'), file);
		},
	],
	['a pipe', 'is a pipe', async () => promisify(execFile)('mkfifo', [file])],
	['a directory', 'is a directory', async () => mkdir(file)],
	...[0o620, 0o602, 0o666].map(
		mode =>
			[
				`a file of mode ${mode.toString(8)}`,
				'may be written by others (chmod 600 makes it private)',
				async () => {
					await writeFile(file, '');
					await chmod(file, mode);
				},
			] as const,
	),
];

describe.each(mistrusted)('%s', (_, why, make) => {
	test('is not written, and the start says so', async () => {
		await make();
		expect(await whyNoAudit(file)).toBe(`${file} ${why}`);
		expect(await writes()).toBe(`${file} ${why}`);
		expect(await writes(true)).toBe(`${file} ${why}`);
		const target = join(folder, 'target');
		expect((await isThere(target)) ? await readFile(target, 'utf8') : '').toBe('');
	});

	test('is not written either that took the place of the file while pgtop runs', async () => {
		const audit = openAudit(file, author);
		await audit.signal(entry(1));
		await rename(file, join(folder, 'before'));
		await make();
		expect(await sentenceOf(audit.signal(entry(2)))).toBe(`${file} ${why}`);
	});
});

test('a file of another user is not written', async ({skip}) => {
	skip(!isRoot, 'only root can give a file away');
	await writeFile(file, '');
	await chown(file, somebody, somebody);
	expect(await whyNoAudit(file)).toBe(`${file} belongs to another user`);
	expect(await writes()).toBe(`${file} belongs to another user`);
	expect(await readFile(file, 'utf8')).toBe('');
});

test('a device is not written, and what to do instead is said', async () => {
	expect(await whyNoAudit('/dev/null')).toBe('/dev/null is a device (--no-audit-log writes no file)');
});

test.each(['600', '640', '644'])(
	'a file of our own of mode %s is written: others may read it',
	async mode => {
		await writeFile(file, '');
		await chmod(file, Number.parseInt(mode, 8));
		expect(await whyNoAudit(file)).toBeUndefined();
		expect(await writes()).toBe('written');
		expect(((await stat(file)).mode & 0o777).toString(8)).toBe(mode);
	},
);

test('at the start nothing is made and nothing written', async () => {
	expect(await whyNoAudit(file)).toBeUndefined();
	expect(await isThere(file)).toBe(false);
	await writeFile(file, 'x', {mode: 0o600});
	expect(await whyNoAudit(file)).toBeUndefined();
	expect(await readFile(file, 'utf8')).toBe('x');
});

test('for a file that was named no folder is made', async () => {
	file = join(folder, 'none', 'signals.jsonl');
	const why = `${file} stands in a directory that is not there`;
	expect(await whyNoAudit(file)).toBe(why);
	expect(await writes()).toBe(why);
	expect(await isThere(dirname(file))).toBe(false);
});

test('below a file there is no place for one', async () => {
	await writeFile(join(folder, 'plain'), '');
	file = join(folder, 'plain', 'signals.jsonl');
	expect(await whyNoAudit(file)).toBe(`${file} stands below what is no directory`);
});

test('a folder in which this user may make no file is said at the start', async ({skip}) => {
	skip(isRoot, 'root may write into every folder');
	await chmod(folder, 0o500);
	const why = `the directory ${folder} is not open to this user`;
	expect(await whyNoAudit(file)).toBe(why);
	expect(await writes()).toBe(why);
	await chmod(folder, 0o700);
	await writeFile(join(folder, 'old'), '', {mode: 0o400});
	await chmod(folder, 0o500);
	expect(await whyNoAudit(join(folder, 'old'))).toBe(`${join(folder, 'old')} is not open to this user`);
	await chmod(folder, 0o700);
});

test('of several folders it is said which one is closed', async ({skip}) => {
	skip(isRoot, 'root may search every folder');
	const closed = join(folder, 'closed');
	const file = join(closed, 'a', 'b', 'signals.jsonl');
	await mkdir(dirname(file), {recursive: true});
	await chmod(closed, 0o600);
	const why = `the directory ${closed} is not open to this user`;
	expect(await whyNoAudit(file)).toBe(why);
	expect(await report(file)).toEqual({type: 'failed', why});
	await chmod(closed, 0o700);
	await chmod(folder, 0o500);
	const usual = join(folder, 'state', 'pgtop', 'signals.jsonl');
	expect(await sentenceOf(openAudit(usual, author, true).signal(entry(1)))).toBe(
		`the directory ${folder} is not open to this user`,
	);
	await chmod(folder, 0o700);
});

test('where only the kernel makes files the start says so', async ({skip}) => {
	skip(process.platform !== 'linux', 'only on Linux are those folders told apart');
	for (const file of ['/proc/signals.jsonl', '/proc/self/signals.jsonl']) {
		const why = `${file} stands where only the kernel makes files`;
		expect(await whyNoAudit(file)).toBe(why);
		expect(await sentenceOf(openAudit(file, author).signal(entry(1)))).toBe(why);
	}
});

test('a name that only a directory can have is said at the start', async () => {
	expect(await whyNoAudit(`${file}/`)).toBe(`${file}/ is the name of a directory`);
});

test('a name that is no text for a terminal is made one', async () => {
	file = join(folder, 'a\u001B[2J', 'signals.jsonl');
	expect(await whyNoAudit(file)).toContain('a␛[2J/signals.jsonl stands in');
});

describe('the usual place', () => {
	beforeEach(() => {
		file = join(folder, 'state', 'pgtop', 'signals.jsonl');
	});

	test.each([
		['777', 'may be written by all (chmod o-w ends that)'],
		['770', 'may be written by others (chmod 700 makes it private)'],
		['1777', undefined],
		['755', undefined],
	])('in a folder of mode %s: others may not put another file there', async (mode, why) => {
		await mkdir(dirname(file), {recursive: true});
		await chmod(dirname(file), Number.parseInt(mode, 8));
		expect(await writes(true)).toBe(why === undefined ? 'written' : `${dirname(file)} ${why}`);
		expect(await isThere(file)).toBe(why === undefined);
	});

	test.each([
		['777', false],
		['1777', true],
		['775', true],
	])('below a folder of mode %s: nobody may put another folder there', async (mode, isMade) => {
		const above = join(folder, 'above');
		await mkdir(above);
		await chmod(above, Number.parseInt(mode, 8));
		file = join(above, 'state', 'pgtop', 'signals.jsonl');
		const why = `${above} may be written by all (chmod o-w ends that)`;
		expect(await writes(true)).toBe(isMade ? 'written' : why);
		expect(await readdir(above)).toEqual(isMade ? ['state'] : []);
	});

	test.each(['/real', 'real', '../state/./real', 'deep/..', '../state/deep/../.'])(
		'is found behind a link of our own to %s',
		async target => {
			const state = join(folder, 'state');
			await mkdir(join(state, 'real', 'deep'), {recursive: true});
			await symlink('real/deep', join(state, 'deep'));
			await symlink(target.startsWith('/') ? join(state, target) : target, dirname(file));
			expect(await writes(true)).toBe('written');
			expect(await isThere(join(state, 'real', 'signals.jsonl'))).toBe(true);
		},
	);

	test('a link to nothing, and one to itself, is a sentence', async () => {
		const state = join(folder, 'state');
		await mkdir(state);
		await symlink('none', join(state, 'pgtop'));
		expect(await writes(true)).toBe(`${file} stands in a directory that is not there`);
		await rm(join(state, 'pgtop'));
		await symlink('pgtop', join(state, 'pgtop'));
		expect(await writes(true)).toBe(`${join(state, 'pgtop')} is a link to itself`);
		expect(await readdir(state)).toEqual(['pgtop']);
	});

	test('several that make the folder at the same time all write', async () => {
		expect(await Promise.all([writes(true), writes(true), writes(true)])).toEqual(Array(3).fill('written'));
		expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(4);
	});

	describe('behind a link that belongs to another user (--audit-log names another place)', () => {
		const links: readonly (readonly [at: string, target: string])[] = [
			['home/.local/state/pgtop', 'crond'],
			['home/.local/state', 'crond'],
			['home/.local', 'crond'],
			['home', 'crond'],
		];

		test.for(links)('at %s nothing is made in a folder of root’s', async ([at, target], {skip}) => {
			skip(!isRoot, 'only root can give a link away');
			await mkdir(join(folder, target));
			const link = join(folder, at);
			await mkdir(dirname(link), {recursive: true});
			await symlink(join(folder, target), link);
			await lchown(link, somebody, somebody);
			file = join(folder, 'home', '.local', 'state', 'pgtop', 'signals.jsonl');
			expect(await writes(true)).toBe(`${link} belongs to another user (--audit-log names another place)`);
			expect(await readdir(join(folder, target))).toEqual([]);
		});

		test('which a link of root’s goes through nothing is made either', async ({skip}) => {
			skip(!isRoot, 'only root can give a link away');
			await mkdir(join(folder, 'crond'));
			await mkdir(join(folder, 'state'));
			await symlink('crond', join(folder, 'theirs'));
			await lchown(join(folder, 'theirs'), somebody, somebody);
			await symlink('../theirs', join(folder, 'state', 'pgtop'));
			expect(await writes(true)).toBe(
				`${join(folder, 'theirs')} belongs to another user (--audit-log names another place)`,
			);
			expect(await readdir(join(folder, 'crond'))).toEqual([]);
		});
	});

	test('in a folder of root’s in the home of another user is not written', async ({skip}) => {
		skip(!isRoot, 'only root can give a folder away');
		await mkdir(dirname(file), {recursive: true});
		await chown(join(folder, 'state'), somebody, somebody);
		expect(await writes(true)).toBe(
			`${join(folder, 'state')} belongs to another user (--audit-log names another place)`,
		);
		expect(await readdir(dirname(file))).toEqual([]);
	});

	test.for([
		['is there', true],
		['would have to be made', false],
	] as const)(
		'in the home of another user, as with sudo, is not written when its folder %s',
		async ([, hasFolder], {skip}) => {
			skip(!isRoot, 'only root can give a folder away');
			if (hasFolder) await mkdir(dirname(file), {recursive: true});
			const owned = hasFolder ? dirname(file) : folder;
			await chown(owned, somebody, somebody);
			expect(await writes(true)).toBe(`${owned} belongs to another user (--audit-log names another place)`);
			expect(await isThere(file)).toBe(false);
			expect(await isThere(dirname(file))).toBe(hasFolder);
		},
	);
});
