import {execFile, spawnSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, onTestFinished, test} from 'vitest';
import type {Terminal} from '../../helpers/terminal/terminal.js';
import {newestNode, onEachNode, type Stage, select} from '../stage.js';

const hasTmux = spawnSync('tmux', ['-V']).error === undefined;

const conditions = Array.from({length: 90}, (_, index) => `  and 'jeden ě' <> 'řádek ${index + 1}'\n`);

/** Longer than what the list reads of a text, and than a line of any terminal. */
const query = `select pg_sleep(600)\nwhere true\n${conditions.join('')}-- its end`;
const bytes = Buffer.byteLength(query);

/** A session that runs it, and a terminal in which it is selected. */
async function selectIn(stage: Stage, options: Parameters<Stage['watch']>[0] = {}) {
	const session = await stage.open('select 1');
	void session.start(query);
	await session.untilActive();
	const terminal = await stage.watch(options);
	await select(terminal, session.pid);
	return {session, terminal};
}

/** What the terminal was told to put into its clipboard. */
const copies = (terminal: Terminal) =>
	[
		...terminal
			.bytes()
			.toString('latin1')
			.matchAll(/\u001B\]52;c;([^\u0007]*)\u0007/g),
	].map(([, text = '']) => Buffer.from(text, 'base64').toString());

onEachNode({among: newestNode, isCleared: true, settings: {track_activity_query_size: '16kB'}}, stage => {
	test.sequential('y in the list gives the terminal a query of 3 kB whole', async () => {
		expect(bytes).toBeGreaterThan(3000);
		const {terminal} = await selectIn(stage);
		await terminal.type('y');
		await terminal.until(`sent ${bytes} bytes of the query to the terminal's clipboard: it may not arrive`);
		expect(copies(terminal)).toEqual([query]);
		expect(await stage.signalsSent()).toBe(0);
	});

	test.sequential('Y has the session as text: who it is, what it does, and its whole query', async () => {
		const {session, terminal} = await selectIn(stage);
		await terminal.type('Y');
		const said = new RegExp(`^sent (\\d+) bytes of session ${session.pid} to the terminal's clipboard`);
		await terminal.until(said);
		const [text = '', ...others] = copies(terminal);
		expect(others).toEqual([]);
		const [, told] = said.exec(terminal.row(terminal.find(said))) ?? [];
		expect(Buffer.byteLength(text)).toBe(Number(told));
		expect(text).toMatch(new RegExp(`^session ${session.pid} of postgres@.*, PostgreSQL \\d`));
		for (const field of [/state +active for /, /user +app/, /database +appdb/, /application +test/])
			expect(text).toMatch(new RegExp(`^ {2}${field.source}`, 'm'));
		expect(text.endsWith(`\n\n${query}\n`)).toBe(true);
	});

	test.sequential('in tmux with its default settings y has it in the buffer of tmux', async ({skip}) => {
		skip(!hasTmux, 'there is no tmux');
		const folder = await mkdtemp(join(tmpdir(), 'pgtop-tmux-'));
		onTestFinished(() => rm(folder, {recursive: true}));
		const words = ['-S', join(folder, 'socket'), '-f', '/dev/null'];
		const tmux = async (...command: string[]) => promisify(execFile)('tmux', [...words, ...command]);
		onTestFinished(async () => void (await tmux('kill-server').catch(() => {})));
		const {terminal} = await selectIn(stage, {under: ['tmux', ...words, 'new-session']});
		await terminal.type('y');
		await terminal.until(`copied ${bytes} bytes of the query to tmux's buffer`);
		expect((await tmux('show-buffer')).stdout).toBe(query);
	});
});
