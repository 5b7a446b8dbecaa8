import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {
	type Age,
	ageSince,
	isFastpath,
	isInTransaction,
	isRunning,
	queryAge,
	stateAge,
	timeOf,
	xactAge,
} from '../../../source/domain/session/time.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
} from '../../helpers/state/backend.js';

const starts = {xactStart: noon - 10 * minute, queryStart: noon - minute, stateChange: noon - second};
const inState = (state: string, facts = {}) => backend(1, {state, ...starts, ...facts});

describe('TIME is', () => {
	test.each<[what: string, session: Backend, age: Age]>([
		['of an active session the older of transaction and query', inState('active'), 10 * minute],
		[
			'of an active session the query, when that is older',
			inState('active', {xactStart: noon - second}),
			minute,
		],
		[
			'of an active session the query, without a transaction',
			inState('active', {xactStart: undefined}),
			minute,
		],
		[
			'of an active session the transaction, without a query',
			inState('active', {queryStart: undefined}),
			10 * minute,
		],
		['of a fastpath call the older of transaction and call', inState('fastpath function call'), 10 * minute],
		[
			'of a fastpath call without a transaction the call, and not the query before it',
			inState('fastpath function call', {xactStart: undefined}),
			second,
		],
		[
			'of a fastpath call in a younger transaction the call',
			inState('fastpath function call', {xactStart: noon - second / 2}),
			second,
		],
		[
			'of an active session the query, and not when it became so',
			inState('active', {xactStart: undefined, stateChange: noon - 20 * minute}),
			minute,
		],
		['idle in transaction, the transaction', inState('idle in transaction'), 10 * minute],
		['of an aborted transaction its age', inState('idle in transaction (aborted)'), 10 * minute],
		[
			'of an aborted transaction without a start, how long it is aborted',
			inState('idle in transaction (aborted)', {xactStart: undefined}),
			second,
		],
		['none when idle', inState('idle'), undefined],
		['none where it is not tracked', inState('disabled'), undefined],
		['none while starting', inState('starting'), undefined],
		['none in a state that is not known', inState('dreaming'), undefined],
		['none of a session that may not be seen', invisible(1), undefined],
		['none of an active session without any start', processOf(1, 'walsender', {state: 'active'}), undefined],
		[
			'none idle in transaction without a start',
			inState('idle in transaction', {xactStart: undefined}),
			undefined,
		],
		['? of before the clock was set back', inState('active', {xactStart: noon + second}), '?'],
		[
			'? where one of the two is of before that: which one is older can not be told',
			inState('active', {queryStart: noon + minute}),
			'?',
		],
		['? idle in transaction since before that', inState('idle in transaction', {xactStart: noon + 1e9}), '?'],
		[
			'? of one that was aborted before that',
			inState('idle in transaction (aborted)', {xactStart: undefined, stateChange: noon + second}),
			'?',
		],
	])('%s', (_, session, age) => {
		expect(timeOf(session, noon)).toBe(age);
	});
});

test('XACT is the age of the transaction, whatever the session does', () => {
	expect(xactAge(inState('active'), noon)).toBe(10 * minute);
	expect(xactAge(idleBackend(1), noon)).toBeUndefined();
	expect(xactAge(inState('active'), noon - 20 * minute)).toBe('?');
});

test('QAGE is the age of the query, only while it runs: a fastpath call is none', () => {
	expect(queryAge(inState('active'), noon)).toBe(minute);
	expect(queryAge(inState('fastpath function call'), noon)).toBeUndefined();
	expect(queryAge(inState('idle in transaction'), noon)).toBeUndefined();
	expect(queryAge(inState('idle'), noon)).toBeUndefined();
});

test.each([
	['a second ago', noon - second, second],
	['now', noon, 0],
	['while the picture was taken', noon + 99_999, 0],
	["in the server's future, to the eye", noon + 100_000, '?'],
	['of which nothing is known', undefined, undefined],
] as const)('what began %s', (_, start, since) => {
	expect(ageSince(start, noon)).toBe(since);
});

test('the age of the state is there in every state', () => {
	expect(stateAge(inState('idle'), noon)).toBe(second);
	expect(stateAge(invisible(1), noon)).toBeUndefined();
});

test.each([
	['active', true, false],
	['fastpath function call', true, false],
	['idle in transaction', false, true],
	['idle in transaction (aborted)', false, true],
	['idle', false, false],
	['disabled', false, false],
	[undefined, false, false],
])('%s: a query runs: %s; in a transaction without one: %s', (state, runs, waits) => {
	expect(isRunning(backend(1, {state}))).toBe(runs);
	expect(isInTransaction(backend(1, {state}))).toBe(waits);
	expect(isFastpath(backend(1, {state}))).toBe(state === 'fastpath function call');
});
