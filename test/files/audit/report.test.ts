import {execFile} from 'node:child_process';
import {chmod, chown, link, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {OutcomeRecord, SignalRecord} from '../../../source/domain/signal/record.js';
import {widthOf} from '../../../source/domain/text/width.js';
import {report} from '../../../source/files/audit/report.js';
import {longestLine} from '../../../source/files/lines-of.js';
import {hostileText} from '../../domain/text/hostile.js';
import {author, ended, facts, statement} from './signals.js';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'pgtop-report-'));
});

afterAll(async () => rm(folder, {recursive: true}));

const signal = (given: Partial<SignalRecord> = {}): SignalRecord => ({
	event: 'signal',
	id: 'run-1',
	time: '2026-11-22T14:03:22.123Z',
	...author,
	...facts(),
	statement,
	...given,
});

const outcome = (given: Partial<OutcomeRecord> = {}): OutcomeRecord => ({
	event: 'outcome',
	id: 'run-1',
	time: '2026-11-22T14:03:23.123Z',
	...ended,
	...given,
});

async function reported(...lines: readonly (object | string)[]): Promise<string> {
	const file = join(folder, 'signals.jsonl');
	const texts = lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line)));
	await writeFile(file, texts.map(text => `${text}\n`).join(''));
	const told = await report(file);
	if (told.type !== 'read') throw new Error(`it was ${told.type}`);
	return told.text;
}

test('every signal is a line with the last that was seen of it', async () => {
	const text = await reported(
		signal(),
		signal({id: 'run-2', signal: 'cancel', pid: 52871, user: null, database: null, application: null}),
		outcome({outcome: 'still there', sentence: 'still there after 5.0s'}),
		outcome(),
	);
	expect(text).toMatchInlineSnapshot(`
		"TIME                 BY      SERVER             KEY  PID    SESSION            OUTCOME
		2026-11-22 14:03:22  tester  dba@db1:5432/shop  k    4388   api@shop checkout  ended 0.2s after k
		2026-11-22 14:03:22  tester  dba@db1:5432/shop  c    52871  ?@?                nothing was seen
		"
	`);
});

test('who called sudo stands behind the user, as far as a line tells', async () => {
	const text = await reported(
		signal({osUser: 'postgres', sudoUser: 'anna'}),
		{...signal({osUser: 'bob'}), sudoUser: undefined},
		{...signal({osUser: 'carol'}), sudoUser: 5},
		signal({osUser: 'dave', sudoUser: ''}),
	);
	const by = text
		.split('\n')
		.map(line => line.slice(21, line.includes('dba@') ? line.indexOf('dba@') : undefined).trim());
	expect(by.slice(1, 5)).toEqual(['postgres (sudo: anna)', 'bob', 'carol', 'dave']);
});

const told = async (text: string | Buffer) => {
	const file = join(folder, 'told');
	await writeFile(file, text);
	return report(file);
};

test.each([
	['empty', ''],
	['of line ends', '\n\r\n \n'],
	['of outcomes, whose signals were moved away', `${JSON.stringify(outcome())}\n`],
])('a file that is %s has no signals', async (_, text) => {
	expect(await told(text)).toEqual({type: 'empty'});
});

test.each([
	['words', 'root:x:0:0:root:/root:/bin/bash\n'],
	['JSON', '{"event":"login"}\n'],
	['a number without a line end', '5'],
	['a line that is longer than any of ours', Buffer.alloc(longestLine + 1)],
])('a file of %s is another one', async (_, text) => {
	expect(await told(text)).toEqual({type: 'foreign'});
});

test('a line that is longer than any of ours is left out, and the longest is not', async () => {
	const query = 'x'.repeat(longestLine - JSON.stringify(signal({query: '', pid: 11_111})).length);
	const longest = signal({query, pid: 11_111});
	expect(JSON.stringify(longest)).toHaveLength(longestLine);
	const longer = signal({query: `${query}x`, pid: 22_222});
	const text = await reported(longer, longest, signal({pid: 33_333}));
	expect(text.match(/11111|22222|33333/g)).toEqual(['11111', '33333']);
});

test('a letter of several bytes that two reads part stays whole', async () => {
	// The stream reads 64 kB at a time.
	for (const fill of [0, 1, 2]) {
		const line = signal({query: `${'x'.repeat(fill)}${'漢'.repeat(40_000)}`, osUser: '漢字'});
		expect(await reported(line, line, line)).toMatch(/(?:.* 漢字 .*\n){3}$/);
	}
});

test.each(['/dev/zero', '/dev/null', '/dev/full'])('%s is no file to read', async device => {
	expect(await report(device)).toEqual({type: 'failed', why: `${device} is a device`});
});

test('a pipe is read, whoever may write into it', async () => {
	const pipe = join(folder, 'pipe');
	await promisify(execFile)('mkfifo', ['-m', '666', pipe]);
	const link = join(folder, 'link-to-pipe');
	await symlink(pipe, link);
	for (const file of [pipe, link]) {
		const reading = report(file);
		await writeFile(file, `${JSON.stringify(signal())}\n`);
		expect(await reading).toEqual({type: 'read', text: expect.stringContaining(' 4388 ')});
	}
});

test('what is cut off, foreign or of another version is left out, and the rest is shown', async () => {
	const lines = [
		'{"event":"signal","id":"run-0","ti',
		'',
		'null',
		'5',
		'[]',
		'"signal"',
		'{}',
		'{"event":"login"}',
		'{"event":"signal"}',
		{...signal(), time: undefined},
		{...signal(), time: 5},
		{...signal(), signal: 'hup'},
		{...signal(), osUser: null},
		{...signal(), server: {}},
		{event: 'outcome'},
		{event: 'outcome', id: 'run-1', sentence: null},
		{event: 'outcome', id: 'run-1', sentence: 5},
	];
	for (const line of lines) {
		const text = await reported(line, signal({pid: 77_777}), outcome());
		expect(text, JSON.stringify(line)).toMatch(/\b77777\b.*ended 0\.2s after k\n/);
	}
});

test('nothing in the file reaches the terminal raw, and every line stays a line', async () => {
	await fc.assert(
		fc.asyncProperty(hostileText, hostileText, hostileText, async (one, two, three) => {
			const text = await reported(
				signal({osUser: one, server: two, application: three, user: one, database: two, time: three}),
				outcome({sentence: one}),
			);
			expect(text.split('\n')).toHaveLength(3);
			expect(text).not.toMatch(/[\0-\t\v-\x1F\x7F-\x9F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/);
			expect(text).not.toMatch(/\p{Surrogate}/u);
		}),
	);
});

test('columns stand under each other, in wide letters too', async () => {
	const text = await reported(
		signal({osUser: '漢字', application: 'ｱﾞ'}),
		signal({osUser: 'x', application: ''}),
		outcome(),
	);
	const places = text
		.trimEnd()
		.split('\n')
		.slice(1)
		.map(line => widthOf(line.slice(0, line.indexOf('dba@db1'))));
	expect(new Set(places).size).toBe(1);
});

test('a file that is not there is missing, and what can not be read has a reason', async () => {
	expect(await report(join(folder, 'none'))).toEqual({type: 'missing'});
	expect(await report(folder)).toEqual({type: 'failed', why: `${folder} is a directory`});
	const file = join(folder, 'plain');
	await writeFile(file, '');
	const below = join(file, 'signals.jsonl');
	expect(await report(below)).toEqual({type: 'failed', why: `${below} stands below what is no directory`});
});

describe('why others may have written in it', () => {
	const line = `${JSON.stringify(signal())}\n`;
	const doubtOf = async (file: string) => {
		const read = await report(file);
		return 'doubt' in read ? read.doubt : undefined;
	};
	const openToOthers = 'may be written by others (chmod 600 makes it private)';

	test.each([
		['600', undefined],
		['644', undefined],
		['620', openToOthers],
		['602', openToOthers],
	])('mode %s', async (mode, doubt) => {
		for (const text of ['', line]) {
			const file = join(folder, `mode-${mode}`);
			await writeFile(file, text);
			await chmod(file, Number.parseInt(mode, 8));
			expect(await doubtOf(file)).toBe(doubt);
		}
	});

	test('another owner', async ({skip}) => {
		skip(process.getuid?.() !== 0, 'only root can give a file away');
		const file = join(folder, 'given-away');
		await writeFile(file, line);
		await chown(file, 54_321, 54_321);
		expect(await doubtOf(file)).toBe('belongs to another user');
	});

	test('links', async () => {
		const [file, soft, hard] = [join(folder, 'target'), join(folder, 'soft'), join(folder, 'hard')];
		await writeFile(file, line);
		await symlink('target', soft);
		expect(await doubtOf(soft)).toBe('is a link');
		expect(await doubtOf(file)).toBeUndefined();
		await link(file, hard);
		expect(await doubtOf(hard)).toBe('has another name: a hard link');
	});
});
