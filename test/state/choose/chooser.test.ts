import {describe, expect, test} from 'vitest';
import {textOf} from '../../../source/lines/line.js';
import {bottomLines} from '../../../source/lines/screen.js';
import {pageOf} from '../../../source/state/screen/page.js';
import {columns} from '../../../source/views/sessions/columns.js';
import {backend, hour, minute} from '../../helpers/state/backend.js';
import {down, end, esc, home, type Play, pageDown, play, up} from '../../helpers/state/play.js';

const sessions = [backend(1, {age: minute, user: 'zoe'}), backend(2, {age: hour, user: 'amy'})];
const shown = play().picture(sessions);
const titles = (moment: Play) => moment.topText().split('\n').at(-1)?.trim().replace(/\s+/g, ' ');
const names = ({state}: Play) =>
	(pageOf(state)?.fields ?? []).map(({name}) => name).filter(name => name !== '');
const chosen = (moment: Play) =>
	names(moment)
		.find(name => name.startsWith('>'))
		?.slice(1);
const footer = ({state}: Play) => textOf(bottomLines(state)[1] ?? []).trimEnd();

describe('s', () => {
	const open = shown.types('s');

	test('lists every column that can be sorted by, with the present one chosen', () => {
		expect(names(open)).toHaveLength(columns.filter(({isUnsortable}) => !isUnsortable).length);
		expect(chosen(open)).toBe('TIME');
		expect(footer(open)).toMatch(/^Up Down choose {2}Enter sort by it {2}Esc back/);
	});

	test('sorts by what Enter takes', () => {
		const sorted = open.types(up).types('\r');
		expect(sorted.status()).toMatch(/^sorted by WAIT: /);
		expect(titles(sorted)).toContain('WAIT▲');
	});

	test('is narrowed by what is typed, c, k and q too, and the best of it is chosen', () => {
		expect(names(open.types('user'))).toEqual(['>USER']);
		expect(titles(open.types('us').types('\r'))).toContain('USER▲');
		expect(open.status()).toBe('sort by:');
		expect(open.types('us').status()).toMatch(/^sort by: us {2,}\d+ of \d+$/);
		const typed = open.types('qck');
		expect(typed.page()).toContain('no column has this in its name');
		expect(typed.types('\r').state.screen.layers[0].type).toBe('chooser');
		expect(typed.signals()).toEqual([]);
	});

	test('chooses a title that begins so before one that only has it somewhere', () => {
		expect(chosen(open.types('x'))).toBe('XACT');
	});

	test('goes with Esc, and nothing has changed', () => {
		const back = open.types(up).types(esc).waits(300);
		expect(back.state.screen.sort).toEqual(shown.state.screen.sort);
		expect(back.state.screen.layers).toEqual([{type: 'table'}]);
	});

	test('keeps the direction of the column that is sorted by already', () => {
		const reversed = shown.types('R').types('s\r');
		expect(reversed.state.screen.sort).toEqual({column: 'time', isReversed: true});
		expect(reversed.rows()).toEqual(['1', '2']);
	});

	test('keeps what is chosen in the window, however small that is', () => {
		const small = play({size: {columns: 40, rows: 10}})
			.picture(sessions)
			.types('s');
		const layer = small.state.screen.layers[0];
		const at = (pageOf(small.state)?.fields ?? []).findIndex(({name}) => name.startsWith('>'));
		expect(layer.type === 'chooser' && at >= layer.top && at < layer.top + 7).toBe(true);
	});
});

describe('o', () => {
	const open = shown.types('o');

	test('lists all columns in their order, with those on the screen switched on', () => {
		expect(names(open)).toHaveLength(columns.length + 1);
		expect(names(open).slice(0, 4)).toEqual(['>[x] PID', ' [x] USER', ' [x] DB', ' [ ] APP']);
		expect(names(open).at(-1)).toBe('     by width');
	});

	test('switches on and off with Space, and Enter takes that', () => {
		const after = open.types(down).types(' ').types(down).types(' ').types('\r');
		expect(titles(after)).toBe('PID STATE WAIT TIME▼ QUERY');
		expect(after.status()).toBe('for the next run: --columns=pid,state,wait,time,query');
	});

	test('moves a column with < and >', () => {
		const after = open.types('query').types('\u0015').types('<<<<').types('\r');
		const before = columns.map(({id}) => id);
		expect(after.state.screen.columns?.indexOf('query')).toBeLessThan(before.indexOf('query'));
		expect(titles(open.types('>').types('\r'))).toMatch(/^USER PID DB /);
	});

	test('does not move one among those that are left, where nobody would see it go', () => {
		const narrowed = open.types('query').types('<');
		expect(footer(narrowed)).toBe('Ctrl-U takes the letters back: then it can be moved');
		expect(narrowed.types('\r').state.screen.columns).toBeUndefined();
	});

	test('is gone through by the page, and to either end', () => {
		expect(chosen(open.types(end))).toBe('    by width');
		expect(chosen(open.types(end).types(home))).toBe('[x] PID');
		const small = play({size: {columns: 80, rows: 14}})
			.picture(sessions)
			.types('o');
		expect(chosen(small.types(pageDown))).toBe(names(small)[11]?.slice(1));
	});

	test('chosen columns stand first when it is opened again', () => {
		const after = open.types('>').types('\r').types('o');
		expect(names(after).slice(0, 2)).toEqual(['>[x] USER', ' [x] PID']);
	});

	test('left as it was, the width decides as before', () => {
		expect(open.types('\r').state.screen.columns).toBeUndefined();
	});

	test('goes with Esc, and nothing has changed', () => {
		expect(open.types('  ').types(' ').types(esc).waits(300).state.screen.columns).toBeUndefined();
	});

	test('leaves it to the width again', () => {
		const after = open.types('>').types('\r');
		const back = after.types('o').types('\u001B[B'.repeat(columns.length)).types('\r');
		expect(back.state.screen.columns).toBeUndefined();
		expect(back.status()).toBe('columns by the width of the terminal');
	});

	test('wants one column at least', () => {
		let none = open;
		for (const name of names(open))
			none = name.includes('[x]') ? none.types(' ').types(down) : none.types(down);
		expect(footer(none.types(up).types('\r'))).toBe('one column at least: Space switches it on');
	});

	test('says which have no room', () => {
		const narrow = play({size: {columns: 60, rows: 24}})
			.picture(sessions)
			.types('o');
		const wide = narrow.types('application').types(' ').types('\u0015').types('\r');
		expect(wide.status()).toMatch(/^no room here for /);
	});

	test('a column for very wide terminals is shown anywhere when it is chosen', () => {
		const after = open.types('query-id').types(' ').types('\u0015').types('<<<<<<<<<<<<<<<<<<').types('\r');
		expect(titles(after)).toMatch(/^QUERY ID PID/);
	});
});
