import {expect, test} from 'vitest';
import {recordOf} from '../../../source/domain/signal/record.js';
import {
	backend,
	cutAt1kB,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
	withText,
} from '../../helpers/state/backend.js';

test('everything that was looked at is in the record, ages in seconds, times with microseconds', () => {
	const session = backend(4388, {
		backendStart: noon - 3_600_000_001,
		xactStart: noon - 10 * minute,
		queryStart: noon - 2 * second - 1500,
		stateChange: noon - second,
		wait: {type: 'Lock', name: 'transactionid'},
		query: 'select 1',
	});
	expect(recordOf(session, noon)).toEqual({
		pid: 4388,
		backendStart: '2025-11-22T10:59:59.999999Z',
		user: 'api',
		database: 'shop',
		application: 'checkout',
		client: '10.0.0.7',
		type: 'client backend',
		state: 'active',
		wait: 'Lock:transactionid',
		age: 600,
		xactAge: 600,
		queryAge: 2.002,
		stateAge: 1,
		query: 'select 1',
		isQueryWhole: true,
	});
});

test.each([
	['by the server', cutAt1kB],
	['by the server, perhaps', {bytes: 1021, cut: {isSure: false, size: '1kB'}}],
	['by pgtop, which fetches its beginning', {bytes: 4000, isPart: true}],
] as const)('a text that was cut %s is not told as whole', (_, facts) => {
	const session = withText(backend(7, {query: 'select 1'}), facts);
	expect(recordOf(session, noon)).toMatchObject({query: 'select 1', isQueryWhole: false});
	expect(recordOf(invisible(7), noon)).toMatchObject({query: null, isQueryWhole: null});
});

test('no password of its texts is in the record', () => {
	const session = backend(7, {
		application: 'sync host=h password=geheim',
		query: "alter role app password 'geheim'",
	});
	expect(recordOf(session, noon)).toMatchObject({
		application: 'sync host=h password=***',
		query: "alter role app password '***'",
	});
});

test.each([
	['a client', backend(1)],
	['an idle one', idleBackend(1)],
	['one that may not be seen', invisible(1)],
	['a background process', processOf(1, 'checkpointer')],
])('the fields are the same for %s, and what is not known is null', (_, session) => {
	const record = recordOf(session, noon);
	expect(Object.keys(record)).toEqual(Object.keys(recordOf(backend(2), noon)));
	expect(Object.values(record)).not.toContain(undefined);
	expect(JSON.parse(JSON.stringify(record))).toEqual(record);
});

test('what may not be seen is null, and not empty', () => {
	expect(recordOf(invisible(7), noon)).toMatchObject({
		backendStart: null,
		state: null,
		wait: null,
		age: null,
		xactAge: null,
		queryAge: null,
		stateAge: null,
	});
});

test('of an idle session there is no age and no age of a query', () => {
	const record = recordOf(idleBackend(7), noon);
	expect(record).toMatchObject({age: null, queryAge: null, xactAge: null, state: 'idle'});
	expect(record.stateAge).toBeGreaterThan(0);
});

test('of a fastpath call there is no age of a query: what stands there is the one before', () => {
	const call = backend(7, {
		state: 'fastpath function call',
		xactStart: undefined,
		queryStart: noon - 22 * second,
		stateChange: noon - 0.4 * second,
	});
	expect(recordOf(call, noon)).toMatchObject({age: 0.4, queryAge: null, stateAge: 0.4});
});

test("an age of before the server's clock was set back is not known, and not 0", () => {
	const before = {xactStart: noon + second, queryStart: noon + second, stateChange: noon + second};
	const record = recordOf(backend(7, before), noon);
	expect(record).toMatchObject({age: null, xactAge: null, queryAge: null, stateAge: null});
});

test.each([
	[noon, '2025-11-22T12:00:00.000000Z'],
	[noon + 1, '2025-11-22T12:00:00.000001Z'],
	[noon + 999_999, '2025-11-22T12:00:00.999999Z'],
	[noon + 1_000_000, '2025-11-22T12:00:01.000000Z'],
])('%i is %s', (backendStart, time) => {
	expect(recordOf(backend(7, {backendStart}), noon).backendStart).toBe(time);
});
