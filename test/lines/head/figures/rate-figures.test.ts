import {describe, expect, test} from 'vitest';
import type {Rates} from '../../../../source/domain/server/rates.js';
import {thresholds} from '../../../../source/domain/server/thresholds.js';
import {headerLines} from '../../../../source/lines/head/header.js';
import {textOf} from '../../../../source/lines/line.js';
import {
	backend,
	type Circumstances,
	idleBackend,
	invisible,
	processOf,
	snapshot,
} from '../../../helpers/state/backend.js';
import {usualLimits as limits} from '../../../helpers/state/limits.js';

const sessions = (count: number) => Array.from({length: count}, (_, index) => idleBackend(index + 1));

type Given = {
	readonly backends?: Parameters<typeof snapshot>[0];
	readonly facts?: Circumstances;
	readonly rates?: Rates;
	readonly columns?: number;
	readonly isAscii?: boolean;
	readonly tpsBefore?: readonly number[];
};

function lineOf({backends = sessions(85), facts = {}, rates = {}, columns = 80, ...others}: Given) {
	const heading = {
		target: 'db1',
		snapshot: snapshot(backends, facts),
		rates,
		interval: {chosen: 2000, inForce: 2000},
		thresholds,
		isReadOnly: false,
		...others,
	};
	return headerLines(heading, columns, 3)[1] ?? [];
}

const textIn = (given: Given) => textOf(lineOf(given)).trimEnd();
const stylesOf = (words: string, given: Given) => lineOf(given).find(({text}) => text === words)?.styles;

const rates: Rates = {tps: 1834, hitRatio: 0.9921, walBytes: 3.1 * 1024 * 1024, rollbacks: 0, tempBytes: 0};
const wraparound = [{database: 'shop', xidAge: 193_140_000, multixactAge: 0}];
const tpsBefore = [1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6];

describe('the second line', () => {
	test('has connections with a gauge, and the rates', () => {
		expect(textIn({facts: {wraparound, limits}, rates, tpsBefore})).toBe(
			'conn ████······  85/200  tps 1.8k         ▃▅  hit 99.2%  wal 3.1M/s  wrap  9%',
		);
	});

	test('is ASCII where the terminal has no other signs', () => {
		expect(textIn({facts: {wraparound, limits}, rates, tpsBefore, isAscii: true})).toBe(
			'conn [###-----]  85/200  tps 1.8k         .:  hit 99.2%  wal 3.1M/s  wrap  9%',
		);
	});

	test('has - for what is not known', () => {
		expect(textIn({})).toBe('conn ████······  85/200  tps    -             hit     -  wal      -  wrap   -');
	});

	test('is as long whatever the numbers', () => {
		const few = textIn({backends: [], rates: {tps: 0, hitRatio: 0, walBytes: 0}, tpsBefore: [0]});
		const many = textIn({backends: sessions(200), rates: {tps: 123_456, hitRatio: 1, walBytes: 1e9}});
		for (const label of ['tps', 'hit', 'wal', 'wrap']) expect(few.indexOf(label)).toBe(many.indexOf(label));
	});

	test('has no bars in a narrow terminal', () => {
		expect(textIn({rates, columns: 40})).toBe('conn  85/200  tps 1.8k  hit 99.2%');
	});

	test('has longer ones, and more figures, in a wide one', () => {
		expect(textIn({rates: {...rates, deadlocks: 0.2}, columns: 200})).toBe(
			'conn ████████▌···········  85/200  tps 1.8k             hit 99.2%  wal 3.1M/s  wrap   -  rollbacks    0/s  temp   0B/s  deadlocks  0.2/s',
		);
	});

	test('has conflicts on a standby, and the lag of the worst standby on a primary', () => {
		const standbys = [
			{pid: 1, name: 'db2', replayLag: 300_000, lagBytes: 1},
			{pid: 2, name: 'db3', replayLag: 4_100_000, lagBytes: 9},
		];
		expect(textIn({facts: {standbys}, columns: 200})).toContain('  lag   4.1s of db3  ');
		expect(textIn({facts: {server: {recovery: 'STANDBY'}}, columns: 200})).toContain('  conflicts      -');
	});
});

describe('a figure over its threshold', () => {
	test.each([
		['conn', 179, undefined],
		['conn', 180, ['bold', 'hurts']],
	])('%s of %d/200 has the styles %j', (_, count, styles) => {
		const given = {backends: sessions(count)};
		expect(stylesOf(`${count}/200`, given)).toEqual(styles);
		expect(lineOf(given).find(({text}) => text.includes('█'))?.styles).toEqual(styles);
	});

	test.each([
		[0.39, undefined],
		[0.41, ['bold', 'open']],
		[0.76, ['bold', 'hurts']],
	])('wraparound at %d has the styles %j', (share, styles) => {
		const facts = {limits, wraparound: [{database: 'shop', xidAge: share * 2_146_000_000, multixactAge: 0}]};
		expect(stylesOf(`${Math.floor(share * 100)}%`, {facts})).toEqual(styles);
	});

	test('has room before the others', () => {
		expect(textIn({columns: 60})).not.toContain('deadlocks');
		expect(textIn({columns: 60, rates: {deadlocks: 2}})).toMatch(/^conn .* deadlocks {2}2\.0\/s$/);
	});

	test('that is a lag over 30 s is red', () => {
		const facts = {standbys: [{pid: 1, name: 'db2', replayLag: 31e6, lagBytes: 1}]};
		expect(lineOf({facts}).find(({text}) => text.startsWith('31s of db2'))?.styles).toEqual([
			'bold',
			'hurts',
		]);
	});

	test('goes by the thresholds in force, in the same picture too', () => {
		const seen = snapshot([], {standbys: [{pid: 1, name: 'db2', replayLag: 31e6, lagBytes: 1}]});
		const styleBy = (standbyLag: number) => {
			const heading = {target: '', snapshot: seen, rates: {}, isReadOnly: false};
			const line = headerLines({...heading, thresholds: {...thresholds, standbyLag}}, 80, 3)[1] ?? [];
			return line.find(({text}) => text.startsWith('31s of db2'))?.styles;
		};
		expect(styleBy(30e6)).toEqual(['bold', 'hurts']);
		expect(styleBy(60e6)).toBeUndefined();
		expect(styleBy(30e6)).toEqual(['bold', 'hurts']);
	});
});

describe('the connections', () => {
	const connections = (backends: Given['backends'] = [], major = 17) =>
		/(\S+\/200)/.exec(textIn({backends, facts: {server: {major}}}))?.[1];

	test('are all, our own too', () => {
		expect(connections([backend(9999), idleBackend(1)])).toBe('2/200');
	});

	test.each([
		[10, '2/200'],
		[11, '2/200'],
		[12, '1/200'],
	])('in %d are with walsenders, or without: %s', (major, slots) => {
		expect(connections([backend(1), processOf(60, 'walsender', {state: 'active'})], major)).toBe(slots);
	});

	test.each([
		['hidden, with an owner and without a database', 11, {}, '>=1/200'],
		['hidden, of nobody', 11, {user: undefined}, '1/200'],
		['hidden, on a server where they take no slot of these', 12, {}, '1/200'],
	] as const)('are the least where something may be a walsender: %s', (_, major, facts, slots) => {
		expect(
			connections([backend(1), invisible(60, {kind: 'unknown', database: undefined, ...facts})], major),
		).toBe(slots);
	});
});
