import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {Figure} from './figure.js';
import {comparedWith, type Facts, readSaves, savedFor, withRun, writeSaves} from './saved.js';
import {rounded, tableOf} from './table.js';

const start: Figure = {name: 'start', unit: 'ms', values: {pgtop: 90.04, pg_activity: 180}};
const memory: Figure = {name: 'memory', unit: 'MB', values: {pgtop: 101.7, pg_activity: 33}};
const facts: Facts = {node: '24.1.0', postgresql: '18.4', cores: 2, warm: 60};

const savedWith = (...figures: readonly Figure[]) => savedFor(facts, withRun({}, facts, figures));

const cellsOf = (table: string) =>
	table.split('\n').map(line =>
		line
			.split('|')
			.slice(1, -1)
			.map(cell => cell.trim()),
	);

test('three digits of a figure are shown', () => {
	expect([1458.7, 90.04, 5.678, 0.05].map(rounded)).toEqual(['1459', '90.0', '5.68', '0.05']);
});

test('each peer has its column, and how many times its figure pgtop needs', () => {
	expect(cellsOf(tableOf([start, memory]))).toEqual([
		['', 'unit', 'pgtop', 'pg_activity', ''],
		[expect.stringMatching(/^-+$/), expect.any(String), ...Array(3).fill(expect.stringMatching(/^-+:$/))],
		['start', 'ms', '90.0', '180', '0.50 ×'],
		['memory', 'MB', '102', '33.0', '3.08 ×'],
	]);
});

test('a peer that is not installed has no columns, and one that lacks a figure a dash', () => {
	const held: Figure = {name: 'held', unit: 'bytes', values: {pgtop: 8, pg_activity: undefined}};
	expect(cellsOf(tableOf([held]))).toEqual([
		['', 'unit', 'pgtop'],
		expect.any(Array),
		['held', 'bytes', '8.00'],
	]);
	expect(cellsOf(tableOf([start, held])).at(-1)).toEqual(['held', 'bytes', '8.00', '–', '–']);
});

test('lines of a table are equally wide', () => {
	const lines = tableOf([start, memory], savedWith(memory)).split('\n');
	expect(new Set(lines.map(({length}) => length)).size).toBe(1);
});

test('a run is compared with the saved one, figure by figure', () => {
	const saved = savedWith(
		{name: 'start', unit: 'ms', values: {pgtop: 100}},
		{name: 'memory', unit: 'MB', values: {pgtop: 100}},
		{name: 'of a peer', unit: 'ms', values: {pg_activity: 1}},
	);
	const other: Figure = {name: 'of a peer', unit: 'ms', values: {pgtop: 1}};
	const fresh: Figure = {name: 'fresh', unit: 'ms', values: {pgtop: 1}};
	const same: Figure = {name: 'memory', unit: 'MB', values: {pgtop: 100.2}};
	const rows = cellsOf(tableOf([start, memory, same, fresh, other], saved)).map(cells => cells.slice(-2));
	expect(rows).toEqual([
		['saved', 'change'],
		expect.any(Array),
		['100', '−10 %'],
		['100', '+2 %'],
		['100', '0 %'],
		['–', '–'],
		['–', '–'],
	]);
});

test('what is saved is read again, and where nothing is there is nothing to compare with', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'pgtop-test-'));
	onTestFinished(async () => rm(folder, {recursive: true}));
	const file = join(folder, 'saved.json');
	expect(await readSaves(file)).toEqual({});
	const older = {...facts, node: '20.2.0'};
	const saves = withRun(withRun({}, facts, [start]), older, [memory]);
	await writeSaves(file, saves);
	const read = await readSaves(file);
	expect(read).toEqual(saves);
	// Each with what the same Node.js has made.
	expect(savedFor({...facts, node: '24.9.9'}, read)?.figures).toEqual([start]);
	expect(savedFor(older, read)?.figures).toEqual([memory]);
	expect(savedFor({...facts, node: '22.0.0'}, read)).toBeUndefined();
	await writeFile(file, '{');
	await expect(readSaves(file)).rejects.toThrow(SyntaxError);
});

test('a run elsewhere than the saved one says so', () => {
	const saved = savedWith();
	expect(comparedWith(facts, saved)).toMatch(/ with the same\.$/);
	expect(comparedWith({...facts, cores: 8}, saved)).toMatch(/: Node\.js 24\.1\.0, .* 2 cores/);
	expect(comparedWith(facts, undefined)).toMatch(/^Nothing is saved of Node\.js 24 /);
});
