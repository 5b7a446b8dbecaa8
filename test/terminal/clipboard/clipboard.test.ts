import {execFile, spawnSync} from 'node:child_process';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {Writable} from 'node:stream';
import {promisify} from 'node:util';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {openClipboard} from '../../../source/terminal/clipboard/clipboard.js';
import {osc52} from '../../../source/terminal/clipboard/osc-52.js';

function clipboard(environment: Readonly<Record<string, string>>) {
	const written: string[] = [];
	const terminal = new Writable({
		write(bytes: Buffer, _, done) {
			written.push(bytes.toString());
			done();
		},
	});
	return {written, copy: openClipboard({environment, terminal})};
}

/** A folder that goes when the test ends. */
async function folder(): Promise<string> {
	const made = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	onTestFinished(() => rm(made, {recursive: true, force: true}));
	return made;
}

const hasTmux = spawnSync('tmux', ['-V']).error === undefined;

describe('a copied text', () => {
	test.runIf(hasTmux)(
		'is in tmux’s buffer where pgtop runs in tmux, and the terminal gets nothing',
		async () => {
			const socket = join(await folder(), 'socket');
			const run = promisify(execFile);
			const tmux = async (...words: string[]) => run('tmux', ['-f', '/dev/null', '-S', socket, ...words]);
			await tmux('new-session', '-d', 'sleep 600');
			onTestFinished(async () => void (await tmux('kill-server')));
			vi.stubEnv('TMUX', `${socket},1,0`);
			onTestFinished(() => void vi.unstubAllEnvs());
			const {copy, written} = clipboard({TMUX: process.env.TMUX ?? ''});
			const text = "select 'ě'\n  from t;\n".repeat(3000);
			expect(await copy(text)).toBe('tmux');
			expect((await tmux('show-buffer')).stdout).toBe(text);
			expect(written).toEqual([]);
		},
	);

	test('goes nowhere where the terminal takes nothing', async () => {
		const copy = openClipboard({environment: {}, terminal: new Writable({write() {}})});
		expect(await copy('x'.repeat(300_000))).toBe('terminal');
		expect(await copy('select 1')).toBe('nowhere');
	});

	test('goes to the terminal where tmux does not take it', async () => {
		const bin = await folder();
		await writeFile(join(bin, 'tmux'), '#!/bin/sh\nexit 1\n');
		await chmod(join(bin, 'tmux'), 0o755);
		vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
		onTestFinished(() => void vi.unstubAllEnvs());
		const {copy, written} = clipboard({TMUX: '/none,1,0'});
		expect(await copy('select 1'.repeat(100_000))).toBe('terminal');
		expect(written).toHaveLength(1);
	});

	test('goes to the terminal where there is no tmux', async () => {
		vi.stubEnv('PATH', await folder());
		onTestFinished(() => void vi.unstubAllEnvs());
		const {copy, written} = clipboard({TMUX: '/none,1,0'});
		expect(await copy('select 1')).toBe('terminal');
		expect(written).toEqual([osc52('select 1', false)]);
	});

	test.each([
		[{}, false],
		[{STY: '1.tty'}, true],
		[{STY: ''}, false],
	])('goes to the terminal, in GNU screen through that: %j', async (environment, isInScreen) => {
		const {copy, written} = clipboard(environment);
		expect(await copy('select 1')).toBe('terminal');
		expect(written).toEqual([osc52('select 1', isInScreen)]);
	});
});
