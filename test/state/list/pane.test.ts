import {describe, expect, test} from 'vitest';
import {frameOf} from '../../../source/state/screen/frame-of.js';
import {backend, minute} from '../../helpers/state/backend.js';
import {down, end, type Play, play} from '../../helpers/state/play.js';

const sessions = Array.from({length: 60}, (_, index) => backend(5000 + index, {age: (99 - index) * minute}));

const at = (rows: number) => play({size: {columns: 80, rows}}).picture(sessions);
const resized = (moment: Play, rows: number) =>
	moment.does({type: 'resized', size: {columns: 80, rows}}).waits(60);
const count = (moment: Play) => moment.rows().length;

describe('the pane', () => {
	test.each([
		[24, 17, 8],
		[33, 26, 17],
	])('of %d lines is there when v asks for it: %d rows, then %d', (rows, without, beside) => {
		expect(count(at(rows))).toBe(without);
		expect(count(at(rows).presses('v'))).toBe(beside);
		expect(count(at(rows).presses('v').presses('v'))).toBe(without);
	});

	test('is there from 34 lines on, until v takes it away', () => {
		expect(count(at(34))).toBe(18);
		expect(count(at(34).presses('v'))).toBe(27);
	});

	test('stays as v has chosen, whatever size the terminal gets', () => {
		expect(count(resized(at(24).presses('v'), 40))).toBe(24);
		expect(count(resized(resized(at(24).presses('v'), 20), 24))).toBe(8);
		expect(count(resized(at(40).presses('v'), 50))).toBe(43);
	});

	test('has no room under 22 lines, and v says so', () => {
		const small = at(21).presses('v');
		expect(count(small)).toBe(count(at(21)));
		expect(small.status()).toBe('the pane needs 22 lines: the terminal has 21');
		expect(count(resized(small, 24))).toBe(17);
	});

	test('never hides the selected row, and moves the others no further than it must', () => {
		const atEnd = at(24).types(down.repeat(12)).waits(60);
		expect(atEnd.rows()[0]).toBe('5000');
		const shown = atEnd.presses('v');
		expect(shown.selected()).toBe(5011);
		expect(shown.rows()).toEqual(sessions.slice(4, 12).map(({pid}) => String(pid)));
		expect(at(24).types(end).waits(60).presses('v').rows().at(-1)).toBe('5059');
	});

	test('hides rows, and nothing that it hides counts as looked at', () => {
		const frame = frameOf(at(24).presses('v').state);
		expect(frame.rows.map(({backend: {pid}}) => pid)).toEqual(sessions.slice(0, 8).map(({pid}) => pid));
	});
});
