import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Rights} from '../source/domain/rights.js';
import {clean} from '../source/domain/text/clean.js';
import {widthOf} from '../source/domain/text/width.js';
import {plainText} from '../source/plain.js';
import {hostileText} from './domain/text/hostile.js';
import {
	backend,
	hour,
	idleBackend,
	invisible,
	minute,
	noon,
	noRights,
	ownPid,
	processOf,
	second,
	snapshot,
} from './helpers/backend.js';

const counters = {commits: 1000, rollbacks: 0, blocksHit: 900, blocksRead: 100};
const session = backend(4388, {age: 4 * minute + 12 * second});
const before = snapshot([session], {at: noon - second / 2, counters});
const picture = snapshot(
	[idleBackend(4403), session, backend(4211, {age: hour}), backend(ownPid), processOf(51, 'walwriter')],
	{
		counters: {...counters, commits: 1101, blocksHit: 1890, blocksRead: 110},
	},
);
const plain = (width: number | undefined, shown = picture, rights?: Rights) =>
	plainText({target: 'dba@db1:5432/shop', before, snapshot: shown, rights, isReadOnly: false, width});

describe('one picture as text', () => {
	const lines = plain(80).split('\n');

	test('has the header, with rates', () => {
		expect(lines[0]).toMatch(/^pgtop dba@db1:5432\/shop {2}PG 17\.5 {2}PRIMARY {2}up 12d04h +12:00:00 UTC$/);
		expect(lines[1]).toBe('4/200 conn  2 active  1 idle  0 idle-tx  longest tx 4211 1h00m');
		expect(lines[2]).toBe('tps 200  hit 99.0%');
	});

	test('has the titles, and all client sessions in the order of TIME', () => {
		expect(lines[3]).toBe('      PID USER     DB       STATE    WAIT           >TIME QUERY');
		expect(lines.slice(4)).toEqual([
			'     4211 api      shop     active                  1h00m UPDATE orders SET sta~',
			'     4388 api      shop     active                  4m12s UPDATE orders SET sta~',
			'     4403 api      shop     idle                        - last: UPDATE orders S~',
			'',
		]);
	});

	test('has every row, however many', () => {
		const all = Array.from({length: 5000}, (_, index) => backend(10_000 + index));
		expect(plain(80, snapshot(all)).split('\n')).toHaveLength(4 + 5000 + 1);
	});

	test('has no rows without sessions', () => {
		expect(plain(80, snapshot([])).split('\n').slice(3)).toEqual([lines[3], '']);
	});

	test('has lines as long as they are, where they may be', () => {
		const long = `SELECT ${'x'.repeat(500)}`;
		const wide = plain(undefined, snapshot([backend(4388, {query: long})]));
		expect(wide).toContain(long);
		expect(wide).toContain('CLIENT');
		expect(wide).toContain('checkout');
	});

	test('shows ? for what this role may not see', () => {
		expect(plain(80, snapshot([invisible(4388)]))).toMatch(/ 4388 api {6}shop {5}\? {8}\? {18}\? \?\n$/);
	});

	test('marks what this role may not signal', () => {
		const shown = plain(80, snapshot([invisible(4388), backend(4402, {userId: 11})]), noRights);
		expect(shown).toMatch(/^ - {3}4388 api /m);
		expect(shown).toMatch(/^ {5}4402 api /m);
	});
});

test.each([40, 80, 120, undefined])('no line of it has an escape sequence or is too long at %s', width => {
	fc.assert(
		fc.property(fc.array(hostileText.map(clean), {minLength: 6, maxLength: 6}), texts => {
			const [user, database, application, query = '', state, name = ''] = texts;
			const hostile = backend(4388, {user, database, application, query, state, wait: {type: name, name}});
			const text = plain(width, snapshot([hostile]));
			expect(text).not.toMatch(/[\0-\t\v-\x1F\x7F-\x9F]/);
			for (const line of text.split('\n')) {
				expect(line).not.toMatch(/ $/);
				if (width !== undefined) expect(widthOf(line)).toBeLessThanOrEqual(width);
			}
		}),
		{numRuns: 50},
	);
});
