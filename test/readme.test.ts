import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import packageJson from '../package.json' with {type: 'json'};
import {fitColumns} from '../source/domain/list/fit.js';
import type {Seen} from '../source/domain/signal/look.js';
import type {Outcome} from '../source/domain/signal/outcome.js';
import type {OutcomeRecord, SignalRecord} from '../source/domain/signal/record.js';
import type {Signal} from '../source/domain/signal/target.js';
import {outcomeSentence} from '../source/domain/signal/words.js';
import {keywords, parameterOf} from '../source/postgres/connect/settings/keywords.js';
import {alerts} from '../source/tables/alerts.js';
import {keyRows} from '../source/tables/keymap.js';
import {options} from '../source/tables/options.js';
import {usage} from '../source/tables/usage.js';
import {columns} from '../source/views/sessions/columns.js';

const root = join(import.meta.dirname, '..');
const file = join(root, 'README.md');

const cellOf = (text: string) => text.replaceAll('|', '\\|');

const table = (titles: readonly string[], rows: readonly (readonly string[])[]) =>
	[titles, titles.map(() => '---'), ...rows].map(cells => `| ${cells.map(cellOf).join(' | ')} |`).join('\n');

/** The first lines of a golden frame. */
const frame = async (name: string, lines: number) =>
	(await readFile(join(import.meta.dirname, 'frames', 'golden', `${name}.txt`), 'utf8'))
		.split('\n')
		.slice(0, lines)
		.map(line => line.trimEnd())
		.join('\n');

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
const blocks: Readonly<Record<string, string>> = {
	usage: `\`\`\`text\n${usage(options)}\n\`\`\``,
	keys: table(
		['key', 'does'],
		keyRows.map(({key, does}) => [
			key
				.split(' ')
				.map(name => `\`${name}\``)
				.join(' '),
			does,
		]),
	),
	rights: `\`\`\`text\n${await frame('unprivileged-80x24', 9)}\n\`\`\``,
	alerts: table(
		['alert', 'says'],
		alerts.map(({name, help}) => [`\`${name}\``, help]),
	),
	variables: keywords
		.flatMap(keyword => parameterOf(keyword).variable ?? [])
		.map(variable => `\`${variable}\``)
		.join(' '),
	parameters: table(
		['parameter', 'variable', 'pgtop', 'because'],
		keywords.flatMap(keyword => {
			const {variable = '', ignored, refused} = parameterOf(keyword);
			const name = [`\`${keyword}\``, variable === '' ? '' : `\`${variable}\``];
			if (refused) return [[...name, `refuses ${refused.named}`, refused.why]];
			return ignored === undefined ? [] : [[...name, 'takes it, and nothing changes', ignored]];
		}),
	),
	columns: table(
		['column', 'shows', 'in a terminal'],
		columns.map(({id, title, help}) => {
			const from = narrowest(id);
			return [title, help, from === 0 ? 'of any width' : `from ${from} wide`];
		}),
	),
};

/** The narrowest terminal that shows a column, in cells. */
function narrowest(id: string): number {
	return Array.from({length: 400}, (_, width) => fitColumns(columns, width)).findIndex(fitted =>
		fitted.some(({column}) => column.id === id),
	);
}

const blockOf = (name: string) => new RegExp(`(<!-- ${name} -->\n)(.*?)(<!-- /${name} -->)`, 's');

const written = async () => readFile(file, 'utf8');

if (process.env.UPDATE) {
	const text = Object.entries(blocks).reduce(
		(before, [name, block]) =>
			before.replace(blockOf(name), (_, begin: string, _old, end: string) => `${begin}\n${block}\n\n${end}`),
		await written(),
	);
	await writeFile(file, text);
}

const readme = await written();

describe('the README', () => {
	test.each(Object.entries(blocks))('shows the %s of the program (UPDATE=1 writes them)', (name, block) => {
		expect(blockOf(name).exec(readme)?.[2]).toBe(`\n${block}\n\n`);
	});

	const links = [...readme.matchAll(/\]\(([^)#][^)]*)\)/g)].map(([, link = '']) => link);

	test.each(links.filter(link => !/^https:/.test(link)))('links to %s, which exists', link => {
		expect(existsSync(join(root, link))).toBe(true);
	});

	test('names only scripts that exist', () => {
		const names = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name);
		expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining([...names, 'test']));
		expect(names).toContain('demo');
	});

	test('names only folders and files of the source that exist', () => {
		const paths = [...readme.matchAll(/(?:source|test)\/[\w./-]*/g)].map(([path]) => path);
		expect(paths.filter(path => !existsSync(join(root, path)))).toEqual([]);
	});

	test('says for every outcome of c and k what the program says', () => {
		const unsaid = outcomes
			.map(([outcome, signal, seconds = 0.1]) => outcomeSentence(outcome, signal, seconds))
			.filter(sentence => !readme.includes(`\`${sentence}\``));
		expect(unsaid).toEqual([]);
	});

	test('names every field of the audit file', () => {
		expect([...fields].filter(field => !readme.includes(`\`${field}\``))).toEqual([]);
	});

	test('knows nothing of the machine it was written on', () => {
		expect(readme).not.toMatch(/\/(?:home|root|work|Users)\//);
	});
});

const at = 1e15;

/** Typed, so that the compiler asks for new ones. */
const signalFields: Readonly<Record<keyof SignalRecord, true>> = {
	event: true,
	id: true,
	time: true,
	osUser: true,
	sudoUser: true,
	sshClient: true,
	signal: true,
	server: true,
	role: true,
	pid: true,
	backendStart: true,
	user: true,
	database: true,
	application: true,
	client: true,
	type: true,
	state: true,
	wait: true,
	age: true,
	xactAge: true,
	queryAge: true,
	stateAge: true,
	query: true,
	isQueryWhole: true,
	statement: true,
};
const outcomeFields: Readonly<Record<keyof OutcomeRecord, true>> = {
	event: true,
	id: true,
	time: true,
	pid: true,
	outcome: true,
	sentence: true,
	seconds: true,
};
const fields = new Set([...Object.keys(signalFields), ...Object.keys(outcomeFields)]);

const active: Seen = {pid: 4388, state: 'active', xactStart: at - 300_000};
const idle: Seen = {pid: 4388, state: 'idle'};
const needed = 'needs GRANT pg_signal_backend TO "watcher"';
const simulated = {who: '4388 app@shop', statement: 'select g.*, …'};
const reason = 'must be a superuser to terminate superuser process';

const outcomes: readonly (readonly [Outcome, Signal, number?])[] = [
	[{type: 'ended'}, 'terminate'],
	[{type: 'ended', isLate: true}, 'terminate', 33],
	[{type: 'query ended', now: 'idle'}, 'cancel'],
	[{type: 'query ended', now: 'idle', isLate: true}, 'cancel', 33],
	[{type: 'query ended', now: 'aborted'}, 'cancel'],
	[{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 0}}, 'cancel'],
	[{type: 'query ended', now: 'aborted', locks: {held: 0, advisory: 1}}, 'cancel'],
	[{type: 'query ended', now: 'in transaction'}, 'cancel'],
	[{type: 'query ended', now: 'next query'}, 'cancel'],
	[{type: 'query ended', now: 'client waits'}, 'cancel'],
	[{type: 'query ended', now: 'other'}, 'cancel'],
	[{type: 'stopped waiting', done: 'committed'}, 'cancel'],
	[{type: 'stopped waiting', done: 'committed', isLate: true}, 'cancel', 33],
	[{type: 'ended by k'}, 'cancel', 8.3],
	[{type: 'still there', state: 'active', isWithClient: true}, 'cancel', 5],
	[{type: 'still there', wait: {type: 'IO', name: 'DataFileRead'}, state: 'active'}, 'cancel', 5],
	[{type: 'still there', wait: {type: 'Client', name: 'ClientWrite'}}, 'terminate', 5],
	[{type: 'still there'}, 'cancel', 5],
	[{type: 'had ended already', isPidReused: false}, 'terminate'],
	[{type: 'had ended already', isPidReused: true}, 'terminate'],
	[{type: 'changed', what: 'query', seen: active, at}, 'cancel'],
	[{type: 'changed', what: 'idle', seen: idle, at}, 'cancel'],
	[{type: 'changed', what: 'query', seen: active, at, isRepeated: true}, 'cancel'],
	[{type: 'changed', what: 'transaction', seen: active, at}, 'terminate'],
	[{type: 'changed', what: 'transaction begun', seen: active, at}, 'terminate'],
	[{type: 'changed', what: 'statement', seen: idle, at}, 'terminate'],
	[{type: 'changed', what: 'transaction', seen: active, at, isAsked: true}, 'terminate'],
	[{type: 'held back', reasons: ['standby']}, 'terminate'],
	[{type: 'failed', reason: 'another server answers, or it was restarted'}, 'terminate'],
	[{type: 'too late', seconds: 4.2}, 'terminate'],
	[{type: 'query ended', now: 'next transaction'}, 'cancel'],
	[{type: 'denied', reason, missing: needed}, 'terminate'],
	[{type: 'denied', reason, missing: 'superuser only: nobody here can'}, 'terminate'],
	[{type: 'denied', reason}, 'terminate'],
	[{type: 'failed', reason: 'canceling statement due to lock timeout'}, 'terminate'],
	[{type: 'no such process', warning: 'PID 4388 is not a PostgreSQL backend process'}, 'terminate'],
	[{type: 'not known'}, 'terminate'],
	[{type: 'not known', since: 'gone'}, 'terminate'],
	[{type: 'not known', since: 'query ended'}, 'cancel'],
	[{type: 'not known', since: 'there'}, 'terminate'],
	[{type: 'other server', isSure: true}, 'terminate'],
	[{type: 'other server', isSure: false}, 'terminate'],
	[{type: 'crash'}, 'terminate'],
	[{type: 'not seen'}, 'terminate'],
	[{type: 'not sent', ...simulated}, 'terminate'],
	[{type: 'not sent', ...simulated, missing: needed}, 'terminate'],
];
