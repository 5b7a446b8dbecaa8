import {expect, test} from 'vitest';
import {worstLag} from '../../../../source/domain/server/figures/worst-lag.js';
import type {Receiver, Standby} from '../../../../source/domain/server/snapshot.js';
import {noon, second, snapshot} from '../../../helpers/state/backend.js';

const standby = (name: string, facts: Partial<Standby> = {}): Standby => ({
	pid: 7,
	name,
	state: 'streaming',
	...facts,
});

const lag = (...standbys: readonly Standby[]) => worstLag(snapshot([], {standbys}));

test('the standby that is longest behind is named', () => {
	const late = standby('late', {lagBytes: 10, replayLag: 9 * second});
	expect(lag(standby('near', {lagBytes: 5000, replayLag: second}), late)).toEqual({
		standby: late,
		time: 9 * second,
		bytes: 10,
	});
});

test('one that has replayed everything is not behind, whatever it last said of the time', () => {
	expect(lag(standby('idle', {lagBytes: 0, replayLag: 50 * second}))?.time).toBe(0);
	expect(lag(standby('idle', {lagBytes: 0}))?.time).toBe(0);
});

test('without a time the bytes decide', () => {
	expect(lag(standby('a', {lagBytes: 10}), standby('b', {lagBytes: 20}))?.standby?.name).toBe('b');
});

test('nothing is said of standbys of which nothing is seen', () => {
	expect(lag(standby('hidden'))).toBeUndefined();
	expect(lag()).toBeUndefined();
});

test.each([
	['the age of what it has replayed last', {replayedAt: noon - 3 * second}, {time: 3 * second}],
	['none where it has replayed all it gets', {replayedAt: noon - 900 * second, isCaughtUp: true}, {time: 0}],
	[
		'that age where it gets nothing',
		{replayedAt: noon - 900 * second, isCaughtUp: true, isReceiving: false},
		{time: 900 * second},
	],
	['not known before it has replayed anything', {}, undefined],
] as const)('the lag of a standby itself is %s', (_, facts: Partial<Receiver>, told) => {
	const receiver = {isReceiving: true, ...facts};
	expect(worstLag(snapshot([], {receiver, server: {recovery: 'STANDBY'}}))).toEqual(told);
	expect(worstLag(snapshot([], {receiver, server: {recovery: 'PRIMARY'}}))).toBeUndefined();
});
