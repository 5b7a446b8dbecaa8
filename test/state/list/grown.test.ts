import {describe, expect, test} from 'vitest';
import {plainText} from '../../../source/lines/plain.js';
import {backend, idleBackend, processOf} from '../../helpers/state/backend.js';
import {down, play} from '../../helpers/state/play.js';

const wide = {columns: 200, rows: 50};
const short = [backend(1)];
const long = [backend(1), backend(2, {database: 'customer_47'})];
const databaseOf = ({state}: ReturnType<typeof play>) => state.screen.grown.widths.database;
const at = (columns: number) => ({type: 'resized', size: {columns, rows: 50}}) as const;

describe('a column of names', () => {
	test('grows with the first picture that has a longer name, and stays so when that has gone', () => {
		const before = play({size: wide}).picture(short);
		expect(before.state.screen.grown.widths).toEqual({});
		const grown = before.picture(long);
		expect(databaseOf(grown)).toBe(11);
		expect(grown.line(2)).toContain(' customer_47 ');
		expect(databaseOf(grown.picture(short))).toBe(11);
	});

	test('does not grow while the order is held: then nothing moves', () => {
		const held = play({size: wide}).picture(short).types(down).picture(long);
		expect(databaseOf(held)).toBeUndefined();
		expect(databaseOf(held.waits(2000).picture(long))).toBe(11);
	});

	test('grows for a name that a session got while the order was held', () => {
		const renamed = [backend(1, {application: 'x'.repeat(18)})];
		const held = play({size: wide}).picture(short).types(down).picture(renamed);
		expect(held.state.screen.grown.widths).toEqual({});
		expect(held.waits(2000).picture(renamed).state.screen.grown.widths.application).toBe(18);
	});

	test('grows anew at another width of the terminal, and only then', () => {
		const grown = play({size: wide}).picture(long);
		expect(databaseOf(grown.does(at(80)))).toBeUndefined();
		expect(databaseOf(grown.does(at(166)))).toBe(10);
		expect(databaseOf(grown.does(at(80)).does(at(200)))).toBe(11);
		expect(databaseOf(grown.picture(short).does(at(210)))).toBeUndefined();
		const lower = grown.picture(short).does({type: 'resized', size: {columns: 200, rows: 30}});
		expect(databaseOf(lower)).toBe(11);
	});

	test('does not grow for sessions that are hidden', () => {
		const busy = play({size: wide}).types('i');
		expect(databaseOf(busy.picture([idleBackend(2, {database: 'customer_47'})]))).toBeUndefined();
	});

	test('has room for how many workers a session has, too', () => {
		const leader = backend(1, {wait: {type: 'IPC', name: 'ExecuteGather'}});
		const worker = (pid: number) => processOf(pid, 'parallel worker', {leaderPid: 1, state: 'active'});
		const alone = play({size: wide}).picture([leader]);
		expect(alone.line(1)).toContain(' ExecuteGather ');
		const parallel = alone.picture([{...leader}, worker(11), worker(12)]);
		expect(parallel.line(1)).toContain(' ExecuteGather +2 ');
	});

	test('is as wide as it needs to be in plain output of any width', () => {
		const {state} = play().picture(long);
		expect(plainText(state, undefined)).toContain(' customer_47 ');
		expect(plainText(state, 200)).toContain(' customer_47 ');
		expect(plainText(state, 80)).toContain(' custome~ ');
	});
});
