import {type ChildProcess, spawn} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {setTimeout} from 'node:timers/promises';
import {build} from 'esbuild';
import {afterAll, beforeAll, expect, test} from 'vitest';

let folder: string;
let program: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	await chmod(folder, 0o755);
	const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'pgtop-test');
	await mkdir(cache, {recursive: true});
	program = join(await mkdtemp(join(cache, 'child-')), 'launch-child.mjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'launch-child.ts')],
		outfile: program,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		external: ['pg'],
		logLevel: 'error',
	});
});

afterAll(async () => {
	await rm(join(program, '..'), {recursive: true});
	await rm(folder, {recursive: true});
});

/** A program with a folder for temporary files of its own, so that all it leaves behind can be seen. */
async function start(what: 'server' | 'demo') {
	const temporary = await mkdtemp(join(folder, 'tmp-'));
	await chmod(temporary, 0o1777);
	const child = spawn(process.execPath, [program, what], {
		env: {...process.env, TMPDIR: temporary},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	return {child, temporary, lines: createInterface({input: child.stdout})[Symbol.asyncIterator]()};
}

async function until(condition: () => Promise<boolean>) {
	while (!(await condition())) {
		await setTimeout(20);
	}
}

const isEmpty = async (path: string) => (await readdir(path)).length === 0;

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function kill(child: ChildProcess, signal: NodeJS.Signals) {
	const exited = new Promise(resolve => child.once('exit', resolve));
	child.kill(signal);
	await exited;
}

test.each([
	['server', 'SIGTERM'],
	['server', 'SIGKILL'],
	['demo', 'SIGINT'],
	['demo', 'SIGKILL'],
] as const)('a program with a %s leaves nothing behind after %s', async (what, signal) => {
	const {child, temporary, lines} = await start(what);
	await lines.next();
	const {value: line} = await lines.next();
	const host = String(line).replace('started ', '');
	expect(host).toContain(temporary);
	const pid = Number.parseInt(await readFile(join(host, 'data', 'postmaster.pid'), 'utf8'), 10);
	expect(isAlive(pid)).toBe(true);

	await kill(child, signal);

	await until(async () => isEmpty(temporary));
	expect(isAlive(pid)).toBe(false);
});

test('a program killed while initdb runs leaves nothing behind', async () => {
	const {child, temporary} = await start('server');
	await until(async () => {
		const [name = '.'] = await readdir(temporary);
		return (await readdir(join(temporary, name))).includes('data');
	});

	await kill(child, 'SIGKILL');

	await until(async () => isEmpty(temporary));
	// Nothing comes back either.
	await setTimeout(1500);
	expect(await isEmpty(temporary)).toBe(true);
});
