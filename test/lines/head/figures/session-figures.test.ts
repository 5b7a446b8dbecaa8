import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {textOf} from '../../../../source/lines/line.js';
import {topLines} from '../../../../source/lines/screen.js';
import {
	backend,
	type Circumstances,
	day,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
} from '../../../helpers/state/backend.js';
import {play} from '../../../helpers/state/play.js';

const lineOf = (sessions: readonly Backend[], facts: Circumstances = {}, columns = 80) =>
	topLines(play({size: {columns, rows: 24}}).picture(sessions, facts).state)[2] ?? [];

/** Without the blanks that keep every figure in its place. */
const told = (...sessions: readonly Backend[]) => textOf(lineOf(sessions)).trim().replace(/ +/g, ' ');

/** The styles of what begins so. */
const stylesOf = (words: string, sessions: readonly Backend[], facts: Circumstances = {}, columns = 80) =>
	lineOf(sessions, facts, columns).find(({text}) => text.startsWith(words))?.styles;

describe('the client sessions in the header', () => {
	const lock = {wait: {type: 'Lock', name: 'transactionid'}};

	test('are counted by what they do', () => {
		const all = [
			backend(1),
			backend(2, lock),
			backend(3, {state: 'fastpath function call'}),
			backend(4, {state: 'idle in transaction', age: 3 * day + 4 * 3600 * second}),
			backend(5, {state: 'idle in transaction (aborted)'}),
			idleBackend(6),
			idleBackend(7),
		];
		expect(textOf(lineOf(all)).trimEnd()).toBe(
			'  3 active    1 lockwait    2 idle-tx    2 idle  longest tx  3d04h of 4',
		);
	});

	test('keep their places whatever the numbers', () => {
		const place = (...sessions: readonly Backend[]) => textOf(lineOf(sessions)).indexOf('longest');
		const many = Array.from({length: 150}, (_, index) => backend(4_000_000 + index, {age: 400 * day}));
		expect(new Set([place(), place(backend(1)), place(...many)])).toEqual(new Set([49]));
	});

	test('are not pgtop itself, walsenders and background processes', () => {
		const sender = processOf(60, 'walsender', {state: 'active', xactStart: noon - day});
		expect(told(backend(9999, {age: 40 * minute}), sender, processOf(51, 'checkpointer'))).toBe(
			'0 active 0 lockwait 0 idle-tx 0 idle longest tx -',
		);
	});

	test('are ? and not 0 where nothing may be seen', () => {
		expect(told(invisible(1), invisible(2), backend(9999))).toBe('? active ? lockwait ? idle-tx ? idle tx ?');
	});

	test.each([
		['track_activities off', backend(1, {state: 'disabled', xactStart: undefined})],
		['a state that is not known', backend(1, {state: 'dreaming', xactStart: undefined})],
		['a role that may not see it', invisible(1)],
	])('are counted as the least where there is one with %s', (_, one) => {
		expect(told(one, backend(2, {...lock, age: minute}), idleBackend(3))).toBe(
			'>=1 active >=1 lockwait >=0 idle-tx >=1 idle tx >=1m00s of 2',
		);
		expect(told(one, idleBackend(3))).toBe('>=0 active >=0 lockwait >=0 idle-tx >=1 idle tx ?');
		expect(told(one)).toBe('? active ? lockwait ? idle-tx ? idle tx ?');
	});

	test('are certain where one logs in: that does none of it', () => {
		for (const state of ['starting', undefined]) {
			const login = backend(1, {state, xactStart: undefined});
			expect(told(login, idleBackend(3))).toBe('0 active 0 lockwait 0 idle-tx 1 idle longest tx -');
			expect(told(login, invisible(2))).toBe('? active ? lockwait ? idle-tx ? idle tx ?');
		}
	});

	test("are certain where pgtop's own session or a process without a client can't be told", () => {
		const own = backend(9999, {state: 'disabled'});
		const process = processOf(51, 'autovacuum worker', {state: 'disabled'});
		expect(told(own, process, idleBackend(1))).toBe('0 active 0 lockwait 0 idle-tx 1 idle longest tx -');
	});

	test('are red where one waits for a lock, and dim where there are none', () => {
		expect(stylesOf('1 lockwait', [backend(1, lock)])).toEqual(['bold', 'hurts']);
		expect(stylesOf('0 lockwait', [backend(1)])).toEqual(['dim']);
	});

	test('are yellow where one is idle in transaction for over a minute', () => {
		const idleFor = (age: number) => [backend(1, {state: 'idle in transaction', age})];
		expect(stylesOf('1 idle-tx', idleFor(minute + second))).toEqual(['bold', 'open']);
		expect(stylesOf('1', idleFor(minute))).toBeUndefined();
	});
});

describe('the longest transaction', () => {
	test('is a prepared one where that is older', () => {
		const prepared = [{gid: 'g', owner: 'api', database: 'shop', preparedAt: noon - day, xid: 700}];
		const line = textOf(lineOf([backend(1)], {prepared}));
		expect(line.trimEnd()).toMatch(/ longest tx {2}1d00h of prepared$/);
	});

	test('is yellow from ten minutes on', () => {
		expect(stylesOf('10m01s of 1', [backend(1, {age: 10 * minute + second})])).toEqual(['bold', 'open']);
		expect(stylesOf('10m01s', [backend(1, {age: 10 * minute})])).toBeUndefined();
	});

	test('matters more than how many are idle, and has a short label where room is short', () => {
		const shown = (columns: number) =>
			textOf(lineOf([backend(1)], {}, columns))
				.replace(/ +/g, ' ')
				.trim();
		expect(shown(70)).toBe('1 active 0 lockwait 0 idle-tx 0 idle tx 4m12s of 1');
		expect(shown(62)).toBe('1 active 0 lockwait 0 idle-tx tx 4m12s of 1');
		expect(shown(40)).toBe('1 active 0 lockwait 0 idle-tx');
	});
});

describe('in a wide terminal', () => {
	const wide = 160;
	const at = {nextXid: 1_000_000, vacuums: []};

	test('stand the horizon with who holds it, and the autovacuum workers', () => {
		const sessions = [backend(4388, {xmin: 999_981}), processOf(77, 'autovacuum worker')];
		expect(textOf(lineOf(sessions, at, wide))).toMatch(/ horizon {3}19 by 4388 {10}autovac 1\/\? +$/);
	});

	test.each([
		['by 10 million transactions', backend(1, {xmin: 2, age: minute}), 11_000_000, ['bold', 'open']],
		['by an hour', backend(1, {xmin: 999, age: hour + second}), 1000, ['bold', 'open']],
		['by little', backend(1, {xmin: 999, age: minute}), 1000, undefined],
	] as const)('a horizon that is held %s has the styles %j', (_, session, nextXid, styles) => {
		const spans = lineOf([session], {...at, nextXid}, wide);
		expect(spans.find(({text}) => / by 1/.test(text))?.styles).toEqual(styles);
	});
});
