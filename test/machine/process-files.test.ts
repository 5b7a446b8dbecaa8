import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {copyFile, mkdtemp, open, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {
	readBootTime,
	readBytes,
	readMemory,
	readStat,
	ticksPerSecond,
} from '../../source/machine/process-files.js';

const isLinux = process.platform === 'linux';

test.runIf(isLinux)('our own process has its parent, has used a CPU, and started when it did', async () => {
	const stat = await readStat(process.pid);
	expect(stat?.parent).toBe(process.ppid);
	const {user, system} = process.cpuUsage();
	expect((stat?.cpuTicks ?? 0) / ticksPerSecond).toBeGreaterThan(0);
	expect((stat?.cpuTicks ?? 0) / ticksPerSecond).toBeLessThanOrEqual((user + system) / 1e6 + 0.05);
});

// This is also how one knows that a second has a hundred ticks.
test.runIf(isLinux)('a process has started when it was started, to a second', async () => {
	const before = Date.now();
	const child = spawn('sleep', ['60']);
	onTestFinished(() => void child.kill());
	await once(child, 'spawn');
	const after = Date.now();
	const [stat, boot] = [await readStat(child.pid ?? 0), await readBootTime()];
	const started = (boot ?? 0) / 1000 + ((stat?.startTicks ?? 0) * 1000) / ticksPerSecond;
	expect(started).toBeGreaterThan(before - 1100);
	expect(started).toBeLessThan(after + 100);
});

test.runIf(isLinux)('brackets and blanks in the name of a process change nothing', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-'));
	onTestFinished(async () => rm(folder, {recursive: true}));
	const named = join(folder, 'a) S 1 (b');
	await copyFile('/bin/sleep', named);
	const child = spawn(named, ['60']);
	onTestFinished(() => void child.kill());
	await once(child, 'spawn');
	expect((await readStat(child.pid ?? 0))?.parent).toBe(process.pid);
});

test.runIf(isLinux)('memory is what the process has for itself, and grows with it', async () => {
	const before = (await readMemory(process.pid)) ?? NaN;
	const filled = Buffer.alloc(50_000_000, 1);
	expect((await readMemory(process.pid)) ?? NaN).toBeGreaterThan(before + 30_000_000);
	expect(filled).toHaveLength(50_000_000);
});

test.runIf(isLinux)('what a process has written to storage is counted, and never goes back', async () => {
	const before = await readBytes(process.pid);
	const folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.cache-'));
	onTestFinished(async () => rm(folder, {recursive: true}));
	const file = await open(join(folder, 'file'), 'w');
	await file.write(Buffer.alloc(1_000_000, 1));
	await file.sync();
	await file.close();
	const after = await readBytes(process.pid);
	expect((after?.written ?? NaN) - (before?.written ?? NaN)).toBeGreaterThanOrEqual(1_000_000);
	expect(after?.read).toBeGreaterThanOrEqual(before?.read ?? NaN);
});

test('of a process that is not there nothing is known', async () => {
	const nobody = 99_999_999;
	expect(await readStat(nobody)).toBeUndefined();
	expect(await readMemory(nobody)).toBeUndefined();
	expect(await readBytes(nobody)).toBeUndefined();
});
