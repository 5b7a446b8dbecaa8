import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {OutcomeRecord, SignalRecord} from '../../source/domain/signal/record.js';
import {widthOf} from '../../source/domain/text/width.js';
import {report} from '../../source/files/report.js';
import {hostileText} from '../domain/text/hostile.js';
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

test('an empty file has a title only', async () => {
	expect(await reported()).toBe('TIME  BY  SERVER  KEY  PID  SESSION  OUTCOME\n');
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

test.each([
	['600', false],
	['644', false],
	['620', true],
	['602', true],
])('of a file of mode %s it is said whether others may have written in it', async (mode, isOpen) => {
	const file = join(folder, `mode-${mode}`);
	await writeFile(file, '');
	await chmod(file, Number.parseInt(mode, 8));
	expect(await report(file)).toMatchObject({type: 'read', isOpen});
});
