import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {passes} from '../../../source/views/sessions/passes.js';
import {backend, idleBackend, invisible, ownPid, processOf, snapshot} from '../../helpers/state/backend.js';
import {locksOf} from '../../helpers/state/locked.js';

const serviceRoles = new Set(['rdsadmin']);
const all = {showsIdle: true, showsBackground: true, serviceRoles};
const usual = {showsIdle: true, showsBackground: false, serviceRoles};
const busy = {showsIdle: false, showsBackground: false, serviceRoles};

const of = (major: number) => snapshot([], {server: {major}});
/** A worker that does jobs in a database, as somebody. */
const job = (type: string) => processOf(1, type, {user: 'dba', database: 'shop', state: 'active'});

describe('what is listed', () => {
	test.each<[what: string, one: Backend, usually: boolean, withoutIdle: boolean, withBackground: boolean]>([
		['a session', backend(1), true, true, true],
		['an idle session', idleBackend(1), true, false, true],
		['a session idle in transaction', backend(1, {state: 'idle in transaction'}), true, true, true],
		['a session that may not be seen', invisible(1), true, true, true],
		['a session of a service role', backend(1, {user: 'rdsadmin'}), false, false, true],
		['an idle one', idleBackend(1, {user: 'rdsadmin'}), false, false, true],
		[
			'a parallel worker of one',
			processOf(1, 'parallel worker', {leaderPid: 2, user: 'rdsadmin', state: 'active'}),
			false,
			false,
			true,
		],
		['pgtop itself', backend(ownPid), false, false, true],
		['a walsender', processOf(1, 'walsender', {state: 'active'}), false, false, true],
		['the checkpointer', processOf(1, 'checkpointer'), false, false, true],
		['a type that is not known', processOf(1, 'slotsync worker'), false, false, true],
		['a worker that runs jobs of an extension', job('background worker'), true, true, true],
		['one of a type that the extension has named', job('pg_cron worker'), true, true, true],
		['one that belongs to nobody', processOf(1, 'pg_cron launcher'), false, false, true],
		['a worker of replication', job('logical replication worker'), false, false, true],
		[
			'a parallel worker of 13 and later',
			processOf(1, 'parallel worker', {leaderPid: 2, state: 'active'}),
			true,
			true,
			true,
		],
		[
			'a worker of replication under its leader, of 16 and later',
			processOf(1, 'logical replication parallel worker', {leaderPid: 2, state: 'active'}),
			false,
			false,
			true,
		],
		['a parallel worker of 10 to 12', processOf(1, 'parallel worker', {state: 'active'}), false, false, true],
	])('%s', (_, one, usually, withoutIdle, withBackground) => {
		expect(passes(one, usual, of(17))).toBe(usually);
		expect(passes(one, busy, of(17))).toBe(withoutIdle);
		expect(passes(one, all, of(17))).toBe(withBackground);
	});
});

test('in 10 a worker of an extension can not be told from a parallel worker, and is listed as that one', () => {
	expect(passes(job('background worker'), usual, of(10))).toBe(false);
	expect(passes(job('background worker'), all, of(10))).toBe(true);
	expect(passes(job('background worker'), usual, of(11))).toBe(true);
});

test('an idle session that blocks others is never hidden by i', () => {
	const locks = locksOf([{type: 'advisory', held: {E: [1]}, waits: [[2, 'E']]}]);
	const picture = snapshot([idleBackend(1), backend(2), idleBackend(3)], {locks});
	const how = {showsIdle: false, showsBackground: false, serviceRoles: new Set<string>()};
	expect(picture.backends.map(one => passes(one, how, picture))).toEqual([true, true, false]);
});
