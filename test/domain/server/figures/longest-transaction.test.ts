import {expect, test} from 'vitest';
import type {Prepared} from '../../../../source/domain/locks/prepared.js';
import {countSessions} from '../../../../source/domain/server/count-sessions.js';
import {autovacuumWorkers} from '../../../../source/domain/server/figures/autovacuum-workers.js';
import {longestTransaction} from '../../../../source/domain/server/figures/longest-transaction.js';
import {
	backend,
	hour,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
	snapshot,
} from '../../../helpers/state/backend.js';
import {usualLimits} from '../../../helpers/state/limits.js';

const prepared = (gid: string, age: number): Prepared => ({
	gid,
	owner: 'api',
	database: 'shop',
	preparedAt: noon - age,
	xid: 5,
});

function longest(backends: Parameters<typeof snapshot>[0], all: readonly Prepared[] = []) {
	const picture = snapshot(backends, {prepared: all});
	return longestTransaction(picture, countSessions(backends, ownPid, noon));
}

test('the longest transaction is that of a client session', () => {
	const old = backend(2, {age: hour});
	const others = [processOf(3, 'walsender', {xactStart: noon - 9 * hour}), backend(ownPid, {age: 9 * hour})];
	expect(longest([backend(1), old, ...others])).toEqual({age: hour, isLeast: false, backend: old});
	expect(longest([])).toBeUndefined();
});

test('or one that is prepared', () => {
	const [old, young] = [prepared('g1', 2 * hour), prepared('g2', minute)];
	expect(longest([backend(1, {age: hour})], [young, old])).toEqual({
		age: 2 * hour,
		isLeast: false,
		prepared: old,
	});
	expect(longest([], [young])?.age).toBe(minute);
	expect(longest([backend(1, {age: hour})], [young])?.backend?.pid).toBe(1);
});

test('there may be an older one where a session is hidden, or has begun before the clock was set back', () => {
	expect(longest([backend(1), invisible(2)])?.isLeast).toBe(true);
	expect(longest([backend(1), backend(2, {xactStart: noon + hour})])?.isLeast).toBe(true);
	expect(longest([backend(2, {xactStart: noon + hour})])).toMatchObject({age: '?', isLeast: false});
});

test('the session that is idle in transaction for longest is known, aborted ones too', () => {
	const idle = (pid: number, age: number, state = 'idle in transaction') => backend(pid, {state, age});
	const all = [idle(1, minute), idle(2, hour, 'idle in transaction (aborted)'), backend(3, {age: 9 * hour})];
	expect(countSessions(all, ownPid, noon)).toMatchObject({
		inTransaction: 2,
		idlest: {pid: 2},
		oldest: {pid: 3},
	});
	expect(countSessions([], ownPid, noon).idlest).toBeUndefined();
});

test('autovacuum workers are counted, with how many there may be', () => {
	const workers = [processOf(1, 'autovacuum worker'), processOf(2, 'autovacuum launcher')];
	expect(autovacuumWorkers(snapshot(workers, {limits: usualLimits}))).toEqual({running: 1, most: 3});
	expect(autovacuumWorkers(snapshot(workers))).toEqual({running: 1});
});
