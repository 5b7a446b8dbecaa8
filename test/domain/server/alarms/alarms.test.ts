import {describe, expect, test} from 'vitest';
import {archivingAlarm} from '../../../../source/domain/server/alarms/archiving-alarm.js';
import type {Finding} from '../../../../source/domain/server/alarms/finding.js';
import {horizonAlarm} from '../../../../source/domain/server/alarms/horizon-alarm.js';
import {idleAlarm} from '../../../../source/domain/server/alarms/idle-alarm.js';
import {
	lagAlarms,
	pausedAlarm,
	slotAlarms,
} from '../../../../source/domain/server/alarms/replication-alarms.js';
import {slotsAlarm} from '../../../../source/domain/server/alarms/slots-alarm.js';
import {syncAlarm} from '../../../../source/domain/server/alarms/sync-alarm.js';
import {wraparoundAlarm} from '../../../../source/domain/server/alarms/wraparound-alarm.js';
import {nothingNoticed} from '../../../../source/domain/server/noticed.js';
import type {Snapshot} from '../../../../source/domain/server/snapshot.js';
import {thresholds} from '../../../../source/domain/server/thresholds.js';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {
	backend,
	type Circumstances,
	day,
	hour,
	idleBackend,
	minute,
	noon,
	ownPid,
	processOf,
	second,
	snapshot,
} from '../../../helpers/state/backend.js';
import {healthy} from '../../../helpers/state/limits.js';

const million = 1_000_000;
const {nextXid} = healthy;

const picture = (backends: readonly Backend[], facts: Circumstances = {}) =>
	snapshot(backends, {...healthy, ...facts});

const all = (one: Snapshot): readonly Finding[] => [
	...slotsAlarm(one, thresholds),
	...wraparoundAlarm(one, thresholds),
	...syncAlarm(one, thresholds, nothingNoticed),
	...idleAlarm(one, thresholds),
	...horizonAlarm(one, thresholds),
	...slotAlarms(one, thresholds),
	...pausedAlarm(one),
	...lagAlarms(one, thresholds, nothingNoticed),
	...archivingAlarm(one),
];

const idleTx = (pid: number, age: number, facts = {}) =>
	backend(pid, {state: 'idle in transaction', age, ...facts});

const syncing = (pid: number, age: number, query: string) =>
	backend(pid, {age, query, wait: {type: 'IPC', name: 'SyncRep'}});

describe('nothing is said of a healthy server', () => {
	test.each<[string, readonly Backend[], Circumstances]>([
		['with nobody on it', [], {}],
		[
			'whose VACUUM is throttled, with an old snapshot',
			[processOf(1, 'autovacuum worker', {xmin: nextXid - 90 * million, xactStart: noon - 9 * hour})],
			{vacuums: [1]},
		],
		[
			'whose parallel VACUUM is, with its workers',
			[
				processOf(2, 'parallel worker', {
					xmin: nextXid - 90 * million,
					xactStart: noon - 9 * hour,
					leaderPid: 1,
				}),
			],
			{vacuums: [1]},
		],
		[
			'with 150 million old ids',
			[],
			{wraparound: [{database: 'shop', xidAge: 150 * million, multixactAge: 9}]},
		],
		[
			'whose walsender runs for 12 days',
			[processOf(7, 'walsender', {state: 'active', xactStart: noon - 12 * day, queryStart: noon - 12 * day})],
			{standbys: [{pid: 7, name: 'walreceiver', state: 'streaming', lagBytes: 0, replayLag: 60 * second}]},
		],
		['where a report runs for 50 minutes', [backend(1, {age: 50 * minute, xmin: nextXid - million})], {}],
		['where a session waits 4 minutes between two statements', [idleTx(1, 4 * minute)], {}],
		['where sessions are idle for days', [idleBackend(1, {age: 9 * day})], {}],
		['where a commit waits a moment', [syncing(1, 9 * second, 'COMMIT')], {}],
		[
			'which archives',
			[],
			{archiver: {mode: 'on', failures: 3, failedAt: noon - hour, archivedAt: noon - minute}},
		],
		['which does not archive any more', [], {archiver: {mode: 'off', failures: 3, failedAt: noon - hour}}],
		[
			'which does not archive, as a standby',
			[],
			{server: {recovery: 'STANDBY'}, archiver: {mode: 'on', failures: 3, failedAt: noon - hour}},
		],
		['with a slot that keeps a little', [], {slots: [{name: 's', isActive: true, retainedBytes: 1e9}]}],
		[
			'whose standby has got and replayed all of a silent primary',
			[],
			{
				server: {recovery: 'STANDBY'},
				receiver: {isReceiving: true, isCaughtUp: true, replayedAt: noon - 9 * hour},
			},
		],
		['where only we are idle in transaction', [idleTx(ownPid, 9 * hour)], {}],
	])('%s', (_, backends, facts) => {
		expect(all(picture(backends, facts))).toEqual([]);
	});
});

test.each<[string, readonly Backend[], Circumstances, Partial<Finding>]>([
	[
		'connections are few',
		Array.from({length: 194}, (_, index) => backend(1000 + index)),
		{server: {major: 18}},
		{text: '3 connections left for ordinary roles: 194/200 taken', isRed: true},
	],
	[
		'connections are few, and logins are not listed',
		Array.from({length: 196}, (_, index) => backend(1000 + index)),
		{},
		{text: 'at most 1 connection left for ordinary roles: >=196/200 taken', isRed: true},
	],
	[
		'a database is near wraparound',
		[],
		{wraparound: [{database: 'shop', xidAge: 900 * million, multixactAge: 9}]},
		{text: 'wraparound: shop has used 41% of its transaction ids'},
	],
	[
		'a database is nearer to it',
		[],
		{wraparound: [{database: 'shop', xidAge: 9, multixactAge: 1700 * million}]},
		{
			text: 'wraparound: shop has used 79% of its multixact ids',
			isRed: true,
		},
	],
	[
		'a session is idle in transaction',
		[idleTx(4211, 14 * minute + 2 * second), idleTx(4212, 6 * minute)],
		{},
		{text: '4211 (api) idle in transaction for 14m02s, 1 more over 5m', pid: 4211},
	],
	[
		'a session is idle in transaction for long, aborted too',
		[idleTx(4211, 31 * minute, {state: 'idle in transaction (aborted)'})],
		{},
		{text: '4211 (api) idle in transaction for 31m00s', isRed: true, pid: 4211},
	],
	[
		'a session keeps VACUUM from cleaning up for many transactions',
		[backend(4211, {age: minute, xmin: nextXid - 12 * million})],
		{},
		{
			text: 'vacuum held back by 4211 (api): 12M transactions, open 1m00s',
			pid: 4211,
		},
	],
	[
		'a session keeps VACUUM from cleaning up for long',
		[backend(4211, {age: 2 * hour, xmin: nextXid - 500})],
		{},
		{
			text: 'vacuum held back by 4211 (api): 500 transactions, open 2h00m',
			pid: 4211,
		},
	],
	[
		'an ANALYZE of autovacuum does',
		[processOf(5, 'autovacuum worker', {xmin: nextXid - 12 * million, xactStart: noon - minute})],
		{},
		{pid: 5},
	],
	[
		'a slot does',
		[],
		{slots: [{name: 'old', isActive: false, xmin: nextXid - 50 * million}]},
		{text: 'vacuum held back by slot old: 50M transactions'},
	],
	[
		'a prepared transaction does',
		[],
		{
			prepared: [
				{gid: 'g1', owner: 'api', database: 'shop', preparedAt: noon - day, xid: nextXid - 50 * million},
			],
		},
		{text: 'vacuum held back by prepared transaction g1: 50M transactions'},
	],
	[
		'a standby does',
		[processOf(7, 'walsender', {application: 'db2', client: '10.0.0.2', xmin: nextXid - 50 * million})],
		{},
		{
			text: 'vacuum held back by standby db2 10.0.0.2: 50M transactions',
		},
	],
	[
		'commits wait for a standby',
		[syncing(1, 42 * second, 'COMMIT'), syncing(2, 5 * second, 'commit')],
		{limits: {...healthy.limits, synchronousStandbys: 'db2'}},
		{text: '2 commits wait for a standby, the longest for 42s: 1', isRed: true, pid: 1},
	],
	[
		'a slot keeps much',
		[],
		{slots: [{name: 'old', isActive: false, retainedBytes: 12e9}]},
		{text: 'slot old keeps 11GB of WAL, and nobody uses it'},
	],
	[
		'a slot keeps half of what it may',
		[],
		{
			slots: [{name: 's', isActive: true, retainedBytes: 6e8}],
			limits: {...healthy.limits, slotKeepBytes: 1e9},
		},
		{text: 'slot s keeps 572MB of WAL'},
	],
	[
		'a slot is lost',
		[],
		{slots: [{name: 's', isActive: false, walStatus: 'lost'}]},
		{text: 'slot s is lost: WAL that it needs is removed', isRed: true},
	],
	[
		'replay is paused',
		[],
		{
			server: {recovery: 'PAUSED'},
			receiver: {isReceiving: true, isCaughtUp: false, replayedAt: noon - 5 * minute},
		},
		{text: 'replay is paused on this standby: what it shows is 5m00s old'},
	],
	[
		'this standby lags',
		[],
		{
			server: {recovery: 'STANDBY'},
			receiver: {isReceiving: true, isCaughtUp: false, replayedAt: noon - 5 * minute},
		},
		{text: 'this standby is 5m00s behind its primary', isRed: true},
	],
	[
		'a standby lags',
		[],
		{
			standbys: [
				{pid: 7, name: 'db2', client: '10.0.0.2', state: 'streaming', lagBytes: 2e6, replayLag: 42 * second},
			],
		},
		{text: 'standby db2 (10.0.0.2) is 42s and 1.9MB behind', isRed: true, pid: 7},
	],
	[
		'archiving fails',
		[],
		{archiver: {mode: 'on', failures: 3, failedAt: noon, archivedAt: noon - hour, failedWal: '00000001'}},
		{text: 'archiving failed 0.0s ago, the last success was 1h00m ago', isRed: true},
	],
])('it is said when %s, and nothing else', (_, backends, facts, told) => {
	const findings = all(picture(backends, facts));
	expect(findings).toHaveLength(1);
	expect(findings[0]).toMatchObject(told);
	expect(findings[0]?.isRed).toBe(told.isRed);
	expect(findings[0]?.more).toMatch(/\w/);
	// As much room as the alert line has for it in 80 columns.
	expect(findings[0]?.text.length).toBeLessThanOrEqual(64);
});
