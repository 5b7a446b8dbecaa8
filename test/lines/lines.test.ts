import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fitColumns} from '../../source/domain/list/fit.js';
import type {ShownRow} from '../../source/domain/list/row.js';
import type {Backend} from '../../source/domain/session/backend.js';
import {clean} from '../../source/domain/text/clean.js';
import {widthOf} from '../../source/domain/text/width.js';
import {type Line, textOf} from '../../source/lines/line.js';
import {paneLines} from '../../source/lines/pane/pane.js';
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
					const lines = [...topLines(shown), ...tableRows(shown), ...paneLines(shown), ...bottomLines(shown)];
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
