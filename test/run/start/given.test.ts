import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {parseArguments} from '../../../source/run/start/argv.js';
import {readGiven} from '../../../source/run/start/given.js';
import {options} from '../../../source/tables/options.js';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-'));
	const entries = (...all: readonly string[]) => Buffer.from(all.map(one => `${one}\0`).join(''), 'latin1');
	await writeFile(
		join(folder, 'cmdline'),
		entries('node', '--no-warnings', 'cli.js', '-U', 'caf\xE9', '', '\xEF\xBF\xBD'),
	);
	await writeFile(join(folder, 'environ'), entries('PGUSERS=no', 'PGUSER=\xE9=', 'PGUSER=later', 'HOME=/h'));
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

const argv = ['node', 'cli.js', '-U', 'caf\uFFFD', '', '\uFFFD'];
const environment = {PGUSER: '\uFFFD=', HOME: '/h', OTHER: '\uFFFD', PGHOST: '\uFFFD'};

test('what is not UTF-8 is read from the kernel, and what was typed as U+FFFD stays that', () => {
	const given = readGiven(argv, environment, folder);
	expect(given.words).toEqual(['-U', 'caf\uDCE9', '', '\uFFFD']);
	expect(given.environment).toEqual({...environment, PGUSER: '\uDCE9='});
});

test('without any such byte nothing is read', () => {
	const plain = {PGUSER: 'é'};
	const given = readGiven(['node', 'cli.js', 'é'], plain, folder);
	expect(given.words).toEqual(['é']);
	expect(given.environment).toBe(plain);
});

const lost = 'is not UTF-8: its bytes are known on Linux only, where there is /none';

test.each<[words: readonly string[], environment: Readonly<Record<string, string>>, sentence?: string]>([
	[['-U', 'caf\uFFFD'], {}, `-U ${lost}`],
	[['caf\uFFFD'], {}, `DBNAME ${lost}`],
	[['--audit-log', '\uFFFD'], {}, `--audit-log ${lost}`],
	[['--password-command=\uFFFD'], {}, `--password-command ${lost}`],
	[[], {OTHER: '\uFFFD', PGPASSWORD: '\uFFFD'}, `PGPASSWORD ${lost}`],
	[[], {OTHER: '\uFFFD'}],
	[['-U', 'café'], {PGUSER: 'é'}],
])(
	'where the kernel does not tell, %j with %j is one sentence or nothing',
	async (words, variables, sentence) => {
		const given = readGiven(['node', 'cli.js', ...words], variables, '/none');
		const parsed = await parseArguments(given.words, options);
		expect(given.told(parsed, options)).toEqual(sentence === undefined ? parsed : {type: 'bad', sentence});
	},
);

test('a command for the password is UTF-8: Node.js would run another one', async () => {
	const source = await mkdtemp(join(folder, 'command-'));
	await writeFile(
		join(source, 'cmdline'),
		Buffer.from('node\0cli.js\0--password-command\0echo \xE9\0', 'latin1'),
	);
	const given = readGiven(['node', 'cli.js', '--password-command', 'echo \uFFFD'], {}, source);
	expect(given.told(await parseArguments(given.words, options), options)).toEqual({
		type: 'bad',
		sentence: '--password-command takes a command in UTF-8',
	});
});
