import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {cleanEnvironment} from '../../helpers/clean-environment.js';
import {type Said, startLiar} from '../../helpers/network/liar.js';
import {
	claiming,
	columns,
	complete,
	hello,
	message,
	notice,
	ready,
	row,
	welcome,
} from '../../helpers/network/messages.js';
import {endTerminals, program, start} from '../../helpers/terminal/terminal.js';
import {newestNode} from '../stage.js';

const mega = 1024 ** 2;

/** In megabytes. */
const mostMemory = 300;

/** Writes down at the end how much memory the process had at most, in kilobytes. */
const measuring = `
import {writeFileSync} from 'node:fs';
process.on('exit', () => writeFileSync(process.env.PGTOP_TEST_MEMORY, String(process.resourceUsage().maxRSS)));
`;

const begun = Buffer.concat([welcome, ready]);
const many = (bytes: Buffer) =>
	Buffer.concat(Array.from({length: Math.ceil(60_000 / bytes.length)}, () => bytes));

const noProtocol = /^pgtop: what answers at 127\.0\.0\.1:\d+ does not speak PostgreSQL's protocol\n$/;
const tooLong = /^pgtop: 127\.0\.0\.1:\d+ sends a message of more than 16 MB\n$/;
const tooMuch = /^pgtop: 127\.0\.0\.1:\d+ answers with more than 64 MB\n$/;

type Case = readonly [what: string, answers: readonly Said[], why: RegExp];

const beforeLogin: readonly Case[] = [
	['an error without an end', [message('E', 'SFATAL')], noProtocol],
	['a message of 2 GB', [claiming(0x7fffffff, welcome)], noProtocol],
	[
		'an error of 2 GB that goes on',
		[{endless: Buffer.concat([claiming(0x7fffffff, message('E')), Buffer.alloc(mega, 'x')])}],
		noProtocol,
	],
	['notices without an end', [{endless: many(notice('welcome'))}], tooMuch],
	['zeros', [{endless: Buffer.alloc(mega)}], noProtocol],
];

const afterLogin: readonly Case[] = [
	['an error without an end', [message('E', 'SERROR\0Mno end')], noProtocol],
	['a row of 1 GB', [Buffer.concat([columns('a'), claiming(1024 * mega, message('D'))])], tooLong],
	['rows of 15 MB', [{endless: Buffer.concat([columns('a'), row('x'.repeat(15 * mega))])}], tooMuch],
	['rows', [{endless: Buffer.concat([columns('a'), many(row('x'.repeat(100)))])}], tooMuch],
	[
		'rows of wide characters',
		[{endless: Buffer.concat([columns('a'), many(row('€'.repeat(100)))])}],
		tooMuch,
	],
	['empty rows', [{endless: Buffer.concat([columns('a'), many(row(''))])}], tooMuch],
	['empty columns', [{endless: Buffer.concat([columns(...Array.from({length: 1000}, () => ''))])}], tooMuch],
	['warnings', [{endless: many(notice('again'))}], tooMuch],
	['statements', [{endless: many(complete('SELECT 0'))}], tooMuch],
	['zeros', [{endless: Buffer.alloc(mega)}], noProtocol],
];

/** Some of these are answers. */
const ends: readonly Said[] = [{endless: many(ready)}];
const orUnread =
	/^pgtop: (?:127|the server (?:has not answered every statement|answered nothing where a number belongs))/;

describe.each(newestNode)('Node $version', ({node}) => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
		await writeFile(join(folder, 'measuring.mjs'), measuring);
	});

	afterAll(async () => {
		await endTerminals();
		await rm(folder, {recursive: true});
	});

	/** What it says, how it ends and how much memory it takes, in megabytes. */
	async function runOnce(port: number) {
		const memory = join(folder, `memory-${port}`);
		const child = spawn(
			node,
			[
				'--import',
				pathToFileURL(join(folder, 'measuring.mjs')).href,
				program,
				'--once',
				'-h',
				'127.0.0.1',
				'-p',
				String(port),
				'-U',
				'dba',
				'shop',
			],
			{env: {...cleanEnvironment(), PGTOP_TEST_MEMORY: memory}, stdio: ['ignore', 'pipe', 'pipe']},
		);
		onTestFinished(() => void child.kill('SIGKILL'));
		const said = {out: '', error: ''};
		child.stdout.on('data', (bytes: Buffer) => {
			said.out += bytes.toString();
		});
		child.stderr.on('data', (bytes: Buffer) => {
			said.error += bytes.toString();
		});
		const [code] = (await once(child, 'close')) as [number | null];
		return {...said, code, megabytes: Number(await readFile(memory, 'utf8')) / 1024};
	}

	test.each<Case>([
		...beforeLogin.map(([what, answers, why]): Case => [`${what} before the login`, answers, why]),
		...afterLogin.map(([what, answers, why]): Case => [`${what} after it`, [begun, hello, ...answers], why]),
		...afterLogin.map(
			([what, answers, why]): Case => [`${what} in answer to the first question`, [begun, ...answers], why],
		),
		['ends of answers after it', [begun, hello, ...ends], orUnread],
		['ends of answers in answer to the first question', [begun, ...ends], orUnread],
	])('%s: one sentence, and not much memory', async (_, answers, why) => {
		const liar = await startLiar(...answers);
		const {out, error, code, megabytes} = await runOnce(liar.port);
		expect(error).toMatch(why);
		expect({out, code}).toEqual({out: '', code: 1});
		expect(megabytes).toBeLessThan(mostMemory);
	});

	test.each<Case>(afterLogin)(
		'%s: the keys answer, and the screen says what came',
		async (_, answers, why) => {
			const liar = await startLiar(begun, hello, ...answers);
			const terminal = start(['-h', '127.0.0.1', '-p', String(liar.port), '-U', 'dba', 'shop'], {
				node,
				columns: 120,
			});
			await terminal.until(/sends a message of more than|answers with more than|does not speak/);
			expect(`pgtop: ${terminal.screen().join('\n')}`).toContain(
				why.source.match(/[a-z ]{18,}/)?.[0].trim() ?? '?',
			);
			await terminal.type('q');
			expect(await terminal.exit()).toBe(0);
		},
	);

	test.each([
		['q', 'q'],
		['Ctrl-C', '\u0003'],
	])('%s ends it while a server sends and sends', async (_, key) => {
		// As much as is allowed for each answer, and each time anew.
		const liar = await startLiar(begun, hello, {endless: many(notice('again'))});
		const terminal = start(['-h', '127.0.0.1', '-p', String(liar.port), '-U', 'dba', 'shop'], {node});
		// Until the screen is opened, Ctrl-C is a signal.
		await terminal.until(() => terminal.isAlternate() && liar.heard().includes('pg_stat_get_activity'));
		await terminal.type(key);
		expect(await terminal.exit()).toBe(0);
	});

	test.each([
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)('%s ends it while it logs in to a server that sends and sends', async (signal, code) => {
		const liar = await startLiar({endless: many(notice('wait'))});
		const terminal = start(['-h', '127.0.0.1', '-p', String(liar.port), '-U', 'dba', 'shop'], {node});
		await terminal.until(() => liar.heard().includes('dba'));
		terminal.signal(signal);
		expect(await terminal.exit()).toBe(code);
	});
});
