import {mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {AuditLine} from '../../../source/domain/signal/record.js';
import {mapSome} from '../../../source/domain/some.js';
import {fromBytes} from '../../../source/domain/text/raw-text.js';
import {openAudit} from '../../../source/files/audit/audit-file.js';
import {auditPath} from '../../../source/files/audit/audit-path.js';
import {runAudit} from '../../../source/run/run-audit.js';
import {author, ended, entry, facts} from './signals.js';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-audit-'));
});

afterEach(async () => rm(folder, {recursive: true}));

const linesOf = async (file: string) =>
	(await readFile(file, 'utf8'))
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as AuditLine);

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

const account = {home: '/home/dba', isWindows: false};

test.each<[state: string | undefined, file: string]>([
	['/var/state', '/var/state/pgtop/signals.jsonl'],
	['/var/state/', '/var/state/pgtop/signals.jsonl'],
	[undefined, '/home/dba/.local/state/pgtop/signals.jsonl'],
	['', '/home/dba/.local/state/pgtop/signals.jsonl'],
	['state', '/home/dba/.local/state/pgtop/signals.jsonl'],
	['./state', '/home/dba/.local/state/pgtop/signals.jsonl'],
	['~/state', '/home/dba/.local/state/pgtop/signals.jsonl'],
])('with XDG_STATE_HOME=%s the file is %s', (state, file) => {
	const environment = state === undefined ? {} : {XDG_STATE_HOME: state};
	expect(auditPath(environment, account)).toBe(file);
});

test.each<[environment: Readonly<Record<string, string>>, file: string]>([
	[{HOME: '/srv/anna'}, '/srv/anna/.local/state/pgtop/signals.jsonl'],
	[{HOME: '/srv/\uDCE9'}, '/srv/\uDCE9/.local/state/pgtop/signals.jsonl'],
	[{HOME: ''}, '/home/dba/.local/state/pgtop/signals.jsonl'],
	[{HOME: 'srv'}, '/home/dba/.local/state/pgtop/signals.jsonl'],
	[{USERPROFILE: '/srv/anna'}, '/home/dba/.local/state/pgtop/signals.jsonl'],
])('with %j the file is %s', (environment, file) => {
	expect(auditPath(environment, account)).toBe(file);
});

test.each([{HOME: ''}, {HOME: 'srv', XDG_STATE_HOME: 'state'}])(
	'with %j and no home of the account nothing is made in the folder that one is in',
	async environment => {
		const file = auditPath(environment, {isWindows: false});
		const written = openAudit(file, author, true).signal(entry(1));
		await expect(written).rejects.toThrow(
			'~/.local/state/pgtop is nowhere: this user has no home directory (XDG_STATE_HOME names another place)',
		);
		await expect(stat('~')).rejects.toThrow('ENOENT');
	},
);

test('in a home whose name is not UTF-8 the file is in that home', async ({skip}) => {
	skip(process.platform !== 'linux', 'only Linux gives folders such names');
	const home = Buffer.concat([Buffer.from(join(folder, 'hx')), Buffer.of(0xe9)]);
	await mkdir(home);
	const flags = {auditLog: undefined, withoutAuditLog: false, readOnly: false, dryRun: false, demo: false};
	const {open} = runAudit(flags, {HOME: fromBytes(home)}, false);
	await open(author)?.signal(entry(1));
	const [made, ...others] = await readdir(folder, {encoding: 'buffer'});
	expect([made, others]).toEqual([Buffer.from('hx\xE9', 'latin1'), []]);
	const file = Buffer.concat([home, Buffer.from('/.local/state/pgtop/signals.jsonl')]);
	expect(await readFile(file, 'utf8')).toMatch(/^\{"event":"signal"/);
});

test.each([
	['the usual place', (home: string) => auditPath({HOME: home}, account)],
	['XDG_STATE_HOME', (home: string) => auditPath({XDG_STATE_HOME: join(home, 'xdg', 'state')}, account)],
])('in %s file and folders are their owner’s alone, whatever the umask', async (_, pathIn) => {
	const file = pathIn(folder);
	const umask = process.umask(0);
	try {
		await openAudit(file, author, true).signal(entry(1));
	} finally {
		process.umask(umask);
	}

	expect(await modeOf(file)).toBe(0o600);
	for (let made = dirname(file); made !== folder; made = dirname(made)) {
		expect(await modeOf(made)).toBe(0o700);
	}
});

test('opening alone writes nothing', async () => {
	const file = join(folder, 'signals.jsonl');
	expect(await openAudit(file, author).close()).toEqual([]);
	await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('the line of a signal is there before it may be sent, and outcomes follow, joined by id', async () => {
	const file = join(folder, 'signals.jsonl');
	const audit = openAudit(file, author);
	await audit.signal(entry(1));
	expect(await linesOf(file)).toHaveLength(1);
	await audit.signal(entry(2, facts(4403)));
	audit.outcome(1, {...ended, outcome: 'still there', sentence: 'still there after 5s', seconds: 5});
	await expect.poll(async () => (await linesOf(file)).length).toBe(3);
	audit.outcome(1, ended);
	expect(await audit.close()).toEqual([]);
	const lines = await linesOf(file);
	const [first, second, ...outcomes] = lines;
	expect(lines.map(({event, pid}) => [event, pid])).toEqual([
		['signal', 4388],
		['signal', 4403],
		['outcome', 4388],
		['outcome', 4388],
	]);
	expect(outcomes.map(({id}) => id)).toEqual([first?.id, first?.id]);
	expect(second?.id).not.toBe(first?.id);
	for (const {time} of lines) expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
});

test('the signals of one key have a line each, in one write, and nothing comes between', async () => {
	const file = join(folder, 'signals.jsonl');
	const [one, other] = [openAudit(file, author), openAudit(file, author)];
	const pids = (first: number) => [first, first + 1, first + 2];
	const entries = (first: number) =>
		mapSome([1, 2, 3], number => entry(number, facts(first + number - 1))[0]);
	await Promise.all([one.signal(entries(10)), other.signal(entries(20)), one.signal(entries(30))]);
	const lines = await linesOf(file);
	expect(new Set(lines.map(({id}) => id)).size).toBe(6);
	for (const first of [10, 20, 30]) {
		const at = lines.findIndex(({pid}) => pid === first);
		expect(lines.slice(at, at + 3).map(({pid}) => pid)).toEqual(pids(first));
	}
});

test('outcomes that come at once keep their order: the last one counts', async () => {
	const file = join(folder, 'signals.jsonl');
	const audit = openAudit(file, author);
	const sentences = Array.from({length: 100}, (_, index) => `still there after ${index}s`);
	for (const sentence of sentences) audit.outcome(1, {...ended, outcome: 'still there', sentence});
	expect(await audit.close()).toEqual([]);
	const lines = await linesOf(file);
	expect(lines.map(line => line.event === 'outcome' && line.sentence)).toEqual(sentences);
});

test('thousands of outcomes that come at once are written soon, each in a line of its own', async () => {
	const file = join(folder, 'signals.jsonl');
	const audit = openAudit(file, author);
	const numbers = Array.from({length: 5000}, (_, index) => index + 1);
	const [first = 1, ...others] = numbers;
	await audit.signal(mapSome([first, ...others], number => entry(number)[0]));
	const {size} = await stat(file);
	for (const number of numbers) audit.outcome(number, ended);
	expect(await audit.close()).toEqual([]);
	const lines = await linesOf(file);
	expect(lines.map(({event}) => event)).toEqual([
		...numbers.map(() => 'signal'),
		...numbers.map(() => 'outcome'),
	]);
	expect(lines.slice(0, 5000).map(({id}) => id)).toEqual(lines.slice(5000).map(({id}) => id));
	expect((await stat(file)).size).toBeGreaterThan(size);
});

test('two runs never share an id', async () => {
	const file = join(folder, 'signals.jsonl');
	await Promise.all([1, 2, 3].map(() => openAudit(file, author).signal(entry(1))));
	expect(new Set((await linesOf(file)).map(({id}) => id)).size).toBe(3);
});

test('a file that is there is appended to', async () => {
	const file = join(folder, 'signals.jsonl');
	await writeFile(file, '{"event":"signal","id":"before"}\n');
	await openAudit(file, author).signal(entry(1));
	expect((await linesOf(file)).map(({id}) => id === 'before')).toEqual([true, false]);
});

test('a file that was moved away is made anew', async () => {
	const file = join(folder, 'deep', 'signals.jsonl');
	const audit = openAudit(file, author, true);
	await audit.signal(entry(1));
	await rm(dirname(file), {recursive: true});
	await audit.signal(entry(2));
	expect(await linesOf(file)).toHaveLength(1);
});

test('the fields are these: a reader of the file may rely on them', async () => {
	const file = join(folder, 'signals.jsonl');
	const audit = openAudit(file, author);
	await audit.signal(entry(1));
	audit.outcome(1, ended);
	await audit.close();
	const [signal, outcome] = await linesOf(file);
	expect(Object.keys(signal ?? {}).sort()).toMatchInlineSnapshot(`
		[
		  "age",
		  "application",
		  "backendStart",
		  "blocked",
		  "blocks",
		  "client",
		  "database",
		  "event",
		  "frees",
		  "id",
		  "isQueryWhole",
		  "osUser",
		  "pid",
		  "query",
		  "queryAge",
		  "role",
		  "server",
		  "signal",
		  "sshClient",
		  "state",
		  "stateAge",
		  "statement",
		  "sudoUser",
		  "time",
		  "type",
		  "user",
		  "wait",
		  "waitsFor",
		  "xactAge",
		]
	`);
	expect(Object.keys(outcome ?? {}).sort()).toMatchInlineSnapshot(`
		[
		  "event",
		  "id",
		  "outcome",
		  "pid",
		  "seconds",
		  "sentence",
		  "time",
		]
	`);
	expect({...signal, id: '', time: ''}).toMatchInlineSnapshot(`
		{
		  "age": 252,
		  "application": "checkout",
		  "backendStart": "2025-11-22T02:00:00.000000Z",
		  "blocked": null,
		  "blocks": null,
		  "client": "10.0.0.7",
		  "database": "shop",
		  "event": "signal",
		  "frees": null,
		  "id": "",
		  "isQueryWhole": true,
		  "osUser": "tester",
		  "pid": 4388,
		  "query": "UPDATE orders SET status = 'paid' WHERE id = 1",
		  "queryAge": 252,
		  "role": "dba",
		  "server": "dba@db1:5432/shop",
		  "signal": "terminate",
		  "sshClient": "10.0.0.9",
		  "state": "active",
		  "stateAge": 252,
		  "statement": "select pg_catalog.pg_terminate_backend(s.pid)",
		  "sudoUser": null,
		  "time": "",
		  "type": "client backend",
		  "user": "api",
		  "wait": "Lock:tuple",
		  "waitsFor": null,
		  "xactAge": 252,
		}
	`);
});
