import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Rights} from '../../source/domain/session/rights.js';
import {clean} from '../../source/domain/text/clean.js';
import {widthOf} from '../../source/domain/text/width.js';
import {plainText} from '../../source/lines/plain.js';
import {hostileText} from '../domain/text/hostile.js';
import {
	allRights,
	backend,
	cutAt1kB,
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
	withText,
} from '../helpers/state/backend.js';
import {locksOf} from '../helpers/state/locked.js';
import {type Play, play} from '../helpers/state/play.js';

const session = backend(4388, {age: 4 * minute + 12 * second});
const picture = snapshot(
	[idleBackend(4403), session, backend(4211, {age: hour}), backend(ownPid), processOf(51, 'walwriter')],
	{counters: {commits: 1000, rollbacks: 0, blocksHit: 900, blocksRead: 100}},
);
const plain = (width: number | undefined, shown = picture, rights: Rights = allRights) =>
	plainText(play().does({type: 'sampled', snapshot: shown}).has(rights).state, width);

describe('one picture as text', () => {
	const lines = plain(80).split('\n');

	test('has the header, without rates: they would be chance', () => {
		expect(lines[0]).toMatch(/^pgtop dba@db1:5432\/shop {2}PG 17\.5 {2}PRIMARY {2}up 12d04h +12:00:00 UTC$/);
		expect(lines[1]).toBe('conn 4/200  tps -  hit -  wal -  wrap -  rollbacks -  temp -  deadlocks -');
		expect(lines[2]).toBe('2 active  0 lockwait  0 idle-tx  1 idle  longest tx 1h00m of 4211  horizon -');
	});

	test('has the titles, and all client sessions in the order of TIME', () => {
		expect(lines[3]).toBe('      PID USER     DB       STATE    WAIT           TIME▼ QUERY');
		expect(lines.slice(4)).toEqual([
			'     4211 api      shop     active   cpu            1h00m UPDATE orders SET sta~',
			'     4388 api      shop     active   cpu            4m12s UPDATE orders SET sta~',
			'     4403 api      shop     idle                        -',
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

	test('says under the rows how many of their texts the server has cut', () => {
		const cut = withText(session, cutAt1kB);
		const maybe = withText(backend(4402), {bytes: 1021, cut: {isSure: false, size: '1kB'}});
		const part = withText(backend(4403), {bytes: 4000, isPart: true});
		const words = 'by the server (track_activity_query_size = 1kB)';
		const last = (...sessions: Parameters<typeof snapshot>[0]) =>
			plain(undefined, snapshot(sessions)).split('\n').at(-2);
		expect(last(cut, maybe, part, backend(4404))).toBe(`~ 1 query cut ${words}; 1 query may be cut ${words}`);
		expect(last(cut, {...cut, pid: 4411})).toBe(`~ 2 queries cut ${words}`);
		expect(last(maybe)).toBe(`~ 1 query may be cut ${words}`);
		expect(last(part)).toMatch(/ WHERE id = 1~$/);
		expect(last(withText(backend(ownPid), cutAt1kB), session)).toMatch(/ WHERE id = 1$/);
		for (const line of plain(40, snapshot([cut])).split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(40);
	});

	test('marks what this role may not signal', () => {
		const shown = plain(80, snapshot([invisible(4388), backend(4402, {userId: 11})]), noRights);
		expect(shown).toMatch(/^ - {3}4388 api /m);
		expect(shown).toMatch(/^ {5}4402 api /m);
	});

	test('says what is missing, in full, with the GRANT', () => {
		const missing = [
			{part: 'counters', why: 'permission denied for view pg_stat_database', isForNow: false},
		] as const;
		const shown = plain(undefined, snapshot([session], {missing}), noRights).split('\n');
		expect(shown.slice(3, 6)).toEqual([
			'! tps and hit ratio left out: permission denied for view pg_stat_database',
			'! missing: GRANT pg_read_all_stats, pg_signal_backend TO "plain"',
			"  without pg_read_all_stats sessions of other roles show no state, query, wait or age (?); without pg_signal_backend sessions of other roles can't be cancelled or ended (-)",
		]);
		for (const line of plain(40, snapshot([session], {missing}), noRights).split('\n'))
			expect(widthOf(line)).toBeLessThanOrEqual(40);
	});

	test('says when what this role may do could not be read', () => {
		const {state} = play()
			.does({type: 'sampled', snapshot: picture})
			.does({type: 'rights-failed', why: 'no'});
		expect(plainText(state, undefined)).toContain("\n! what this role may do can't be read: no\n");
	});
});

test('who is named in an alert is listed against the toggles, and says so, and never against the filter', () => {
	const locks = locksOf([{held: {AE: [60]}, waits: [[4388, 'AS', noon - minute]]}]);
	const worker = processOf(60, 'autovacuum worker', {state: 'active', database: 'shop'});
	const moment = play().picture([session, worker, backend(4211)], {locks, at: noon});
	const rowsOf = (so: Play) =>
		plainText(so.state, 80)
			.split('\n')
			.filter(line => /^ [ #] +\d+ /.test(line));
	expect(rowsOf(moment)).toEqual([
		expect.stringMatching(/ 4211 /),
		expect.stringMatching(/ 4388 api .* lock < 60 /),
		expect.stringMatching(/^ # +60 .* hidden +blocks 1 /),
	]);
	const filtered = rowsOf(moment.types('/').types('pid:4388\r'));
	expect(filtered).toEqual([expect.stringMatching(/ 4388 /)]);
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
