import {expect, test} from 'vitest';
import type {Kind} from '../../../source/domain/session/backend.js';
import {rowId} from '../../../source/domain/session/backend.js';
import {kindOf} from '../../../source/domain/session/kind.js';

test.each<[type: string, kind: Kind]>([
	['client backend', 'client'],
	['walsender', 'walsender'],
	['parallel worker', 'parallel worker'],
	['autovacuum worker', 'autovacuum worker'],
	['autovacuum launcher', 'launcher'],
	['logical replication launcher', 'launcher'],
	['logical replication worker', 'logical worker'],
	['logical replication apply worker', 'logical worker'],
	['logical replication parallel worker', 'logical worker'],
	['logical replication tablesync worker', 'logical worker'],
	['background worker', 'background worker'],
	['archiver', 'unsignallable'],
	['background writer', 'unsignallable'],
	['checkpointer', 'unsignallable'],
	['io worker', 'unsignallable'],
	['startup', 'unsignallable'],
	['walreceiver', 'unsignallable'],
	['walsummarizer', 'unsignallable'],
	['walwriter', 'unsignallable'],
	['TimescaleDB Background Worker Launcher', 'unknown'],
	['Client Backend', 'unknown'],
	['', 'unknown'],
	['constructor', 'unknown'],
	['toString', 'unknown'],
	['__proto__', 'unknown'],
])('backend_type %j is a %s, with or without a user', (type, kind) => {
	expect(kindOf(type, true)).toBe(kind);
	expect(kindOf(type, false)).toBe(kind);
});

test('where the type may not be seen, a row with user and database counts as a client, and no other one', () => {
	expect(kindOf(undefined, true)).toBe('client');
	expect(kindOf(undefined, false)).toBe('unknown');
});

test('a session is its pid and its start; where that may not be seen, its pid and its role', () => {
	const ids = [
		rowId(1, 5, 10),
		rowId(1, 6, 10),
		rowId(2, 5, 10),
		rowId(1, undefined, 10),
		rowId(1, undefined, 11),
	];
	expect(new Set([...ids, rowId(1, undefined, undefined)]).size).toBe(6);
	expect(rowId(1, 5, 10)).toBe(rowId(1, 5, 11));
});
