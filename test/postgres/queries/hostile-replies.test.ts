import {expect, test} from 'vitest';
import {parts, partTable} from '../../../source/postgres/parts.js';
import {backendWidth, toBackend} from '../../../source/postgres/queries/backends.js';
import {readInspected} from '../../../source/postgres/queries/inspect/inspect.js';
import {readSessionLocks} from '../../../source/postgres/queries/inspect/session-locks.js';
import {remember} from '../../../source/postgres/queries/names.js';
import {countersQuery} from '../../../source/postgres/queries/parts/counters.js';
import {
	recoveryQuery,
	selfQuery,
	startQuery,
	zoneQuery,
} from '../../../source/postgres/queries/parts/facts.js';
import {limitsQuery} from '../../../source/postgres/queries/parts/limits.js';
import {locksQuery, relationsQuery} from '../../../source/postgres/queries/parts/locks.js';
import {
	archiverQuery,
	receiverQuery,
	slotsQuery,
	standbysQuery,
	walQuery,
} from '../../../source/postgres/queries/parts/replication.js';
import {
	nextXidQuery,
	preparedQuery,
	vacuumsQuery,
	wraparoundQuery,
} from '../../../source/postgres/queries/parts/transactions.js';
import type {Cells} from '../../../source/postgres/queries/query.js';
import {readRights} from '../../../source/postgres/queries/rights.js';
import {readDenied} from '../../../source/postgres/queries/signal/denied.js';
import {seenWidth, toLocksHeld, toLook} from '../../../source/postgres/queries/signal/look.js';
import {readSignalling} from '../../../source/postgres/queries/signal/signal.js';
import {newNames, told} from '../../helpers/server/told.js';

/** Control characters, what turns the direction, and what is not seen. */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const hostile = '\u001B]52;c;cHduZWQ=\u0007\u009B2J\u202Egnp\u2066\u200B\u2028\u0085\r\nx\uD800';

const times = ['1', '2', '3', '4'];
const backend: Cells = [
	...[4711, null, 'client backend', '10', '5', 'app', 'shop', 'UTF8', 'web', '10.0.0.1', 5555],
	...[...times, 'active', 'Lock', 'relation', 'select 1', 8, '42'],
	...['-5', '6', '3'],
];
const seen: Cells = [4711, '10', ...times, 'active', 'Lock', 'relation', '42'];
const answerer: Cells = [4712, '1'];
const grantee: Cells = ['app', true, true, false];

const readBackend = (row: Cells) => {
	const names = newNames();
	remember(names, [row], 'UTF8');
	return toBackend(row, told, names, parts);
};

/** Every reader, with a row that it takes. */
const readers: Readonly<Record<string, readonly [row: Cells, read: (row: Cells) => unknown]>> = {
	backend: [backend, readBackend],
	inspected: [
		[
			...[...backend, '5', '7', 3, false, 'db1', 'TLSv1.3', 'TLS_AES_256_GCM_SHA384', true, true],
			...['app@EXAMPLE.ORG', '99', 'select 1', 5, true, 'Waiting for it.', ...answerer],
		],
		row => readInspected({pids: [4711], isWhole: true, wanted: parts, extras: []}, [[row]], told, newNames()),
	],
	'session locks': [
		[
			'ShareLock',
			false,
			'2',
			'5',
			'tuple',
			'5',
			true,
			'16402',
			4,
			7,
			null,
			null,
			null,
			null,
			null,
			'app',
			'item',
			null,
		],
		row => readSessionLocks([row], newNames(), 'UTF8'),
	],
	'a lock of an object': [
		[
			'ShareLock',
			true,
			'2',
			null,
			'object',
			'5',
			false,
			null,
			null,
			null,
			null,
			null,
			'1259',
			'7',
			0,
			null,
			null,
			'pg_class',
		],
		row => readSessionLocks([row], newNames(), 'UTF8'),
	],
	'a lock of a virtual transaction': [
		[
			'ShareLock',
			true,
			'2',
			null,
			'virtualxid',
			null,
			null,
			null,
			null,
			null,
			'5/2',
			'7',
			'1259',
			'7',
			0,
			null,
			null,
			null,
		],
		row => readSessionLocks([row], newNames(), 'UTF8'),
	],
	look: [[...seen, 4711, '5', ...answerer], toLook],
	'locks held': [[...seen, 4711, '5', ...answerer, '2', '1'], toLocksHeld],
	signal: [[...seen, '5', false, true, true, true, true, true, true, true, true, true], readSignalling],
	rights: [
		[
			...grantee,
			true,
			true,
			'off',
			false,
			false,
			false,
			'none',
			'-1',
			'off',
			'0',
			'-1',
			'1',
			true,
			'10',
			true,
			false,
		],
		row => readRights([row], told),
	],
	denied: [
		[...grantee, true, 'client backend', '10', false, false, false, true],
		row => readDenied([row], 'cancel', ['pg_catalog.host(inet)'], told),
	],
	self: [['app', 'shop'], row => selfQuery.read([row], 'UTF8')],
	zone: [['UTC', 'UTC', 0], row => zoneQuery.read([row], 'UTF8')],
	start: [['5'], row => startQuery.read([row], 'UTF8')],
	recovery: [[false, false], row => recoveryQuery.read([row], 'UTF8')],
	counters: [['1', '2', '3', '4', '5', '6', '7', '8', false, '9'], row => countersQuery.read([row], 'UTF8')],
	wal: [['0/3000148'], row => walQuery.read([row], 'UTF8')],
	nextXid: [['755'], row => nextXidQuery.read([row], 'UTF8')],
	limits: [
		['3', '0', '3', '200000000', '400000000', '1600000000', '1600000000', '10GB', 'any 1 (a)'],
		row => limitsQuery.read([row], 'UTF8'),
	],
	wraparound: [['shop', 5, 6], row => wraparoundQuery.read([row], 'UTF8')],
	slots: [['old', false, '0/1', '0/2', 'lost', '7', '8'], row => slotsQuery.read([row], 'UTF8')],
	standbys: [
		[4712, 'walreceiver', '10.0.0.2', 'streaming', '0/1', '0/2', '9'],
		row => standbysQuery.read([row], 'UTF8'),
	],
	receiver: [[true, '5', '0/1', '0/2', 4713], row => receiverQuery.read([row], 'UTF8')],
	archiver: [['on', '5', '6', '000000010000000000000001', '7'], row => archiverQuery.read([row], 'UTF8')],
	prepared: [['gid', 'app', 'shop', '5', '755'], row => preparedQuery.read([row], 'UTF8')],
	locks: [
		['2', 'k', 'relation', '5', '16402', '755', 'ShareLock', false, '{7,8}', '{5000,NULL}', '{5/205}'],
		row => locksQuery.read([['1'], row, ['2']], 'UTF8'),
	],
	relations: [['16402', 'app', 'item'], row => relationsQuery.read([row], 'UTF8')],
	vacuums: [[4714], row => vacuumsQuery.read([row], 'UTF8')],
};

/** Every text in a value, keys included, but for the breaks of a text that has lines. */
const textsIn = (value: unknown): string[] =>
	typeof value === 'string'
		? [value.replaceAll('\n', '')]
		: typeof value === 'object' && value !== null
			? Object.entries(value).flatMap(entry => entry.flatMap(textsIn))
			: [];

test('the rows are as wide as those of a server', () => {
	expect(backend).toHaveLength(backendWidth);
	expect(seen).toHaveLength(seenWidth);
});

test('every part that has a statement of its own is tried', () => {
	const stated = parts.filter(part => 'read' in partTable[part]);
	expect(Object.keys(readers)).toEqual(expect.arrayContaining([...stated]));
});

test.each(
	Object.entries(readers).flatMap(([name, [row, read]]) =>
		row.map((_, index) => [name, index, row, read] as const),
	),
)('%s, column %i: whatever text stands there is safe, or no answer', (_, index, row, read) => {
	expect(textsIn(read(row)).filter(text => dangerous.test(text))).toEqual([]);
	const reply = row.map((cell, at) => (at === index ? hostile : cell));
	try {
		expect(textsIn(read(reply)).filter(text => dangerous.test(text))).toEqual([]);
	} catch (error) {
		// Not a mistake of our own, which would end the program.
		expect(error).toMatchObject({name: 'Error', message: expect.stringContaining('the server answered')});
		expect((error as Error).message).not.toMatch(dangerous);
	}
});
