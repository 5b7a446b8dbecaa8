import {expect, test} from 'vitest';
import type {LockRow} from '../../../source/domain/locks/lock-row.js';
import {preparedId} from '../../../source/domain/locks/prepared-session.js';
import {freesWords, letsGoOnWords} from '../../../source/domain/locks/words/frees-words.js';
import {losesWords} from '../../../source/domain/locks/words/loses-words.js';
import {lockWords, waitsForWords} from '../../../source/domain/locks/words/waits-for-words.js';
import {rowId} from '../../../source/domain/session/backend.js';
import {backend, noon, second, snapshot} from '../../helpers/state/backend.js';
import {locksOf} from '../../helpers/state/locked.js';

const by = {by: rowId(1, 1, 1)};

test.each([
	[{least: 5, most: 5}, 'frees 5 now', 'lets 5 go on'],
	[{least: 0, most: 1}, 'frees up to 1 now', 'lets up to 1 go on'],
	[{least: 1, most: 4}, 'frees 1-4 now', 'lets 1-4 go on'],
	[
		{least: 0, most: 0, nothing: {type: 'holds it too', pid: 4390, ...by}},
		'frees 0 now: 4390 holds it too',
		'lets nobody go on: 4390 holds it too',
	],
	[
		{least: 0, most: 0, nothing: {type: 'has the row', pid: 4211, ...by}},
		'frees 0 now: 4211 has the row',
		'lets nobody go on: 4211 has the row',
	],
	[
		{least: 0, most: 0, nothing: {type: 'waits before them', pid: 0, ...by}},
		'frees 0 now: a prepared transaction waits before them',
		'lets nobody go on: a prepared transaction waits before them',
	],
	[{least: 0, most: 0}, undefined, undefined],
] as const)('%o', (frees, ends, lets) => {
	expect(freesWords(frees)).toBe(ends);
	expect(letsGoOnWords(frees)).toBe(lets);
});

const waiter = backend(4388);
const lock = (key: string, facts: Partial<LockRow> = {}): LockRow => ({
	key,
	type: key.split(' ')[0] ?? '',
	mode: 'ShareLock',
	isGranted: false,
	pids: [4388],
	count: 1,
	...facts,
});
const table = {databaseId: 16_384, relationId: 16_402};
const picture = snapshot([waiter], {
	relations: [
		{id: 16_402, name: 'orders'},
		{id: 1262, name: 'pg_catalog.pg_database'},
	],
});

test.each([
	['relation 16384 16402', table, 'ShareLock on relation orders'],
	['relation 16384 7', {...table, relationId: 7}, 'ShareLock on relation 7'],
	['relation 0 1262', {relationId: 1262}, 'ShareLock on relation pg_catalog.pg_database'],
	['relation 0 1260', {relationId: 1260}, 'ShareLock on relation 1260'],
	['tuple 16384 16402 0 1', table, 'ShareLock on tuple of relation orders'],
	['extend 16384 16402', table, 'ShareLock on extend of relation orders'],
	['transactionid 771', {xid: 771}, 'ShareLock on transactionid 771'],
	['virtualxid 3/12', {}, 'ShareLock on virtualxid 3/12'],
	['advisory 16384 0 42 1', {databaseId: 16_384}, 'ShareLock on advisory 42'],
	['advisory 16384 4294967295 4294967295 1', {databaseId: 16_384}, 'ShareLock on advisory -1'],
	['advisory 16384 7 4294967294 2', {databaseId: 16_384}, 'ShareLock on advisory 7, -2'],
	['object 16384 1247 16500 0', {databaseId: 16_384}, 'ShareLock on object'],
])('the object %s is named', (key, facts, words) => {
	expect(lockWords(lock(key, facts), waiter, picture)).toBe(words);
});

test('a table of another database has no name here, but its database has', () => {
	const other = backend(4388, {database: 'archive'});
	expect(lockWords(lock('relation 5 16402', {...table, databaseId: 5}), other, picture)).toBe(
		'ShareLock on relation 16402 in archive',
	);
});

test('the first in the queue for a row has its tuple, and that names the table', () => {
	const tuple = lock('tuple 16384 16402 0 1', {...table, isGranted: true});
	const known = {...picture, locks: {rows: [tuple], serverMs: 1}};
	const xid = lock('transactionid 771', {xid: 771});
	expect(lockWords(xid, waiter, known)).toBe('ShareLock on transactionid 771, a row of orders');
	expect(lockWords(xid, backend(4390), known)).toBe('ShareLock on transactionid 771');
});

const wait = {lock: lock('transactionid 771', {xid: 771}), since: noon - 252 * second};
const under = {id: rowId(4211, 1, 1), pid: 4211, isQueued: false, more: 0};

test('for whom it waits, for how long, and for what', () => {
	const words = (sight: object) =>
		waitsForWords({wait, under, blocks: 0, isBlocker: false, ...sight}, waiter, picture);
	expect(words({})).toBe('for 4211, 4m12s: ShareLock on transactionid 771');
	expect(words({under: {...under, more: 2}})).toBe(
		'for 4211 and 2 more, 4m12s: ShareLock on transactionid 771',
	);
	expect(words({under: {...under, isQueued: true}})).toContain('behind 4211, 4m12s: ');
	expect(words({under: undefined})).toBe('4m12s: ShareLock on transactionid 771');
	expect(words({wait: {...wait, isSinceGuessed: true}})).toContain('for 4211, <=4m12s: ');
	expect(words({wait: {lock: wait.lock}})).toContain('for 4211, 0.0s: ');
	expect(words({wait: undefined})).toBeUndefined();
});

test('a prepared transaction is named by the beginning of its gid', () => {
	const prepared = {gid: 'x'.repeat(60), owner: 'app', database: 'shop', preparedAt: noon, xid: 1};
	const sight = {wait, under: {...under, pid: 0, id: preparedId(prepared)}, blocks: 0, isBlocker: false};
	const known = snapshot([waiter], {prepared: [prepared], locks: locksOf([])});
	expect(waitsForWords(sight, waiter, known)).toMatch(/^for prepared transaction x{23}~, 4m12s: /);
	expect(waitsForWords(sight, waiter, snapshot([]))).toMatch(/^for a prepared transaction, /);
});

const waitSince = (since: number | undefined) => ({
	lock: {
		key: 'relation 1',
		type: 'relation',
		mode: 'AccessExclusiveLock',
		isGranted: false,
		pids: [1],
		count: 1,
	},
	...(since !== undefined && {since}),
});
const alter = backend(1, {xactStart: noon, queryStart: noon, query: 'ALTER TABLE orders ADD note text'});
const {xactStart: _, queryStart: __, ...untold} = alter;

test.each([
	['that came to wait at once', 'loses nothing', alter, noon + 1000],
	['that has a transaction id, as an ALTER has', 'loses that query only', {...alter, xid: 7}, noon + 1000],
	['that worked before it came to wait', 'loses that query only', alter, noon + 9 * second],
	['of which nobody knows since when it waits', 'loses that query only', alter, undefined],
	['in a transaction', 'aborts its transaction', {...alter, xactStart: noon - second}, noon + 1000],
	[
		'that works CONCURRENTLY',
		undefined,
		backend(1, {xactStart: noon, queryStart: noon, query: 'CREATE INDEX CONCURRENTLY ON orders (id)'}),
		noon + 1000,
	],
	['that this role does not see', undefined, {...untold, isVisible: false}, noon + 1000],
])('a cancel of a waiter %s: %s', (_what, words, session, since) => {
	expect(losesWords(session, waitSince(since))).toBe(words);
});
