import {expect, test} from 'vitest';
import {parseArguments} from '../../../source/run/start/argv.js';
import {readGiven} from '../../../source/run/start/given.js';
import {keptFlags} from '../../../source/run/start/kept-flags.js';
import type {OptionTable} from '../../../source/tables/option.js';
import {usage} from '../../../source/tables/usage.js';

/** None of these is an option of pgtop: what is done with them is said in their rows alone. */
const table = {
	cluster: {
		short: 'c',
		type: 'text',
		value: 'CLUSTER',
		bare: {place: 1, what: 'a cluster'},
		isKept: false,
		help: 'which of them',
	},
	tokenCommand: {
		type: 'text',
		value: 'COMMAND',
		needs: 'a command',
		isUtf8: true,
		isSecret: true,
		help: 'run this for a token',
	},
	depth: {type: 'number', value: 'LEVELS', range: [1, 9], default: 3, help: 'how deep'},
	shape: {type: 'choice', value: 'SHAPE', choices: ['tree', 'list'], default: 'tree', help: 'tree or list'},
	askToken: {
		short: 'T',
		type: 'switch',
		flag: '--token',
		undoes: 'withoutToken',
		asksFor: 'the token',
		excludes: {name: 'tokenCommand', both: 'two ways to a token'},
		help: 'ask for a token',
	},
	withoutToken: {type: 'switch', flag: '--no-token', help: 'never ask for one'},
	about: {type: 'switch', prints: 'version', help: 'print the version'},
} as const satisfies OptionTable;

const defaults = {depth: 3, shape: 'tree', askToken: false, withoutToken: false};

const parse = async (line: string) => parseArguments(line === '' ? [] : line.split(' '), table);

test.each<[line: string, flags: Record<string, unknown>]>([
	['', {}],
	['blue --depth=5', {cluster: 'blue', depth: 5}],
	['-cblue --shape list', {cluster: 'blue', shape: 'list'}],
	['--token --no-token --token', {askToken: true}],
	['--token-command=pass', {tokenCommand: 'pass'}],
])('%j is read as the rows say, and the rest has its default', async (line, flags) => {
	expect(await parse(line)).toEqual({type: 'run', flags: {...defaults, ...flags}});
});

test.each([
	['--depth=10', '--depth takes 1 to 9 levels, not "10"'],
	['--depth', '--depth needs a value: --depth LEVELS'],
	['--shape=ring', '--shape takes tree, list, not "ring"'],
	['--shape=ring --depth=10', '--shape takes tree, list, not "ring"'],
	['--token-command=', '--token-command needs a command'],
	['--token-command=postgresql://db1/shop', '--token-command needs a command, and this reads like a URI'],
	['--token --token-command=pass', '--token and --token-command are two ways to a token: name one'],
	['-Tsecret', '-T takes no value: it asks for the token'],
	['blue green', 'there is one name too many: pgtop takes a cluster'],
	['--host=db1', 'unknown flag --host: pgtop --help lists them'],
	['--dep', 'unknown flag --dep: did you mean --depth?'],
])('%j is refused in one sentence', async (line, sentence) => {
	expect(await parse(line)).toEqual({type: 'bad', sentence});
});

test('a switch that prints something does so whatever else is wrong', async () => {
	expect(await parse('--depth=10 --about')).toEqual({type: 'version'});
});

test('the help lists them in the order of the rows', () => {
	const lines = usage(table).split('\n');
	expect(lines[0]).toBe('Usage: pgtop [OPTION]... [CLUSTER]');
	expect(lines.slice(4, 11)).toEqual([
		'  -c, --cluster=CLUSTER  which of them',
		'      --token-command=COMMAND',
		'                         run this for a token',
		'      --depth=LEVELS     how deep (1 to 9, default 3)',
		'      --shape=SHAPE      tree or list',
		'  -T, --token            ask for a token',
		'      --no-token         never ask for one',
	]);
});

test('an advised command has those that are kept, and no secret', () => {
	const flags = {...defaults, cluster: 'blue', depth: 5, tokenCommand: 'echo SECRET', withoutToken: true};
	expect(keptFlags(flags, table)).toEqual(['--token-command=COMMAND', '--depth=5', '--no-token']);
});

test.each([
	['-cblu\uFFFD', 'CLUSTER is not UTF-8: its bytes are known on Linux only, where there is /none'],
	[
		'--token-command=\uFFFD',
		'--token-command is not UTF-8: its bytes are known on Linux only, where there is /none',
	],
	['--token-command=\uDCE9', '--token-command takes a command in UTF-8'],
	['-c\uDCE9', undefined],
])('%j is understood, or refused for its bytes', async (word, sentence) => {
	const given = readGiven(['node', 'cli.js', word], {}, '/none');
	const parsed = await parseArguments(given.words, table);
	expect(parsed.type).toBe('run');
	expect(given.told(parsed, table)).toEqual(sentence === undefined ? parsed : {type: 'bad', sentence});
});
