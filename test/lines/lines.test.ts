import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fitColumns} from '../../source/domain/list/fit.js';
import type {ShownRow} from '../../source/domain/list/row.js';
import type {Backend} from '../../source/domain/session/backend.js';
import {clean} from '../../source/domain/text/clean.js';
import {widthOf} from '../../source/domain/text/width.js';
import {type Line, textOf} from '../../source/lines/line.js';
import {rowLine, titleLine} from '../../source/lines/row.js';
import {bottomLines, tableRows, topLines} from '../../source/lines/screen.js';
import {sessions} from '../../source/views/sessions/view.js';
import {hostileText} from '../domain/text/hostile.js';
import {
	backend,
	cutAt1kB,
	day,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
	withText,
} from '../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../helpers/state/play.js';

const width = fc.integer({min: 40, max: 250});
const text = hostileText.map(clean);

const anyRow = fc
	.record({
		pid: fc.constantFrom(1, 4388, 4_194_304),
		user: text,
		database: text,
		application: text,
		client: text,
		query: text,
		state: fc.oneof(fc.constantFrom('active', 'idle', 'idle in transaction', undefined), text),
		wait: fc.record({type: text, name: text}),
		age: fc.constantFrom(0, 12 * second, 99_999 * day, -second),
		word: fc.constantFrom('gone', 'stale', 'hidden', undefined),
		note: fc.option(text, {nil: undefined}),
	})
	.map(
		({pid, word, note, ...facts}): ShownRow<Backend> => ({
			row: {value: backend(pid, facts), at: noon, isGone: word === 'gone'},
			marks: {...(word && {word}), ...(note !== undefined && {note})},
		}),
	);

const isExactly = (line: Line, cells: number) => expect(widthOf(textOf(line))).toBe(cells);

describe('every line is exactly as wide as the terminal', () => {
	test('a row, whatever its texts', () => {
		fc.assert(
			fc.property(width, anyRow, fc.boolean(), (cells, {row, marks}, isSelected) => {
				isExactly(rowLine(fitColumns(sessions.columns, cells), row, marks, isSelected), cells);
			}),
			{numRuns: 300},
		);
	});

	test('the titles', () => {
		for (let cells = 40; cells <= 250; cells++)
			for (const sortedBy of ['time', 'pid', 'user', 'wait', 'none'])
				for (const isReversed of [false, true])
					isExactly(titleLine(fitColumns(sessions.columns, cells), {sortedBy, isReversed}), cells);
	});

	test('header, rows, status line and footer, in any state', () => {
		const sessions = [backend(1), invisible(2), idleBackend(3), processOf(51, 'checkpointer')];
		const start = play().picture(sessions);
		const states: readonly Play[] = [
			play(),
			start,
			start
				.types(down)
				.looksAtIt()
				.types('k')
				.waits(50)
				.answers({type: 'denied', reason: '漢'.repeat(100)}),
			start.types('p').waits(1000),
			start.types('?'),
			start.does({type: 'lost', why: `${'x'.repeat(200)}漢`}).waits(100_000),
		];
		const zone = fc.record({name: fc.constantFrom('UTC', 'CEST', '+0530'), offsetSeconds: fc.constant(0)});
		fc.assert(
			fc.property(
				width,
				fc.integer({min: 10, max: 50}),
				fc.constantFrom(...states),
				zone,
				text,
				(columns, rows, from, z, target) => {
					const {state} = from
						.does({type: 'resized', size: {columns, rows}})
						.picture(sessions, {server: {zone: z, version: '18beta1', recovery: 'STANDBY'}, serverMs: 9000});
					const shown = {...state, settings: {...state.settings, target}};
					const lines = [...topLines(shown), ...tableRows(shown), ...bottomLines(shown)];
					expect(lines).toHaveLength(rows);
					for (const line of lines) isExactly(line, columns);
				},
			),
			{numRuns: 100},
		);
	});
});

test('a text that the server has cut ends with ~ at any width, wherever it is shown', () => {
	const one = withText(backend(4388, {query: 'SELECT 1'}), cutAt1kB);
	for (const columns of [40, 45, 60, 80, 112, 200]) {
		const looking = lookingAt(one, {size: {columns, rows: 24}, confirm: 'always'});
		expect(looking.line(4388)).toMatch(/ SELECT 1~ *$/);
		const asked = looking.types('k').waits(50).reads(one);
		expect(asked.question()).toMatch(/^ +SELECT 1~ *$/m);
		const signals = asked.draws().waits(500).types('y').waits(50).sends().types('L');
		expect(signals.page()).toMatch(/^ {2}SELECT 1~$/m);
	}
});

test('of a text that has no room in two lines of L the second ends with ~', () => {
	const long = backend(4388, {query: `SELECT ${'x'.repeat(300)}`});
	const page = lookingAt(long).types('k').waits(50).sends().types('L').page();
	expect(page.split('\n').at(-1)).toMatch(/^ {2}x{77}~$/);
});

describe('the first line', () => {
	const firstLine = (columns: number, target = 'dba@db1:5432/shop', isReadOnly = false) => {
		const stretched = [1, 2, 3].reduce<Play>(
			so => so.picture([], {serverMs: 300}),
			play({target, isReadOnly, size: {columns, rows: 10}}),
		);
		const [line] = topLines(stretched.state);
		return textOf(line ?? []);
	};

	test('says who and what server, its role, the interval and its clock', () => {
		expect(firstLine(80)).toBe(
			'pgtop dba@db1:5432/shop  PG 17.5  PRIMARY  up 12d04h   every 2s>6s  12:00:00 UTC',
		);
	});

	test.each([40, 45, 50, 60, 70, 80, 120])(
		'never leaves out role, interval and clock: at %d columns',
		columns => {
			for (const isReadOnly of [false, true])
				for (const target of [
					'a',
					'dba@db1:5432/shop',
					'dba@a-very-long-name.of.some.host.example.com:5432/shop_archive',
				]) {
					const line = firstLine(columns, target, isReadOnly);
					expect(line).toContain('PRIMARY');
					expect(line).toContain('every 2s>6s');
					expect(line).toMatch(/12:00:00 UTC$/);
				}
		},
	);

	test('says when no signals can be sent', () => {
		expect(firstLine(80, 'dba@db1/shop', true)).toContain('READ-ONLY');
	});

	test('cuts a long target in its middle', () => {
		const line = firstLine(80, 'dba@a-very-long-name.of.some.host.example.com:5432/shop_archive');
		expect(line).toMatch(/^pgtop dba@a-ver.*~.*archive /);
	});
});

describe('the sessions in the header', () => {
	const second_ = (...sessions: Parameters<Play['picture']>[0]) =>
		textOf(topLines(play().picture(sessions).state)[1] ?? []).trimEnd();
	const lock = {wait: {type: 'Lock', name: 'transactionid'}};

	test('client sessions are counted by what they do', () => {
		const all = [
			backend(1),
			backend(2, lock),
			backend(3, {state: 'fastpath function call'}),
			backend(4, {state: 'idle in transaction', age: 3 * day + 4 * 3600 * second}),
			backend(5, {state: 'idle in transaction (aborted)'}),
			idleBackend(6),
			idleBackend(7),
		];
		expect(second_(...all)).toBe('7/200 conn  3 active (1 lockwait)  2 idle  2 idle-tx  longest tx 4 3d04h');
	});

	test('pgtop itself takes a slot, and counts for nothing else', () => {
		expect(second_(backend(9999, {age: 40 * minute}), idleBackend(1))).toBe(
			'2/200 conn  0 active  1 idle  0 idle-tx  longest tx -',
		);
	});

	test('walsenders and background processes count for nothing', () => {
		const sender = processOf(60, 'walsender', {state: 'active', xactStart: noon - day});
		expect(second_(sender, processOf(51, 'checkpointer'))).toBe(
			'0/200 conn  0 active  0 idle  0 idle-tx  longest tx -',
		);
	});

	test.each([
		[10, '2/200 conn'],
		[11, '2/200 conn'],
		[12, '1/200 conn'],
	])('in %d a walsender takes a slot, or not: %s', (major, slots) => {
		const sender = processOf(60, 'walsender', {state: 'active'});
		const state = play().picture([backend(1), sender], {server: {major}}).state;
		expect(textOf(topLines(state)[1] ?? [])).toMatch(new RegExp(`^${slots} `));
	});

	test('where nothing may be seen the numbers are ?, not 0', () => {
		expect(second_(invisible(1), invisible(2), backend(9999))).toBe(
			'3/200 conn  ? active  ? idle  ? idle-tx  longest tx ?',
		);
	});

	test.each([
		['track_activities off', backend(1, {state: 'disabled', xactStart: undefined})],
		['a state that is not known', backend(1, {state: 'dreaming', xactStart: undefined})],
		['a role that may not see it', invisible(1)],
	])('a session with %s may be any of them: what is counted is the least', (_, one) => {
		expect(second_(one, backend(2, {...lock, age: minute}), idleBackend(3))).toBe(
			'3/200 conn  >=1 active (>=1 lockwait)  >=1 idle  >=0 idle-tx  tx 2 >=1m00s',
		);
		expect(second_(one, idleBackend(3))).toBe('2/200 conn  >=0 active  >=1 idle  >=0 idle-tx  longest tx ?');
		expect(second_(one)).toBe('1/200 conn  ? active  ? idle  ? idle-tx  longest tx ?');
	});

	test('one that logs in does none of it, and makes no number uncertain', () => {
		for (const state of ['starting', undefined]) {
			const login = backend(1, {state, xactStart: undefined});
			expect(second_(login, idleBackend(3))).toBe('2/200 conn  0 active  1 idle  0 idle-tx  longest tx -');
			expect(second_(login, invisible(2))).toBe('2/200 conn  ? active  ? idle  ? idle-tx  longest tx ?');
		}
	});

	test("pgtop's own session and processes without a client make no number uncertain", () => {
		const own = backend(9999, {state: 'disabled'});
		const process = processOf(51, 'autovacuum worker', {state: 'disabled'});
		expect(second_(own, process, idleBackend(1))).toBe(
			'2/200 conn  0 active  1 idle  0 idle-tx  longest tx -',
		);
	});

	test.each([
		['hidden, with an owner and without a database', 11, {}, '>=1/200 conn'],
		['hidden, of nobody', 11, {user: undefined}, '1/200 conn'],
		['hidden, on a server where they take no slot of these', 12, {}, '1/200 conn'],
	] as const)('what may be a walsender makes the slots the least: %s', (_, major, facts, slots) => {
		const hidden = invisible(60, {kind: 'unknown', database: undefined, ...facts});
		const {state} = play().picture([backend(1), hidden], {server: {major}});
		expect(textOf(topLines(state)[1] ?? [])).toMatch(new RegExp(`^${slots} `));
	});

	test('parts that do not fit are left out whole', () => {
		const {state} = play({size: {columns: 50, rows: 24}}).picture([backend(1)]);
		expect(textOf(topLines(state)[1] ?? []).trimEnd()).toBe('1/200 conn  1 active  0 idle  0 idle-tx');
	});
});
