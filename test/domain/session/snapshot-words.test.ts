import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {snapshotWords} from '../../../source/domain/session/words/snapshot-words.js';
import {backend, noon, processOf} from '../../helpers/state/backend.js';

const read = (one: Backend, facts = {}) => ({at: noon, backend: one, reasons: [], ...facts});
const words = (one: Backend, facts = {}) => snapshotWords(read(one, {xminAge: 52, ...facts}), 'PRIMARY');

const behind = "vacuum can't clean up behind it";

describe('a snapshot', () => {
	test('of now holds nothing back', () => {
		expect(words(backend(1), {xminAge: 0, isOldest: true})).toBe('its snapshot is 0 transactions old');
	});

	test.each([
		[1, '1 transaction old'],
		[52, '52 transactions old'],
	])('that is behind by %d is told, and what it means only of the oldest of all', (xminAge, old) => {
		expect(words(backend(1), {xminAge})).toBe(`its snapshot is ${old}`);
		const oldest = words(backend(1), {xminAge, isOldest: true});
		expect(oldest).toBe(`its snapshot is ${old}: ${behind}`);
		expect(oldest).not.toMatch(/block|hold/);
	});

	test('is not told where there is none', () => {
		expect(snapshotWords(read(backend(1)), 'PRIMARY')).toBeUndefined();
	});

	test('of a walsender is that of its standby', () => {
		const sender = processOf(60, 'walsender', {user: 'replica', state: 'active'});
		expect(words(sender)).toBe("its standby's snapshot (hot_standby_feedback) is 52 transactions old");
		const logical = processOf(60, 'walsender', {user: 'replica', state: 'active', database: 'shop'});
		expect(words(logical)).toBe('its snapshot is 52 transactions old');
	});

	test.each(['STANDBY', 'PAUSED', undefined] as const)(
		'on a server that is no primary, %s, says nothing of its VACUUM',
		role => {
			const oldest = read(backend(1), {xminAge: 52, isOldest: true});
			expect(snapshotWords(oldest, role)).toBe('its snapshot is 52 transactions old');
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
		expect(words(backend(1, {query}))).toContain('52 transactions old');
	});
});
