import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {whatItIs} from '../../../../source/domain/signal/verdict/kind-words.js';
import {backend, processOf} from '../../../helpers/state/backend.js';

const sender = (facts: Parameters<typeof processOf>[2]) =>
	processOf(60, 'walsender', {state: 'active', ...facts});
const reasons = (one: Backend) => whatItIs('terminate', one);

describe('a base backup fails and has to begin anew, and is not told as one that connects again', () => {
	test.each<[what: string, one: Backend]>([
		['by its command', sender({query: "BASE_BACKUP ( LABEL 'x')"})],
		['by its command, in small letters', sender({query: '  base_backup ( label )'})],
		['by its name, where the server tells no command', sender({application: 'pg_basebackup'})],
		[
			'by its command, of a program of another name',
			sender({query: 'BASE_BACKUP', application: 'barman_backup'}),
		],
	])('%s', (_, one) => {
		const [reason, ...others] = reasons(one);
		expect(others).toEqual([]);
		expect(reason).toMatchObject({
			id: 'backup',
			text: 'a base backup: it fails, what it has copied is lost, and it has to begin anew',
		});
		expect(reason?.text).not.toContain('connects again');
	});
});

test.each([
	['START_REPLICATION SLOT "s" 0/3000000 TIMELINE 1', 'standby1'],
	['start_replication slot s logical 0/0', 'sub'],
])('%s streams, and its client connects again', (query, application) => {
	expect(reasons(sender({query, application}))).toMatchObject([
		{id: 'kind', text: 'a walsender: what it streams to loses its connection, and connects again'},
	]);
});

test.each([
	['nothing', ''],
	['a query of its own', 'SELECT pg_catalog.set_config(1)'],
	['IDENTIFY_SYSTEM', 'IDENTIFY_SYSTEM'],
])('a walsender that shows %s may be either, and both are said', (_, query) => {
	expect(reasons(sender({query}))).toMatchObject([
		{id: 'backup', text: 'a walsender: a standby connects again; a base backup fails, and has to begin anew'},
	]);
});

test.each<[what: string, one: Backend, says: RegExp]>([
	['an autovacuum worker', processOf(61, 'autovacuum worker', {state: 'active'}), /comes back by itself/],
	[
		'autovacuum to prevent wraparound',
		processOf(61, 'autovacuum worker', {
			state: 'active',
			query: 'autovacuum: VACUUM public.t (to prevent wraparound)',
		}),
		/to prevent wraparound: it starts again at once/,
	],
	['a launcher', processOf(62, 'autovacuum launcher'), /^the autovacuum launcher: it starts again$/],
	['the worker of a subscription', processOf(63, 'logical replication apply worker'), /starts again/],
	['a worker of an extension', processOf(64, 'pg_cron launcher'), /pg_cron launcher/],
	['a type that is not known', processOf(65, 'slotsync worker'), /slotsync worker.*does not know/],
	['a process without a type', processOf(66, ''), /no client session/],
])('%s', (_, one, says) => {
	for (const signal of ['cancel', 'terminate'] as const) {
		const [reason, ...others] = whatItIs(signal, one);
		expect(others).toEqual([]);
		expect(reason?.id).toBe('kind');
		if (signal === 'terminate') expect(reason?.text).toMatch(says);
	}
});

test('c takes an autovacuum worker from its table, and does not end it', () => {
	const [reason] = whatItIs('cancel', processOf(61, 'autovacuum worker', {state: 'active'}));
	expect(reason?.text).toContain('it gives up its table, which is done again later');
});

test('where there is no room all of them fit 38 cells', () => {
	const all = [
		sender({query: 'BASE_BACKUP'}),
		sender({query: 'START_REPLICATION'}),
		sender({}),
		processOf(61, 'autovacuum worker', {query: 'autovacuum: VACUUM t (to prevent wraparound)'}),
		processOf(61, 'autovacuum worker'),
		processOf(62, 'autovacuum launcher'),
		processOf(63, 'logical replication apply worker'),
		processOf(65, 'slotsync worker'),
		backend(66, {kind: 'unknown', type: undefined}),
	];
	for (const one of all)
		for (const {short} of reasons(one)) expect(short.length, short).toBeLessThanOrEqual(38);
});
