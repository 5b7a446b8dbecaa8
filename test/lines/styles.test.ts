import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {fitColumns} from '../../source/domain/list/fit.js';
import type {Marks, ShownRow} from '../../source/domain/list/row.js';
import type {Style} from '../../source/domain/list/style.js';
import type {Backend} from '../../source/domain/session/backend.js';
import {cut} from '../../source/domain/text/width.js';
import {fitLine, type Line, styled, textOf} from '../../source/lines/line.js';
import {paint} from '../../source/lines/paint.js';
import {rowLine} from '../../source/lines/row.js';
import {sessions} from '../../source/views/sessions/view.js';
import {backend, idleBackend, minute, noon} from '../helpers/state/backend.js';

const row = (one = backend(4388), marks: Marks = {}): ShownRow<Backend> => ({
	row: {value: one, at: noon, isGone: marks.word === 'gone'},
	marks,
});
const line = ({row: drawn, marks}: ShownRow<Backend>, isSelected = false, columns = 80) =>
	rowLine(fitColumns(sessions.columns, columns), drawn, marks, isSelected);
const stylesAt = (of: Line, words: string): readonly Style[] | undefined =>
	of.find(({text}) => text.trim() === words)?.styles;

describe('whatever the server says', () => {
	// What every object has, and no table is asked for.
	test.each(Object.getOwnPropertyNames(Object.prototype))(
		'a state, wait or type %s is drawn as it is',
		name => {
			const shown = line(row(backend(4388, {state: name, type: name, wait: {type: name, name}})));
			expect(textOf(shown)).toContain(` ${cut(name, 8)}`);
			expect(shown.flatMap(span => span.styles ?? [])).toEqual([]);
		},
	);
});

describe('a row', () => {
	test('has the styles of its columns', () => {
		const waiting = line(row(backend(1, {age: 0, wait: {type: 'Lock', name: 'tuple'}})));
		expect(stylesAt(waiting, 'lock tuple')).toEqual(['hurts']);
		expect(stylesAt(line(row()), 'active')).toEqual(['runs']);
	});

	test('that is quiet is dim, whole, without a word', () => {
		const quiet = line(row(idleBackend(1, {query: 'COMMIT'}), {isQuiet: true}));
		for (const {styles} of quiet) expect(styles).toEqual(['dim']);
		expect(textOf(quiet)).toBe(textOf(line(row(idleBackend(1, {query: 'COMMIT'})))));
	});

	test('says how many workers it has, however narrow the column', () => {
		const leader = (name?: string) => {
			const wait = name === undefined ? {} : {wait: {type: 'IPC', name}};
			return textOf(line(row(backend(1, wait), {workers: 2}), false, 80));
		};
		expect(leader()).toMatch(/ cpu \+2 {9}/);
		expect(leader('ExecuteGather')).toContain(' ExecuteGa~ +2 ');
		expect(leader('ExecuteGa')).toContain(' ExecuteGa +2 ');
	});

	test('that stands under another is marked so before its QUERY', () => {
		const worker = row(backend(1, {query: 'SELECT 1'}), {indent: '`- '});
		expect(textOf(line(worker))).toContain(' `- SELECT 1');
		const gone = row(backend(1), {indent: '`- ', word: 'gone'});
		expect(textOf(line(gone, false, 45))).toMatch(/ gone `- UPDATE /);
	});

	test('that is selected is inverse, whole, with its mark', () => {
		const selected = line(row(), true);
		for (const {styles = []} of selected) expect(styles.at(-1)).toBe('selected');
		expect(textOf(selected)).toBe(`>${textOf(line(row())).slice(1)}`);
		expect(textOf(selected)).toHaveLength(80);
	});

	test('has mark and flag before its pid', () => {
		const flagged = row(backend(4_194_304), {flag: '-'});
		expect(textOf(line(flagged)).slice(0, 10)).toBe(' -4194304 ');
		expect(textOf(line(flagged, true)).slice(0, 10)).toBe('>-4194304 ');
	});

	test('whose pid is longer than the column has it whole', () => {
		expect(textOf(line(row(backend(11_338_062)))).slice(0, 10)).toBe(' 11338062 ');
		expect(textOf(line(row(backend(113_380_621)))).slice(0, 10)).toBe('113380621 ');
		expect(textOf(line(row(backend(11_338_062)), true)).slice(0, 10)).toBe('>11338062 ');
	});

	test.each(['gone', 'stale', 'hidden'] as const)(
		'that is %s is dimmed, with the word, and without colours',
		word => {
			const old = backend(1, {age: 20 * minute});
			for (const columns of [40, 45, 46, 60, 80, 200]) {
				const dimmed = line(row(old, {word}), false, columns);
				expect(textOf(dimmed)).toContain(word);
				for (const {styles} of dimmed) expect(styles).toEqual(['dim']);
			}
		},
	);

	test('shows the word in STATE, and where that is left out at the start of QUERY', () => {
		const gone = row(backend(1, {query: 'SELECT 1'}), {word: 'gone'});
		expect(textOf(line(gone, false, 80))).toMatch(/ gone {5}.* SELECT 1/);
		expect(textOf(line(gone, false, 80))).not.toContain('active');
		expect(textOf(line(gone, false, 45))).toMatch(/ gone SELECT 1/);
	});

	test.each([
		[80, / gone {5}.* ended 0\.2s after k$/],
		[45, / gone ended 0\.2s after k$/],
	])('of a session that ended by a signal says so in QUERY, at %d', (columns, text) => {
		const gone = row(backend(1), {word: 'gone', note: 'ended 0.2s after k'});
		expect(textOf(line(gone, false, columns)).trimEnd()).toMatch(text);
	});

	test('that is not dimmed has no word', () => {
		expect(textOf(line(row()))).not.toMatch(/gone|stale|hidden/);
	});
});

describe('paint', () => {
	const styledLine: Line = [
		{text: 'a'},
		{text: 'b', styles: ['hurts']},
		{text: 'c', styles: ['bold', 'maintenance']},
		{text: '', styles: ['inverse']},
	];

	test('writes the styles, and ends them', () => {
		expect(paint(styledLine, 'unknown')).toBe(
			'a\u001B[31mb\u001B[39m\u001B[1m\u001B[35mc\u001B[39m\u001B[22m',
		);
	});

	test('without colours leaves what is bold, dim or inverse', () => {
		expect(paint(styledLine, 'none')).toBe('ab\u001B[1mc\u001B[22m');
	});

	test('changes no text', () => {
		expect(stripVTControlCharacters(paint(styled(styledLine, 'dim'), 'unknown'))).toBe('abc');
	});
});

describe('a line that is fitted', () => {
	test.each([
		[10, 'abcdef    '],
		[6, 'abcdef'],
		[5, 'abcd~'],
		[4, 'abc~'],
		[0, ''],
	])('to %d cells is %j', (width, text) => {
		expect(textOf(fitLine([{text: 'abc'}, {text: 'def', styles: ['dim']}], width))).toBe(text);
	});

	test('never splits a wide character', () => {
		expect(textOf(fitLine([{text: '漢字'}], 3))).toBe('漢~');
		expect(textOf(fitLine([{text: '漢字'}], 2))).toBe(' ~');
	});
});
