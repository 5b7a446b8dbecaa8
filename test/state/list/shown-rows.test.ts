import {describe, expect, test} from 'vitest';
import {plainText} from '../../../source/lines/plain.js';
import {shownColumns} from '../../../source/state/list/shown-columns.js';
import {shownRows} from '../../../source/state/list/shown-rows.js';
import {backend, hour, idleBackend, minute, processOf, second} from '../../helpers/state/backend.js';
import {down, end, type Play, play} from '../../helpers/state/play.js';

const worker = (pid: number, leaderPid: number, age = second) =>
	processOf(pid, 'parallel worker', {leaderPid, state: 'active', age, query: 'SELECT 1'});
/** A leader with two workers, one with one, and a worker whose leader is not listed. */
const parallel = [
	backend(1, {age: hour}),
	backend(2, {age: minute}),
	worker(11, 1),
	worker(12, 1),
	worker(21, 2),
	worker(31, 3),
];

const marksOf = ({state}: Play) =>
	Object.fromEntries(
		shownRows(state).map(({row, marks: {indent, workers, isQuiet}}) => [
			row.value.pid,
			{...(indent && {indent}), ...(workers && {workers}), ...(isQuiet && {isQuiet})},
		]),
	);

describe('parallel workers', () => {
	const all = play().picture(parallel);

	test('stand under their leader, marked, and it says how many', () => {
		expect(all.rows()).toEqual(['1', '11', '12', '2', '21', '31']);
		expect(marksOf(all)).toEqual({
			1: {workers: 2},
			11: {indent: '`- '},
			12: {indent: '`- '},
			2: {workers: 1},
			21: {indent: '`- '},
			31: {},
		});
		expect(all.line(1)).toContain(' cpu +2 ');
		expect(all.line(12)).toContain(' `- SELECT 1');
		expect(all.line(31)).not.toContain('`-');
	});

	test('are marked also where the window begins below their leader', () => {
		const low = play({size: {columns: 80, rows: 10}})
			.picture([...parallel, ...Array.from({length: 5}, (_, index) => worker(13 + index, 1))])
			.types(end);
		const [first] = shownRows(low.state);
		expect(first?.row.value.leaderPid).toBe(1);
		expect(first?.marks.indent).toBe('`- ');
	});

	test('that have ended are not counted', () => {
		const held = all.types(down).picture(parallel.slice(0, 3));
		expect(held.rows()).toEqual(['1', '11', '12 gone', '2', '21 gone', '31 gone']);
		expect(marksOf(held)[1]).toEqual({workers: 1});
		expect(marksOf(held)[2]).toEqual({});
	});
});

test('a session that is idle is quiet', () => {
	const marks = marksOf(play().picture([backend(1), idleBackend(2)]));
	expect(marks).toEqual({1: {}, 2: {isQuiet: true}});
});

describe('what a process uses', () => {
	const session = backend(1);
	const wide = play({size: {columns: 236, rows: 24}}).picture([session]);
	const used = (uses: Play['state']['server']['uses']) => ({
		...wide.state,
		server: {...wide.state.server, ...(uses && {uses})},
	});

	test('has its columns where the server is this machine', () => {
		const ids = shownColumns(used(new Map())).map(({id}) => id);
		expect(ids).toEqual(expect.arrayContaining(['cpu', 'memory']));
		expect(shownColumns(wide.state).map(({id}) => id)).not.toContain('cpu');
		expect(shownColumns(wide.state).map(({id}) => id)).not.toContain('memory');
	});

	test('is told of the sessions of which it is known', () => {
		const use = {cpu: 0.5};
		expect(shownRows(used(new Map([[session.id, use]])))[0]?.marks.use).toBe(use);
		expect(shownRows(used(new Map()))[0]?.marks).not.toHaveProperty('use');
	});
});

describe('sessions of the roles of a hosting service', () => {
	const serviceRoles = new Set(['rdsadmin']);
	const service = backend(4100, {user: 'rdsadmin'});
	const hosted = play({serviceRoles}).picture([backend(4388), service, backend(4211)]);

	test('are listed with the background processes only, and counted all the same', () => {
		expect(hosted.rows()).toEqual(['4211', '4388']);
		expect(hosted.topText()).toContain('3 active');
		expect(hosted.types('a').rows()).toEqual(['4100', '4211', '4388']);
	});

	test('stay where one is selected, and say that they are hidden', () => {
		const selected = hosted.types('a').types(down);
		expect(selected.selected()).toBe(4100);
		expect(selected.types('a').rows()).toEqual(['4100 hidden', '4211', '4388']);
	});

	test('are ordinary sessions to k', () => {
		const pressed = hosted.types('a').types(down).looksAtIt().types('k').waits(50);
		expect(pressed.signals().map(({target}) => target.pid)).toEqual([4100]);
	});

	test('are not in one picture as text', () => {
		const text = plainText(hosted.state, undefined);
		expect(text).toContain(' 4211 ');
		expect(text).not.toContain('rdsadmin');
	});

	test('are new sessions to nobody', () => {
		const held = hosted
			.types(down)
			.picture([backend(4388), service, backend(4211), backend(4101, {user: 'rdsadmin'})]);
		expect(held.state.screen.newSessions).toBe(0);
	});
});
