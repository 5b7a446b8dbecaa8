import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {isAlwaysReadOnly} from '../../../source/domain/configuration/always-read-only.js';
import {configure} from '../../../source/run/configuration/configure.js';
import {parseArguments} from '../../../source/run/start/argv.js';
import {options} from '../../../source/tables/options.js';

let home: string;

beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'pgtop-configure-'));
	await mkdir(join(home, '.config', 'pgtop'), {recursive: true});
});

afterEach(async () => rm(home, {recursive: true}));

/** What comes of a file with this text, and of these words. */
async function configured(text: string | undefined, ...words: readonly string[]) {
	if (text !== undefined) await writeFile(join(home, '.config', 'pgtop', 'config.toml'), text);
	const parsed = await parseArguments(words, options);
	if (parsed.type !== 'run') throw new Error('these are no flags of a run');
	return configure(parsed.flags, {HOME: home});
}

test('without a file and without flags there is only what is the default', async () => {
	expect(await configured(undefined)).toEqual({
		type: 'configured',
		configuration: {rules: {}, sections: [], typed: {}},
		theme: {value: 'any', from: 'default'},
	});
});

test('the file is read, and what is typed stands beside it', async () => {
	expect(await configured('theme = "dark"\ninterval = 5\n[server.db1]\n', '--interval=3')).toEqual({
		type: 'configured',
		configuration: {
			rules: {interval: {value: 5000, from: 'line 2'}},
			sections: [{name: 'db1', rules: {}}],
			typed: {interval: {value: 3000, from: '--interval'}},
		},
		theme: {value: 'dark', from: 'line 1'},
		file: join('~', '.config', 'pgtop', 'config.toml'),
	});
});

test('a typed theme wins over the one of the file', async () => {
	expect(await configured('theme = "dark"', '--theme=any')).toMatchObject({
		theme: {value: 'any', from: '--theme'},
	});
});

test('the demo is no server of the user’s: no section holds for it', async () => {
	const text = 'interval = 5\n[server.localhost]\nread-only = true\n';
	expect(await configured(text, '--demo')).toMatchObject({
		configuration: {rules: {interval: {value: 5000}}, sections: []},
	});
});

test('a mistake in the file is a sentence with file and line, and --no-config does not look', async () => {
	const text = 'interval = 100';
	expect(await configured(text)).toEqual({
		type: 'bad',
		sentence: '~/.config/pgtop/config.toml, line 1: interval takes 0.5 to 60 seconds, not 100',
	});
	const {type, ...rest} = await configured(text, '--no-config');
	expect({type, rest}).toMatchObject({type: 'configured', rest: {configuration: {rules: {}}}});
	expect(rest).not.toHaveProperty('file');
});

test('a file that can’t be trusted, or read, is a sentence', async () => {
	const file = join(home, '.config', 'pgtop', 'config.toml');
	await symlink('none', file);
	expect(await configured(undefined)).toEqual({
		type: 'bad',
		sentence: '~/.config/pgtop/config.toml is a link to nothing',
	});
});

test.each([
	['', [], false],
	['', ['--read-only'], true],
	['read-only = true', [], true],
	['read-only = false', ['--read-only'], true],
	['read-only = true\n[server.db1]\nproduction = true', [], true],
	['read-only = true\n[server.db1]\nread-only = false', [], false],
	['[server.db1]\nread-only = true', [], false],
])('with %j and %j no server at all may have a signal: %s', async (text, words, isNever) => {
	const found = await configured(text, ...words);
	expect(found.type === 'configured' && isAlwaysReadOnly(found.configuration)).toBe(isNever);
});
