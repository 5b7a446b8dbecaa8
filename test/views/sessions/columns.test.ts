import {describe, expect, test} from 'vitest';
import {cellText} from '../../../source/domain/list/column.js';
import {untold} from '../../../source/domain/list/comparable.js';
import type {Marks, Row, ShownRow} from '../../../source/domain/list/row.js';
import type {LockRow} from '../../../source/domain/locks/lock-row.js';
import type {LockSight} from '../../../source/domain/locks/lock-sight.js';
import type {Backend} from '../../../source/domain/session/backend.js';
import {columns} from '../../../source/views/sessions/columns.js';
import {
	backend,
	cutAt1kB,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
	unread,
	withText,
} from '../../helpers/state/backend.js';

const row = (one: Backend, marks: Marks = {}, facts: Partial<Row<Backend>> = {}): ShownRow<Backend> => ({
	row: {value: one, at: noon, isGone: marks.word === 'gone', ...facts},
	marks,
});

const sortableColumns = columns.filter(({isUnsortable}) => !isUnsortable);

const cellsOf = ({row: shown, marks}: ShownRow<Backend>) =>
	Object.fromEntries(columns.map(column => [column.id, cellText(column, shown, marks)] as const));

/** A process of which only this is known. */
const bare = (type: string) => processOf(51, type, {backendStart: undefined});

test('a session, as its columns show it', () => {
	const session = backend(4388, {xactStart: noon - hour, wait: {type: 'IO', name: 'DataFileRead'}});
	expect(cellsOf(row(session))).toEqual({
		pid: '4388',
		user: 'api',
		database: 'shop',
		application: 'checkout',
		client: '10.0.0.7',
		state: 'active',
		type: 'client backend',
		leader: '',
		wait: 'DataFileRead',
		time: '1h00m',
		xact: '1h00m',
		since: '4m12s',
		'query-age': '4m12s',
		'state-age': '4m12s',
		cpu: '',
		memory: '',
		xid: '-',
		xmin: '-',
		'query-id': '',
		blocks: '',
		blocker: '',
		'lock-age': '-',
		query: "UPDATE orders SET status = 'paid' WHERE id = 1",
	});
});

test('what this role may not see is ?, and what it may see is there', () => {
	expect(cellsOf(row(invisible(4388)))).toEqual({
		pid: '4388',
		user: 'api',
		database: 'shop',
		application: 'checkout',
		client: '?',
		state: '?',
		type: '?',
		leader: '?',
		wait: '?',
		time: '?',
		xact: '?',
		since: '?',
		'query-age': '?',
		'state-age': '?',
		cpu: '',
		memory: '',
		xid: '-',
		xmin: '-',
		'query-id': '?',
		blocks: '',
		blocker: '',
		'lock-age': '-',
		query: '?',
	});
});

test('a missing age is -, any other missing value blank', () => {
	expect(cellsOf(row(bare('checkpointer')))).toEqual({
		pid: '51',
		user: '',
		database: '',
		application: '',
		client: '',
		state: '',
		type: 'checkpointer',
		leader: '',
		wait: '',
		time: '-',
		xact: '-',
		since: '-',
		'query-age': '-',
		'state-age': '-',
		cpu: '',
		memory: '',
		xid: '-',
		xmin: '-',
		'query-id': '',
		blocks: '',
		blocker: '',
		'lock-age': '-',
		query: 'checkpointer',
	});
});

const waitsForLock = {type: 'Lock', name: 'tuple'};
const waited: LockRow = {
	key: 'tuple 1',
	type: 'tuple',
	mode: 'ExclusiveLock',
	isGranted: false,
	pids: [1],
	count: 1,
};
const sightOf = (lock: Partial<LockSight>): LockSight => ({isBlocker: false, blocks: 0, ...lock});

describe('STATE', () => {
	test.each([
		['active', 'active'],
		['idle', 'idle'],
		['idle in transaction', 'idle-tx'],
		['idle in transaction (aborted)', 'aborted'],
		['fastpath function call', 'fastpath'],
		['disabled', 'disabled'],
		['dreaming', 'dreaming'],
		['constructor', 'constructor'],
	])('%s is shown as %s', (state, shown) => {
		expect(cellsOf(row(backend(1, {state}))).state).toBe(shown);
	});
});

describe('WAIT', () => {
	const wait = {type: 'Client', name: 'ClientRead'};
	test.each<[what: string, shown: ShownRow<Backend>, text: string]>([
		['of an active session', row(backend(1, {wait})), 'ClientRead'],
		['of one idle in transaction', row(backend(1, {wait, state: 'idle in transaction'})), 'client'],
		['of an aborted one', row(backend(1, {wait, state: 'idle in transaction (aborted)'})), 'client'],
		['of an idle session: none', row(idleBackend(1, {wait})), ''],
		['of a session that has gone: none', row(backend(1, {wait}), {word: 'gone'}), ''],
		['of one that has gone and was not to be seen: none', row(invisible(1), {word: 'gone'}), ''],
		['of a background process', row(processOf(51, 'checkpointer', {wait})), 'ClientRead'],
		['without an event', row(backend(1)), 'cpu'],
		['without an event, in a fastpath call', row(backend(1, {state: 'fastpath function call'})), 'cpu'],
		['without an event, idle in transaction', row(backend(1, {state: 'idle in transaction'})), ''],
		['of a process that has no state and no event', row(processOf(51, 'checkpointer')), ''],
	])('%s', (_, shown, text) => {
		expect(cellsOf(shown).wait).toBe(text);
	});

	const under = {id: backend(4388).id, pid: 4388, isQueued: false, more: 0};
	const idleTx = {state: 'idle in transaction', wait} as const;
	test.each<[what: string, session: Backend, lock: Partial<LockSight>, text: string]>([
		['of who waits for a lock', backend(1, {wait: waitsForLock}), {under}, 'lock < 4388'],
		['of who waits behind another waiter', backend(1), {under: {...under, isQueued: true}}, 'queue < 4388'],
		['of who waits and blocks', backend(1), {under, isBlocker: true, blocks: 3}, 'lock < 4388'],
		['of who blocks', backend(1, idleTx), {isBlocker: true, blocks: 5}, 'blocks 5'],
		['of an idle session that blocks', idleBackend(1, {wait}), {isBlocker: true, blocks: 5}, 'blocks 5'],
		['of one that may not be seen', invisible(1), {under}, 'lock < 4388'],
		['behind a prepared transaction', backend(1), {under: {...under, pid: 0}}, 'lock<prepared'],
		['with a long pid', backend(1), {under: {...under, pid: 419430}}, 'lock<419430'],
		['with the longest pid', backend(1), {under: {...under, pid: 4194304, isQueued: true}}, 'queue<4194304'],
		[
			'of one whose blocker nobody knows',
			backend(1, {wait: waitsForLock}),
			{wait: {lock: waited}},
			'lock tuple',
		],
	])('%s', (_, session, lock, text) => {
		const {row: plain, marks} = row(session);
		expect(cellsOf({row: {...plain, lock: sightOf(lock)}, marks}).wait).toBe(text);
		expect(cellsOf({row: {...plain, lock: sightOf(lock)}, marks: {word: 'gone'}}).wait).toBe('');
	});

	test('the columns of locks', () => {
		const lock = sightOf({under, isBlocker: true, blocks: 12, wait: {lock: waited, since: noon - minute}});
		const cells = cellsOf({row: {...row(backend(1)).row, lock}, marks: {}});
		expect(cells).toMatchObject({blocks: '12', blocker: '4388', 'lock-age': '1m00s'});
	});

	test.each([
		['Lock', 'tuple', 'lock tuple'],
		['Lock', 'transactionid', 'lock xid'],
		['Lock', 'virtualxid', 'lock vxid'],
		['Lock', 'relation', 'lock relation'],
		['LWLock', 'WALInsert', 'lwlock WALInsert'],
		['IO', 'WALWrite', 'WALWrite'],
		['IPC', 'SyncRep', 'SyncRep'],
		['Timeout', 'PgSleep', 'PgSleep'],
		['BufferPin', 'BufferPin', 'BufferPin'],
		['Extension', 'PgStatStatements', 'ext PgStatStatements'],
		['Later', 'Anything', 'Later:Anything'],
		['IO', 'transactionid', 'transactionid'],
	])('%s:%s is shown as %s, and compared in the words of the server', (type, name, text) => {
		const shown = row(backend(1, {wait: {type, name}}));
		expect(cellsOf(shown).wait).toBe(text);
		expect(columns.find(({id}) => id === 'wait')?.value(shown.row)).toBe(`${type}:${name}`);
	});
});

describe('QUERY', () => {
	const query = 'SELECT 1';
	test.each<[what: string, shown: ShownRow<Backend>, text: string]>([
		['runs', row(backend(1, {query})), 'SELECT 1'],
		[
			'before a fastpath call, which has no text of its own',
			row(backend(1, {query, state: 'fastpath function call'})),
			'fastpath, after: SELECT 1',
		],
		[
			'in a fastpath call before any query',
			row(backend(1, {query: '', state: 'fastpath function call'})),
			'',
		],
		['has ended', row(idleBackend(1, {query, age: 6 * second})), 'idle 6s: SELECT 1'],
		['has ended a while ago', row(idleBackend(1, {query, age: 14 * 60.9 * second})), 'idle 14m: SELECT 1'],
		['has ended hours ago', row(idleBackend(1, {query, age: 1.04 * hour})), 'idle 1h02m: SELECT 1'],
		['has ended days ago', row(idleBackend(1, {query, age: 100 * hour})), 'idle 4d04h: SELECT 1'],
		['has ended, nobody can tell when', row(idleBackend(1, {query, age: -hour})), 'idle ?: SELECT 1'],
		[
			'has ended in a transaction',
			row(backend(1, {query, state: 'idle in transaction'})),
			'idle 4m: SELECT 1',
		],
		['is of a state that pgtop does not know', row(backend(1, {query, state: 'dreaming'})), 'last: SELECT 1'],
		[
			'has ended in an aborted one',
			row(backend(1, {query, state: 'idle in transaction (aborted)'})),
			'idle 4m: SELECT 1',
		],
		['can not be read, and runs', row(unread(backend(1))), '?'],
		['can not be read, and has ended', row(unread(backend(1, {state: 'idle in transaction'}))), 'idle 4m: ?'],
		['is not asked for', row(unread(idleBackend(1))), ''],
		[
			'of a process that can not be read',
			row(unread(processOf(60, 'walsender', {state: 'active'}))),
			'walsender: ?',
		],
		['there was none', row(idleBackend(1, {query: ''})), ''],
		['goes on where the server has cut it', row(withText(backend(1, {query}), cutAt1kB)), 'SELECT 1~'],
		[
			'may go on, where the server has cut a character or nothing',
			row(withText(backend(1, {query}), {bytes: 1022, cut: {isSure: false, size: '1kB'}})),
			'SELECT 1~',
		],
		[
			'goes on behind what was fetched of it',
			row(withText(backend(1, {query}), {bytes: 4000, isPart: true})),
			'SELECT 1~',
		],
		[
			'has ended, and the server has cut it',
			row(withText(backend(1, {query, state: 'idle in transaction'}), cutAt1kB)),
			'idle 4m: SELECT 1~',
		],
		['of a process that has none', row(processOf(53, 'walwriter')), 'walwriter'],
		[
			'of a walsender',
			row(processOf(60, 'walsender', {state: 'active', query: 'START_REPLICATION'})),
			'walsender: START_REPLICATION',
		],
		[
			'of a parallel worker: that of its leader',
			row(processOf(4402, 'parallel worker', {state: 'active', leaderPid: 1, query})),
			'SELECT 1',
		],
	])('%s', (_, shown, text) => {
		expect(cellsOf(shown).query).toBe(text);
	});
});

test('a fastpath call shows its own age, and none of a query', () => {
	const call = backend(4388, {
		state: 'fastpath function call',
		xactStart: undefined,
		queryStart: noon - 22 * second,
		stateChange: noon - 0.4 * second,
	});
	expect(cellsOf(row(call))).toMatchObject({time: '0.4s', xact: '-', since: '0.4s', 'query-age': '-'});
});

test("ages of before the server's clock was set back are ?", () => {
	expect(cellsOf(row(backend(4388, {age: -hour})))).toMatchObject({
		time: '?',
		xact: '?',
		since: '?',
		'query-age': '?',
	});
});

test('ages of transaction ids are counted from the next one, in the picture that showed them', () => {
	const old = backend(1, {xid: 2 ** 32 - 100, xmin: 2 ** 32 - 12_100});
	expect(cellsOf(row(old, {}, {nextXid: 2 ** 33 + 20}))).toMatchObject({xid: '120', xmin: '12k'});
	expect(cellsOf(row(backend(1), {}, {nextXid: 2 ** 33}))).toMatchObject({xid: '-', xmin: '-'});
	expect(cellsOf(row(invisible(1, {xmin: 5}), {}, {nextXid: 7}))).toMatchObject({xid: '-', xmin: '2'});
});

test('a number of a query is shown as the server writes it', () => {
	expect(cellsOf(row(backend(1, {queryId: '-9223372036854775808'})))['query-id']).toBe(
		'-9223372036854775808',
	);
});

test('what its process uses is shown where it is known', () => {
	const use = {cpu: 0.129, memory: 12_345_678};
	expect(cellsOf(row(backend(1), {use}))).toMatchObject({cpu: '12%', memory: '12M'});
	expect(cellsOf(row(backend(1), {use: {memory: 900}}))).toMatchObject({cpu: '', memory: '900B'});
	expect(cellsOf(row(backend(1), {use: {cpu: 16, memory: 987e9}}))).toMatchObject({
		cpu: '1600%',
		memory: '919G',
	});
});

test('ages of a row that has gone stand still', () => {
	const gone = row(backend(4388), {word: 'gone'}, {at: noon - 4 * second});
	expect(cellsOf(gone).time).toBe('4m08s');
});

describe('the table of columns', () => {
	test('has every id once, and a help for each', () => {
		expect(new Set(columns.map(({id}) => id)).size).toBe(columns.length);
		for (const {help} of columns) expect(help).not.toBe('');
	});

	test('has helps that the status line has room for, at 80', () => {
		for (const {title, help} of sortableColumns)
			expect(`sorted by ${title}: ${help}`.length, title).toBeLessThanOrEqual(78);
	});

	test('has titles that fit their columns, with the mark of the sorted one', () => {
		for (const {title, width} of columns) expect(title.length + 1).toBeLessThanOrEqual(width);
	});

	test('ends with QUERY, which can’t be sorted by, nor can what is known only of what is on the screen', () => {
		expect(columns.at(-1)?.id).toBe('query');
		const others = columns.filter(({isUnsortable}) => isUnsortable).map(({id}) => id);
		expect(others).toEqual(['cpu', 'memory', 'query']);
	});

	test.each(sortableColumns.filter(({id}) => !['pid', 'leader', 'blocker'].includes(id)))(
		'$title: ages are sorted from the longest, and names from A',
		({value, isDescending = false}) => {
			const session = backend(1, {wait: {type: 'IO', name: 'DataFileRead'}, xid: 5, xmin: 3});
			const lock = sightOf({isBlocker: true, blocks: 5, wait: {lock: waited, since: noon - minute}});
			expect(isDescending).toBe(typeof value({...row(session, {}, {nextXid: 7}).row, lock}) === 'number');
		},
	);

	test.each(sortableColumns)('$title: what is missing is not compared', ({id, value}) => {
		if (!['pid', 'type'].includes(id)) expect(value(row(bare('')).row)).toBeUndefined();
	});

	test.each(columns)('$title: what may not be seen may be there', ({id, value}) => {
		const ofLocks = ['blocks', 'blocker', 'lock-age'];
		const seen = ['pid', 'user', 'database', 'application', 'cpu', 'memory', 'xid', 'xmin', ...ofLocks];
		if (!seen.includes(id)) expect(value(row(invisible(1)).row)).toBe(untold);
	});

	test('QUERY has the text itself for its value, and none where there is none', () => {
		const {value} = columns.find(({id}) => id === 'query') ?? {};
		expect(value?.(row(idleBackend(1, {query: 'SELECT 1'})).row)).toBe('SELECT 1');
		expect(value?.(row(processOf(51, 'walwriter')).row)).toBeUndefined();
		expect(value?.(row(unread(backend(1))).row)).toBe(untold);
		expect(value?.(row(unread(idleBackend(1))).row)).toBeUndefined();
	});
});
