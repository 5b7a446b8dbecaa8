import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {snapshotWords} from '../../../source/domain/session/words/snapshot-words.js';
import {backend, noon, processOf} from '../../helpers/state/backend.js';

const read = (one: Backend, facts = {}) => ({at: noon, backend: one, reasons: [], ...facts});
const words = (one: Backend, facts = {}) => snapshotWords(read(one, {xminAge: 52, ...facts}), 'PRIMARY');

const until = "VACUUM can't remove rows that died since";

describe('a snapshot', () => {
	test.each([
		[0, '0 transactions old'],
		[1, '1 transaction old'],
		[52, '52 transactions old'],
	])('that is behind by %d is told with what it means, and in no words of blocking', (xminAge, old) => {
		expect(words(backend(1), {xminAge})).toBe(`${old}: in its database ${until}`);
		expect(words(backend(1), {xminAge})).not.toMatch(/block|hold/);
	});

	test('is not told where there is none', () => {
		expect(snapshotWords(read(backend(1)), 'PRIMARY')).toBeUndefined();
	});

	test('of a walsender is that of its standby, and of every database', () => {
		const sender = processOf(60, 'walsender', {user: 'replica', state: 'active'});
		expect(words(sender)).toBe(`its standby's (hot_standby_feedback), 52 transactions old: ${until}`);
		const logical = processOf(60, 'walsender', {user: 'replica', state: 'active', database: 'shop'});
		expect(words(logical)).toBe(`52 transactions old: in its database ${until}`);
	});

	test.each(['STANDBY', 'PAUSED', undefined] as const)(
		'on a server that is no primary, %s, says nothing of its VACUUM',
		role => {
			expect(snapshotWords(read(backend(1), {xminAge: 52}), role)).toBe('52 transactions old');
		},
	);

	test.each([
		['at work', backend(1, {query: 'select f()'}), {isVacuuming: true}],
		['waiting for its table', backend(1, {query: ' VACUUM (VERBOSE) orders'}), {}],
		[
			'of the server itself',
			processOf(9, 'autovacuum worker', {query: 'autovacuum: VACUUM public.orders'}),
			{},
		],
	])('of a VACUUM %s is not told: it counts for nothing', (_, one, facts) => {
		expect(words(one, facts)).toBeUndefined();
	});

	test.each([
		'VACUUM FULL orders',
		'vacuum (analyze) orders',
		'VACUUM ANALYSE',
		'ANALYZE orders',
		'select vacuum()',
	])('of %s counts', query => {
		expect(words(backend(1, {query}))).toContain(until);
	});
});
