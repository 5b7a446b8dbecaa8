import {expect, test} from 'vitest';
import {preparedId} from '../../../../source/domain/locks/prepared-session.js';
import {idleAlarm} from '../../../../source/domain/server/alarms/idle-alarm.js';
import {blockedAlarm} from '../../../../source/domain/server/alarms/locks/blocked-alarm.js';
import {thresholds} from '../../../../source/domain/server/thresholds.js';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {
	backend,
	type Circumstances,
	idleBackend,
	invisible,
	minute,
	noon,
	second,
	snapshot,
} from '../../../helpers/state/backend.js';
import {type LockScene, locksOf} from '../../../helpers/state/locked.js';

const holder = backend(4211, {state: 'idle in transaction', age: 14 * minute + 2 * second});

const told = (
	backends: readonly Backend[],
	scenes: readonly LockScene[],
	{lockWait = thresholds.lockWait, ...facts}: Circumstances & {readonly lockWait?: number} = {},
) => blockedAlarm(snapshot(backends, {locks: locksOf(scenes), ...facts}), {...thresholds, lockWait});

const transaction = (
	xid: number,
	held: number,
	...waits: readonly (readonly [number, number])[]
): LockScene => ({
	type: 'transactionid',
	xid,
	held: {E: [held]},
	waits: waits.map(([pid, age]) => [pid, 'S', noon - age]),
});

test('names who blocks, how many, since when, what it does, and what its end would free', () => {
	const scene = transaction(7, 4211, [4388, 4 * minute + 12 * second]);
	expect(told([holder, backend(4388)], [scene])).toEqual([
		{
			isRed: true,
			text: '4211 blocks 1 since 4m12s: idle-tx 14m02s',
			more: 'frees up to 1 now; k ends it: it has written nothing',
			pid: 4211,
			id: holder.id,
		},
	]);
});

test('says nothing before somebody has waited for a second, or for as long as is configured', () => {
	const scene = transaction(7, 4211, [4388, second]);
	expect(told([holder, backend(4388)], [scene])).toEqual([]);
	expect(told([holder, backend(4388)], [scene], {lockWait: second / 2})).toHaveLength(1);
	expect(told([holder, backend(4388)], [])).toEqual([]);
	expect(told([holder, backend(4388)], [], {locks: undefined} as object)).toEqual([]);
});

test('since when is the wait that began first in the whole chain', () => {
	const scenes = [transaction(7, 4211, [4388, 3 * second]), transaction(8, 4388, [4395, minute])];
	expect(told([holder, backend(4388), backend(4395)], scenes)[0]?.text).toBe(
		'4211 blocks 2 since 1m00s: idle-tx 14m02s',
	);
});

test('who has just got the lock has not blocked for as long as others have waited', () => {
	const next = backend(4212, {
		state: 'idle in transaction',
		xactStart: noon - 5 * minute,
		stateChange: noon - 3 * second,
	});
	expect(told([next, backend(4388)], [transaction(7, 4212, [4388, 4 * minute])])[0]?.text).toBe(
		'4212 blocks 1 since <=4m00s: idle-tx 3.0s, in tx 5m00s',
	);
});

test.each([
	['what it has written is lost', {...holder, xid: 7}],
	['no transaction is open', idleBackend(4211)],
	['this role may not see what is lost with it', invisible(4211)],
])('says of k what is lost: %s', (words, session) => {
	expect(told([session, backend(4388)], [transaction(7, 4211, [4388, minute])])[0]?.more).toBe(
		`frees up to 1 now; k ends it: ${words}`,
	);
});

test('says of c that a savepoint may keep the transaction', () => {
	const later = backend(4211, {age: minute, xactStart: noon - 2 * minute});
	expect(told([later, backend(4388)], [transaction(7, 4211, [4388, 30 * second])])[0]?.more).toContain(
		'c aborts its transaction, unless a savepoint takes it; k ends it: ',
	);
});

test('before 14 nobody can have waited for longer than its query has run', () => {
	const locks = locksOf([transaction(7, 4211, [4388, 0])], false);
	expect(told([holder, backend(4388, {age: 5 * second})], [], {locks})[0]?.text).toBe(
		'4211 blocks 1 since <=5.0s: idle-tx 14m02s',
	);
});

test('where not all locks were read there may be more', () => {
	const locks = {...locksOf([transaction(7, 4211, [4388, minute])]), isCut: true} as const;
	expect(told([holder, backend(4388)], [], {locks})[0]?.text).toContain('4211 blocks >=1 since');
});

test('where the role does not see what it does only that it blocks is said', () => {
	const hidden = invisible(4211);
	expect(told([hidden, backend(4388)], [transaction(7, 4211, [4388, minute])])[0]?.text).toBe(
		'4211 blocks 1 since <=1m00s',
	);
});

test('a prepared transaction is named by its gid, and its row is meant', () => {
	const prepared = {
		gid: 'order-7',
		owner: 'app',
		database: 'shop',
		preparedAt: noon - 14 * minute,
		xid: 7,
	};
	const scene = {
		type: 'transactionid',
		xid: 7,
		held: {E: ['-1/7']},
		waits: [[4388, 'S', noon - minute]],
	} as const;
	expect(told([backend(4388)], [scene], {prepared: [prepared]})).toEqual([
		{
			isRed: true,
			text: 'prepared transaction order-7 blocks 1 since 1m00s: prepared 14m00s ago',
			more: 'frees up to 1 now; order-7 of app: COMMIT PREPARED or ROLLBACK PREPARED in shop ends it',
			id: preparedId(prepared),
		},
	]);
});

test('of a queue behind an ALTER it says how many a c on that lets go on, and what it loses', () => {
	const reader = backend(4211, {age: minute});
	const alter = backend(4501, {age: 30 * second});
	const scene: LockScene = {
		relation: 16_402,
		held: {AS: [4211]},
		waits: [
			[4501, 'AE', noon - 30 * second],
			[4502, 'AS', noon - 20 * second],
			[4503, 'AS', noon - 10 * second],
		],
	};
	const [{more} = {}] = told([reader, alter, backend(4502), backend(4503)], [scene]);
	expect(more).toBe(
		'frees 1 now; c is enough, its query is all of its transaction; k ends it: it has written nothing; c on 4501, which waits, lets 2 go on, and loses nothing',
	);
	const asOnServer = {...alter, xid: 772};
	const [{more: real} = {}] = told([reader, asOnServer, backend(4502), backend(4503)], [scene]);
	expect(real).toContain('lets 2 go on, and loses that query only');
	const later = {...alter, queryStart: noon - 30 * second, xactStart: noon - minute};
	const [{more: then} = {}] = told([reader, later, backend(4502), backend(4503)], [scene]);
	expect(then).toContain('lets 2 go on, and aborts its transaction');
});

test('ten are told one by one, the worst first, and then how many more there are', () => {
	const roots = Array.from({length: 12}, (_, index) => backend(100 + index));
	const waiters = Array.from({length: 13}, (_, index) => backend(200 + index));
	const scenes = roots.map((_, index) =>
		index === 5
			? transaction(index, 105, [205, minute], [212, minute])
			: transaction(index, 100 + index, [200 + index, minute]),
	);
	const all = told([...roots, ...waiters], scenes);
	expect(all.map(({pid}) => pid)).toEqual([105, 100, 101, 102, 103, 104, 106, 107, 108, 109, undefined]);
	expect(all.at(-1)).toMatchObject({isRed: true, text: '2 more block others for over 1 s'});
});

test('idle in transaction hurts at once where it blocks, and then it is the one that is named', () => {
	const longer = backend(1, {state: 'idle in transaction', age: 20 * minute});
	const locks = locksOf([transaction(7, 4211, [4388, second])]);
	const [finding] = idleAlarm(snapshot([longer, holder, backend(4388)], {locks}), thresholds);
	expect(finding).toMatchObject({isRed: true, pid: 4211});
	const [calm] = idleAlarm(snapshot([longer, holder, backend(4388)]), thresholds);
	expect(calm).toMatchObject({pid: 1});
	expect(calm?.isRed).toBeUndefined();
});
