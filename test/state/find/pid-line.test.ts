import {describe, expect, test} from 'vitest';
import {textOf} from '../../../source/lines/line.js';
import {bottomLines} from '../../../source/lines/screen.js';
import {backend, idleBackend, processOf} from '../../helpers/state/backend.js';
import {down, esc, type Play, play} from '../../helpers/state/play.js';

const shown = play().picture([backend(43), backend(4388), idleBackend(5001), processOf(77, 'walwriter')]);
const open = shown.types(':');
const problem = ({state}: Play) => textOf(bottomLines(state)[1] ?? []).trimEnd();

describe('the line of :', () => {
	test('selects a session as soon as all digits of its pid are there', () => {
		expect(open.types('4').selected()).toBeUndefined();
		expect(open.types('43').selected()).toBe(43);
		expect(open.types('438').selected()).toBeUndefined();
		expect(open.types('4388').selected()).toBe(4388);
		expect(open.types('4388').status()).toMatch(/^pid: 4388/);
	});

	test('goes with Enter, and the session stays selected', () => {
		const there = open.types('5001\r');
		expect(there.selected()).toBe(5001);
		expect(there.state.screen.layers[0].type).toBe('table');
	});

	test('goes with Esc, and what was selected before is that again', () => {
		const before = shown.types(down);
		const pid = before.selected();
		expect(pid).not.toBe(5001);
		expect(before.types(':').types('5001').types(esc).waits(300).selected()).toBe(pid);
		expect(open.types('5001').types(esc).waits(300).selected()).toBeUndefined();
	});

	test('goes with Esc, and what was selected before is not where it has ended meanwhile', () => {
		const there = shown.types(down).types(':').types('5001').waits(3000);
		const ended = there
			.picture([idleBackend(5001)])
			.types(esc)
			.waits(300);
		expect(ended.rows()).toEqual(['5001']);
		expect(ended.state.screen.selected).toBeUndefined();
	});

	test('lists a session that is hidden, with the word that says so', () => {
		expect(open.types('77\r').rows()).toContain('77 hidden');
		const filtered = shown.types('/').types('pid:43\r').types(':').types('4388\r');
		expect(filtered.rows()).toContain('4388 not in filter');
	});

	test('says at once that no pid begins so, or that it is no number', () => {
		expect(problem(open.types('9'))).toBe('no session has a pid that begins with 9');
		expect(problem(open.types('4a'))).toBe('a pid is a number');
		expect(problem(open.types('4a\u007F'))).toMatch(/^Enter go there/);
	});

	test('stays open at Enter where there is no such session', () => {
		const none = open.types('438\r');
		expect(problem(none)).toBe('no session has the pid 438');
		expect(none.types('8\r').selected()).toBe(4388);
	});

	test('is closed by Enter when nothing was typed', () => {
		expect(open.types('\r').state.screen.layers).toEqual([{type: 'table'}]);
	});

	test('counts only what is looked at since: k acts half a second and a second later, not before', () => {
		const there = shown.looksAtIt().types(':').types('4388\r').draws();
		expect(there.waits(400).presses('k').signals()).toEqual([]);
		expect(there.waits(1000).presses('k').signals()).toMatchObject([{target: {pid: 4388}}]);
	});
});
