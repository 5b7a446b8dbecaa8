import {describe, expect, test} from 'vitest';
import {shownRows} from '../../../../source/state/list/shown-rows.js';
import {backend, invisible, minute, noon, ownPid, processOf} from '../../../helpers/state/backend.js';
import {down, end, home, lookingAt, type Play, play} from '../../../helpers/state/play.js';
import {elsewhere, other, relinked} from '../other-server.js';

const own = backend(ownPid, {backendStart: noon - minute});
const session = backend(4388);
const sessions = Array.from({length: 40}, (_, index) => backend(5000 + index, {age: (99 - index) * minute}));

/** Here the columns have room that show it. */
const size = {columns: 240, rows: 24};

/** The pids that were last asked for. */
const asked = (moment: Play) =>
	moment
		.given('processes')
		.at(-1)
		?.sessions.map(({pid}) => pid);

describe('with each picture it is asked what the processes use', () => {
	test('of our own session, of the postmaster, and of the sessions on the screen', () => {
		const shown = play({size}).picture([...sessions, own]);
		expect(shown.given('processes')).toHaveLength(1);
		expect(shown.given('processes')[0]?.own).toEqual({
			pid: ownPid,
			backendStart: own.backendStart,
			startedAt: shown.state.server.instance?.startedAt,
		});
		expect(asked(shown)).toEqual(shown.rows().map(Number));
		expect(asked(shown)?.length).toBeLessThan(40);
	});

	test('and of the selected one, wherever that is', () => {
		const away = play({size})
			.picture([...sessions, own])
			.types(end)
			.waits(5000)
			.picture([...sessions, own]);
		expect(asked(away)).toEqual(away.rows().map(Number));
		const back = sessions.map(one => (one.pid === 5039 ? backend(5039, {age: 1}) : one));
		const low = play({size})
			.picture([...sessions, own])
			.types(home)
			.waits(5000)
			.picture([backend(5000, {age: 1}), ...back.slice(1), own]);
		expect(low.rows().map(Number)).not.toContain(5000);
		expect(asked(low)).toEqual([...low.rows().map(Number), 5000]);
	});

	test('only of the selected one where no column has room for it, and of none without one', () => {
		const narrow = lookingAt(session, {others: [own, backend(4402)]});
		expect(asked(narrow.picture([session, own, backend(4402)]))).toEqual([4388]);
		expect(play().picture([session, own]).given('processes')).toEqual([]);
	});

	test('not of those that have gone, or whose start this role may not see', () => {
		const looking = lookingAt(session, {size, others: [own, invisible(4402), processOf(51, 'checkpointer')]});
		const gone = looking.picture([own, invisible(4402), processOf(51, 'checkpointer')]);
		expect(gone.rows()).toContain('4388 gone');
		expect([...(asked(gone) ?? [])].sort((a, b) => a - b)).toEqual([51, ownPid]);
	});

	test('not where our own session or the start of the postmaster is not told', () => {
		expect(play({size}).picture([session]).given('processes')).toEqual([]);
	});

	test('not while the picture is held', () => {
		const held = play({size}).picture([session, own]).types('p').waits(10_000);
		expect(held.given('processes')).toHaveLength(1);
	});
});

describe('what a process uses', () => {
	const use = {cpu: 0.5, memory: 1_000_000};
	const told = lookingAt(session, {others: [own]}).does({
		type: 'processes-read',
		uses: new Map([[session.id, use]]),
	});
	const useOf = ({state}: Play) => shownRows(state).find(({row}) => row.value.pid === 4388)?.marks.use;

	test('stands with its row until more is known', () => {
		expect(useOf(told)).toEqual(use);
		expect(useOf(told.picture([session, own]))).toEqual(use);
		expect(useOf(told.does({type: 'processes-read', uses: new Map()}))).toBeUndefined();
		expect(useOf(told.does({type: 'processes-read'}))).toBeUndefined();
	});

	test('is not said of a session that has gone', () => {
		expect(useOf(told.picture([own]))).toBeUndefined();
	});

	test('is forgotten with the connection, which may lead to another machine', () => {
		expect(relinked(told).state.server.uses).toBeUndefined();
		expect(relinked(told).picture(elsewhere, other).state.server.uses).toBeUndefined();
	});

	test('changes nothing where nothing is told', () => {
		const untold = play().picture([session, own]);
		expect(untold.does({type: 'processes-read'}).state).toBe(untold.state);
		expect(untold.types(down).state.server.uses).toBeUndefined();
	});
});
