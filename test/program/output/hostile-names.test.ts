import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {beforeAll, expect, onTestFinished, test} from 'vitest';
import {socketPath} from '../../../source/postgres/connect/connect-target.js';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {listen} from '../../helpers/network/listen.js';
import {failure, notice} from '../../helpers/network/messages.js';
import {rawQuery} from '../../helpers/session/raw-query.js';
import {harmIn} from '../../helpers/terminal/harm-in.js';
import {program, start, type Terminal} from '../../helpers/terminal/terminal.js';
import {down, end, press, selected, setStage, sleep} from '../stage.js';

const role = '\u001B]2;R\u0007\u009B2J\u202Er\r\nole\u007F\u200B';
const database = '\u001B[2J\u0085\u2066\t\u009D0;D\u009Cdb\u{E0041}';
const schema = '\u001B[1;1H\u200Fschema\b\b';
const table = '\u0090q\u001B\\\u061Ctable\u001Bc';
const gid = "\u001B]52;c;cHduZWQ=\u0007\u202E\u009B6n'gid\u000E";
const text = '/* \u001B]8;;http://x\u001B\\query\u009B2J\u202E\u2028\u001A\u007F */';

const named = (...parts: readonly string[]) => parts.map(part => `"${part}"`).join('.');

const stage = setStage(process.execPath, {
	isCleared: true,
	settings: {track_activity_query_size: '1MB', log_statement: 'none'},
});

beforeAll(async () => {
	await stage.cluster.observe(`create role ${named(role)} login superuser`);
	await stage.cluster.observe(`create database ${named(database)}`);
	await stage.cluster.observe(
		"create database bytes encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0",
	);
});

/** What the terminal was told to put into its clipboard. */
const copies = (terminal: Terminal) =>
	[
		...terminal
			.bytes()
			.toString('latin1')
			.matchAll(/\u001B\]52;c;([^\u0007]*)\u0007/g),
	].map(([, copied = '']) => Buffer.from(copied, 'base64'));

/** Of a text with lines. */
const harmInLines = (text: string) => harmIn(Buffer.from(text.replaceAll('\n', '')));

const withoutTerminal = async (args: readonly string[]) =>
	promisify(execFile)(process.execPath, [program, ...args], {env: cleanEnvironment()});

test('names of roles, databases, relations and prepared transactions are text only, on every page', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-hostile-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	const file = join(folder, 'signals.jsonl');
	const {holder, waiter} = await play();
	const {host, port} = stage.cluster;
	const way = ['-h', host, '-p', String(port), '-U', role, '-d', database];
	const terminal = start([...way, '--interval=0.5', `--audit-log=${file}`], {
		columns: 140,
		rows: 44,
		env: {SUDO_USER: role, SSH_CONNECTION: role.replaceAll(' ', '')},
	});
	onTestFinished(async () => terminal.end());
	await terminal.until(/^pgtop ␛\]2;R␇␦2J␦r ole␡␦@.*\/␛\[2J␦␦ ␦0;D␦db␦ .* PRIMARY /);
	await terminal.until(/^▲ prepared transaction ␛\]52;c;cHduZWQ=␇␦␦6n'gi~ blocks 1 /);

	await terminal.type(60, down, 60, down);
	await terminal.until(selected(holder.pid));
	await terminal.until(/^│ last: begin; lock table "␛\[1;1H␦schema␈␈"\."␦q␛\\␦table␛c" /);
	const at = terminal.row(4).indexOf('STATE');
	const states = [5, 6, 7, 8].map(row =>
		terminal
			.row(row)
			.slice(at, at + 8)
			.trim(),
	);
	expect(states).toEqual(['prepared', 'idle-tx', 'active', 'active']);
	await terminal.type(60, 'y');
	await terminal.until(/^sent \d+ bytes of the query to /);
	await terminal.type(60, 'Y');
	await terminal.until(new RegExp(`^sent \\d+ bytes of session ${holder.pid} to `));

	await terminal.type(60, '\r');
	await terminal.until(/ ␛\[1;1H␦schema␈␈\.␦q␛\\␦table␛c /);
	await terminal.type(60, end, 60, 'q');
	await terminal.until(/ q quit$/);
	await terminal.type(60, ' ', 60, ' ');
	await terminal.until('k end 2');
	await terminal.type(600, 'k');
	await terminal.until(/^y: yes, /);
	await terminal.type(60, '\u001B');
	await terminal.until('U untag');
	await terminal.type(60, 'U', 60, 't');
	await terminal.until(/└─ select \* from "␛/);
	await terminal.type(60, '!');
	await terminal.until(/^ >blocked +prepared transaction ␛/);
	await terminal.type(60, '\r');
	await terminal.until(/^># +- ␛/);
	await terminal.type(60, '\r');
	await terminal.until('no text   its name has something in it that is not shown here: so none is offered');
	await terminal.type(60, 'q');
	await terminal.until(/ q quit$/);
	await terminal.type(60, ':', 60, String(waiter.pid), 60, '\r');
	await terminal.until(selected(waiter.pid));
	await press(terminal, 'k', new RegExp(`^${waiter.pid} ended \\d\\.\\ds after k`));
	await terminal.type(60, 'L');
	await terminal.until(new RegExp(`^\\d.* k ${waiter.pid} ␛\\]2;R␇␦2J␦r ole␡␦@␛`));
	const {stdout: once} = await withoutTerminal([...way, '--once']);
	await terminal.type(60, 'q', 60, 'q');
	expect(await terminal.exit()).toBe(0);
	expect(harmIn(terminal.bytes())).toEqual([]);

	const copied = copies(terminal).map(bytes => bytes.toString());
	expect(copied).toEqual([
		'begin; lock table "␛[1;1H␦schema␈␈"."␦q␛\\␦table␛c" /* ␛]8;;http://x␛\\query␦2J␦␦␚␡ */',
		expect.stringMatching(/^ {2}database +␛\[2J␦␦ +␦0;D␦db␦$/m),
	]);
	const lines = await readFile(file, 'utf8');
	const values: string[] = [];
	for (const line of lines.trim().split('\n'))
		JSON.parse(line, (_, value) => typeof value === 'string' && values.push(value));
	const name = '␛]2;R␇␦2J␦r ole␡␦';
	const [signalled = ''] = lines.split('\n');
	expect(JSON.parse(signalled)).toMatchObject({user: name, sudoUser: name, sshClient: name});
	const {stdout: signals} = await withoutTerminal(['--signals', `--audit-log=${file}`]);
	expect(signals).toContain(' (sudo: ␛]2;R␇␦2J␦r ole␡␦)  ');
	expect(signals).toContain(`  ${waiter.pid}  ␛]2;R␇␦2J␦r ole␡␦@␛[2J␦␦ ␦0;D␦db␦ `);
	expect(once).toContain(" ␛]52;c;cHduZWQ=␇␦␦6n'gid␎\n");
	for (const one of [...copied, ...values, lines, signals, once]) expect(harmInLines(one)).toEqual([]);
});

/** One who holds a table, another who waits for it, and a prepared transaction for which a third one waits. */
async function play() {
	const there = {user: role, database, application: text};
	const owner = await stage.open(`create schema ${named(schema)}`, there);
	await owner.query(`create table ${named(schema, table)} (); create table ${named(table)} ()`);
	await owner.query(`begin; lock table ${named(table)}`);
	await owner.query(`prepare transaction '${gid.replaceAll("'", "''")}'`);
	const holder = await stage.open(`begin; lock table ${named(schema, table)} ${text}`, there);
	const waiter = await stage.open('select 1', there);
	void waiter.start(`select * from ${named(schema, table)} ${text}`);
	await waiter.untilBlocked();
	const other = await stage.open('select 1', there);
	void other.start(`select * from ${named(table)} ${text}`);
	await other.untilBlocked();
	return {holder, waiter};
}

const open = `${sleep} /* `;
/** 10,000 lines of 1 MB together. */
const linesWith = (harm: string) =>
	Array.from({length: 10_000}, (_, line) => `${line} ${harm}${'ě'.repeat(40)}`).join('\n');
const long = `${open}${linesWith('\u001B]2;pwned\u0007\u009B2J\u202E')} */`;

test('a query of 1 MB and 10,000 lines is read to its end and copied, and invalid bytes of SQL_ASCII are seen', async () => {
	expect(Buffer.byteLength(long)).toBeGreaterThan(1_000_000);
	const session = await stage.open('select 1');
	void session.start(long);
	await session.untilActive();
	const raw = await stage.open("set client_encoding = 'SQL_ASCII'", {database: 'bytes'});
	void rawQuery(raw.client, Buffer.from(`${open}\xFF\x9B2J\xE9 */`, 'latin1')).catch(() => {});
	await raw.untilActive();
	const terminal = await stage.watch({columns: 111});
	const invalid = `${open}\uFFFD\uFFFD2J\uFFFD */`;
	await terminal.until(invalid);
	await terminal.type(60, down);
	await terminal.until(selected(session.pid));
	expect([terminal.row(0), terminal.row(-1)]).toEqual([
		expect.stringMatching(/^pgtop /),
		expect.stringMatching(/q quit$/),
	]);
	await terminal.type(60, 'y');
	await terminal.until(/^sent \d+ bytes of the query to the terminal's clipboard: most take less$/);
	await terminal.type(60, '\r');
	await terminal.until(new RegExp(`^Session ${session.pid}`));
	await terminal.until('select pg_sleep(600)');
	// What is known of the session may take another line by the next picture.
	while (terminal.find(/^9999 ␛\]2;pwned␇␦2J␦ě+ \*\/$/) < 0) await terminal.type(300, end);
	await terminal.type(60, 'q');
	await terminal.until(/q quit$/);
	await terminal.type(60, down);
	await terminal.until(selected(raw.pid));
	await terminal.type(60, 'y');
	await terminal.until(`sent ${Buffer.byteLength(invalid)} bytes of the query to `);
	await terminal.type(60, 'q');
	expect(await terminal.exit()).toBe(0);
	expect(harmIn(terminal.bytes())).toEqual([]);
	const [first, ...others] = copies(terminal).map(String);
	expect(first === `${open}${linesWith('␛]2;pwned␇␦2J␦')} */`).toBe(true);
	expect(others).toEqual([invalid]);
});

test('what a server says while the screen is open, and from then on instead of a login, is text only', async () => {
	const evil = '\u001B]2;pwned\u0007\u009B2J\u202E\r\n\u007F';
	const last = Buffer.concat([notice(evil), failure('FATAL', '57P03', evil)]);
	const clients = new Set<Socket>();
	let isOver = false;
	const server = createServer(client => {
		clients.add(client);
		client.on('error', () => {});
		if (isOver) {
			client.once('data', () => client.end(last));
			return;
		}

		const upstream = connect(socketPath(stage.cluster.host, stage.cluster.port));
		upstream.on('error', () => {});
		client.once('close', () => upstream.destroy());
		client.pipe(upstream).pipe(client);
	});
	const {host, port} = await listen(server, clients);
	const way = ['-h', host, '-p', String(port), '-U', 'postgres', '-d', 'appdb'];
	// Asked for TLS first, it would answer that, and the reason of the loss would stand there for a moment only.
	const env = {PGSSLMODE: 'disable'};
	const terminal = start([...way, '--interval=0.5', '--no-audit-log'], {columns: 120, env});
	onTestFinished(async () => terminal.end());
	await terminal.until('PRIMARY');
	isOver = true;
	for (const client of clients) client.end(last);
	await terminal.until(/: ␛\]2;pwned␇␦2J␦ ␡/);
	await terminal.type(60, 'q');
	expect(await terminal.exit()).toBe(0);
	expect(harmIn(terminal.bytes())).toEqual([]);
});
