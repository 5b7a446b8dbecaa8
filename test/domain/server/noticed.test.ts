import {expect, test} from 'vitest';
import {goneAlarms, lagAlarms} from '../../../source/domain/server/alarms/replication-alarms.js';
import {syncAlarm} from '../../../source/domain/server/alarms/sync-alarm.js';
import {nothingNoticed, noticedAfter} from '../../../source/domain/server/noticed.js';
import type {Snapshot, Standby} from '../../../source/domain/server/snapshot.js';
import {thresholds} from '../../../source/domain/server/thresholds.js';
import {backend, noon, second, snapshot} from '../../helpers/state/backend.js';

/** What pictures tell that were taken ten seconds apart. */
function seen(pictures: readonly Partial<Snapshot>[]) {
	const all = pictures.map((facts, index) => {
		const {backends = [], server: _, missing: __, ...others} = facts;
		return snapshot(backends, {at: noon + index * 10 * second, ...others});
	});
	const noticed = all.reduce(noticedAfter, nothingNoticed);
	return {noticed, last: all.at(-1) ?? snapshot([])};
}

const standby = (facts: Partial<Standby> = {}): Standby => ({
	pid: 7,
	name: 'db2',
	state: 'streaming',
	lagBytes: 0,
	...facts,
});

/** The WAL grows by 1,000 bytes a picture, and so many of them are not replayed. */
const growing = (index: number, lagBytes: number, facts: Partial<Standby> = {}) => ({
	walBytes: 5000 + 1000 * index,
	standbys: [standby({lagBytes, ...facts})],
});

test('a standby whose replay stands still lags, though it says nothing of the time', () => {
	const {noticed, last} = seen(
		[0, 1, 2, 3, 4, 5].map(index => growing(index, 1000 * index, {replayLag: 22_000})),
	);
	expect(lagAlarms(last, thresholds, noticed)[0]?.text).toBe('standby db2 is 40s and 4.9kB behind');
	const before = seen([0, 1, 2, 3, 4].map(index => growing(index, 1000 * index)));
	expect(lagAlarms(before.last, thresholds, before.noticed)).toEqual([]);
});

test('one that always is a little behind does not lag', () => {
	const {noticed, last} = seen(Array.from({length: 9}, (_, index) => growing(index, 500)));
	expect(lagAlarms(last, thresholds, noticed)).toEqual([]);
});

test('between two looks at the standbys nothing is concluded from WAL that is newer than they are', () => {
	const standbys = [standby({lagBytes: 0})];
	const {noticed} = seen([0, 1, 2].map(index => ({walBytes: 5000 + 1000 * index, standbys})));
	expect(noticed.standbys.get('db2 undefined')?.mark?.walBytes).toBe(5000);
});

test('a standby that streamed and does not any more has gone, until it comes back', () => {
	const here = {standbys: [standby({client: '10.0.0.2'})]};
	const textsOf = (pictures: readonly Partial<Snapshot>[]) => {
		const {noticed, last} = seen(pictures);
		return goneAlarms(last, noticed).map(({text}) => text);
	};
	expect(textsOf([here, {standbys: []}, {standbys: [] as const}])).toEqual([
		'standby db2 (10.0.0.2) has been gone for 10s',
	]);
	expect(textsOf([here, {standbys: []}, {standbys: [...here.standbys]}])).toEqual([]);
	const two = {standbys: [standby(), standby({pid: 8})]};
	expect(textsOf([two, {standbys: [standby()]}])).toEqual([
		'standby db2 has been gone for 0.0s: 1 of 2 are left',
	]);
});

test('a base backup that ends is no loss, and standbys that were not read are none either', () => {
	const backup = {standbys: [standby({name: 'pg_basebackup', state: 'backup'})]};
	for (const pictures of [
		[backup, {standbys: []}],
		[{standbys: [standby()]}, {}],
	]) {
		const {noticed, last} = seen(pictures);
		expect(goneAlarms(last, noticed)).toEqual([]);
	}
});

test('a statement that waits for its commit has waited since it was seen to, not since it began', () => {
	const waiting = (query: string) => ({
		backends: [backend(1, {query, age: 60 * second, wait: {type: 'IPC', name: 'SyncRep'}})],
	});
	const told = (query: string, pictures: number) => {
		const {noticed, last} = seen(Array.from({length: pictures}, () => waiting(query)));
		return syncAlarm(last, thresholds, noticed).map(({text}) => text);
	};
	expect(told('UPDATE orders SET x = 1', 2)).toEqual([]);
	expect(told('UPDATE orders SET x = 1', 3)).toEqual(['1 commit waits for a standby, for 20s: 1']);
	expect(told('COMMIT', 1)).toEqual(['1 commit waits for a standby, for 1m00s: 1']);
});
