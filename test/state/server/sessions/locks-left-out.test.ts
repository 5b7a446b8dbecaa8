import {expect, test} from 'vitest';
import type {LockRow} from '../../../../source/domain/locks/lock-row.js';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {backend, type Circumstances, idleBackend, invisible} from '../../../helpers/state/backend.js';
import {type Play, play} from '../../../helpers/state/play.js';

const held: LockRow = {
	key: 'relation 5 16402',
	type: 'relation',
	mode: 'ShareLock',
	isGranted: false,
	pids: [1],
	count: 1,
};
const waiting = backend(3, {wait: {type: 'Lock', name: 'relation'}});
const sleeping = backend(4, {wait: {type: 'Timeout', name: 'PgSleep'}});
const lwLock = backend(5, {wait: {type: 'LWLock', name: 'LockManager'}});

type Picture = readonly [serverMs: number, rows: readonly LockRow[], sessions: readonly Backend[]];

const shown = ([serverMs, rows, sessions]: Picture): [readonly Backend[], Circumstances] => [
	sessions,
	{locks: {rows, serverMs}},
];

/** Whether the last refresh has asked for who waits for whom, and for names of tables. */
const asksLocks = (moment: Play) => {
	const [parts = []] = moment
		.given('sample')
		.slice(-1)
		.map(({parts}) => parts);
	expect(parts).toContain('counters');
	return [parts.includes('locks'), parts.includes('relations')];
};

/** A picture without locks comes every 2 s, so long. */
function goesOn(moment: Play, ms: number, sessions: readonly Backend[] = [sleeping]): Play {
	const end = moment.now + ms;
	let next = moment.until('sample');
	while (next.now < end && !asksLocks(next)[0]) next = next.picture(sessions).until('sample');
	return next;
}

const costly = play()
	.until('sample')
	.picture(...shown([9, [], [sleeping]]));

test.each<[what: string, picture: Picture, isAsked: boolean]>([
	['cost little', [5, [], [sleeping, idleBackend(6)]], true],
	['cost much', [5.1, [], [sleeping, idleBackend(6), lwLock]], false],
	['cost much, and somebody waits for one', [90, [held], [sleeping]], true],
	['cost much, and a session waits for one by now', [90, [], [sleeping, waiting]], true],
	['cost much, and not every session is visible', [90, [], [sleeping, invisible(7)]], true],
	['cost much where there is nobody', [90, [], []], false],
])('locks that %s: %j', (_, picture, isAsked) => {
	const next = play()
		.until('sample')
		.picture(...shown(picture))
		.until('sample');
	expect(asksLocks(next)[0]).toBe(isAsked);
	expect(next.state.server.leftOut).toEqual([]);
});

test('what is left out with them is the names of the tables that are locked', () => {
	expect(asksLocks(goesOn(costly, 20_000))).toEqual([false, false]);
});

test('they are asked for again after a minute', () => {
	const again = goesOn(costly, 100_000);
	expect([asksLocks(again), again.now]).toEqual([[true, true], costly.now + 60_000]);
	const still = again.picture(...shown([9, [], [sleeping]])).until('sample');
	expect(asksLocks(still)).toEqual([false, false]);
});

test.each<[what: string, sessions: readonly Backend[]]>([
	['a session waits for one', [sleeping, waiting]],
	['there is a session that this role may not see', [invisible(7)]],
])('they are asked for again with the next refresh when %s', (_, sessions) => {
	const next = costly.until('sample').picture([sleeping]).until('sample').picture(sessions);
	expect(asksLocks(next)).toEqual([false, false]);
	expect(asksLocks(next.until('sample'))).toEqual([true, true]);
});

test('r asks for them, and a new connection does', () => {
	expect(asksLocks(costly.waits(600).types('r'))).toEqual([true, true]);
	const lost = costly.does({type: 'lost', why: 'gone'}).until('connect').waits(10);
	expect(asksLocks(lost.does({type: 'linked'}))).toEqual([true, true]);
});
