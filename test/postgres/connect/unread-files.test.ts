import {chmod, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {resolveTarget} from '../../../source/postgres/connect/connect-settings.js';
import {thisMachine} from '../../../source/postgres/connect/machine.js';
import {withPasswords} from '../../../source/postgres/connect/password/password-file.js';
import {targetAt} from '../../helpers/server/target.js';

let folder: string;
const machine = thisMachine();

/** Names in the folder of what can't be read, and why. */
const reasons: Readonly<Record<string, string>> = {
	directory: 'it is a directory',
	circle: 'its symbolic links go round in a circle',
	['x'.repeat(300)]: 'its name is too long',
	// Root may read it all the same.
	...(process.getuid?.() !== 0 && {closed: 'no permission'}),
};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-'));
	await mkdir(join(folder, 'directory'));
	await symlink('circle', join(folder, 'circle'));
	await writeFile(join(folder, 'plain'), 'x', {mode: 0o600});
	await writeFile(join(folder, 'closed'), 'x');
	await chmod(join(folder, 'closed'), 0);
	await mkdir(join(folder, 'home', '.pg_service.conf'), {recursive: true});
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

const sentenceFor = (environment: Record<string, string>) => {
	const resolved = resolveTarget({}, {PGSYSCONFDIR: folder, PGSERVICE: 'one', ...environment}, machine);
	return resolved.type === 'bad' ? resolved.sentence : 'a target';
};

test.each(Object.entries(reasons))('PGSERVICEFILE names %s: it says why that is not read', (name, why) => {
	const file = join(folder, name);
	const sentence = sentenceFor({PGSERVICEFILE: file});
	expect(sentence).toMatch(/^the service file .*, which PGSERVICEFILE names, can't be read: /);
	expect(sentence).toContain(why);
	expect(sentence.length).toBeLessThanOrEqual(300);
});

test('a service file in the home that can not be read is not one that lacks the service', () => {
	const file = join(folder, 'home', '.pg_service.conf');
	expect(sentenceFor({HOME: join(folder, 'home')})).toBe(
		`the service "one", which PGSERVICE names, was not found: ${file} can't be read: it is a directory`,
	);
	expect(sentenceFor({HOME: join(folder, 'plain')})).toBe(
		`the service "one", which PGSERVICE names, was not found: there is no service file, as ${folder}/plain/.pg_service.conf would be one`,
	);
});

test('a service that is nowhere: which files were read is said, in 300 characters', async () => {
	const [home, system] = [join(folder, 'here'), join(folder, 'system')];
	const [own, common] = [join(home, '.pg_service.conf'), join(system, 'pg_service.conf')];
	await mkdir(home);
	await mkdir(system);
	await writeFile(own, '[two]\nhost=h\n');
	const what = 'the service "one", which PGSERVICE names,';
	expect(sentenceFor({HOME: home})).toBe(`${what} is not in ${own}`);
	await mkdir(common);
	expect(sentenceFor({HOME: home, PGSYSCONFDIR: system})).toBe(
		`${what} is not in ${own}; ${common} can't be read: it is a directory`,
	);
	await rm(common, {recursive: true});
	await writeFile(common, '');
	expect(sentenceFor({HOME: home, PGSYSCONFDIR: system})).toBe(`${what} is not in ${own} or ${common}`);
	expect(sentenceFor({PGSERVICEFILE: own, PGSYSCONFDIR: system})).toBe(
		`${what} is not in ${own} or ${common}`,
	);

	const long = join(home, ...Array.from({length: 5}, () => 'x'.repeat(100)));
	await mkdir(long, {recursive: true});
	await writeFile(join(long, '.pg_service.conf'), '');
	const sentence = sentenceFor({HOME: long, PGSERVICE: `one${'e'.repeat(300)}`, PGSYSCONFDIR: system});
	expect(sentence).toMatch(
		/^the service "onee+~", which PGSERVICE names, is not in .*~.*x\/\.pg_service\.conf or /,
	);
	expect(sentence.endsWith('/pg_service.conf')).toBe(true);
	expect(sentence.length).toBeLessThanOrEqual(300);
});

test.each(Object.entries(reasons).filter(([name]) => name !== 'directory'))(
	'a password file that is %s is ignored, and that is said',
	async (name, why) => {
		const passwordFile = join(folder, name);
		const {warning} = await withPasswords({...targetAt({host: 'db1'}), passwordFile});
		// What others may not open, and we neither, is private.
		expect(warning).toContain(`is ignored: ${why}`);
	},
);

test('a password file below what is no directory is none', async () => {
	const passwordFile = join(folder, 'plain', '.pgpass');
	expect(await withPasswords({...targetAt({host: 'db1'}), passwordFile})).not.toHaveProperty('warning');
});
