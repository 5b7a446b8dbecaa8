import {expect, test} from 'vitest';
import {addressOf, describeTarget, type Target} from '../../../source/postgres/connect/target.js';

const target: Target = {
	host: 'db1',
	port: 5432,
	user: 'dba',
	database: 'shop',
	applicationName: 'pgtop',
	connectTimeoutMs: 10_000,
};

test.each<[host: string, description: string, address: string]>([
	['db1', 'dba@db1:5432/shop', 'db1:5432'],
	['10.0.0.1', 'dba@10.0.0.1:5432/shop', '10.0.0.1:5432'],
	['::1', 'dba@[::1]:5432/shop', '[::1]:5432'],
	['/var/run/postgresql', 'dba@[local]:5432/shop', '/var/run/postgresql/.s.PGSQL.5432'],
	['/tmp', 'dba@[local]:5432/shop', '/tmp/.s.PGSQL.5432'],
	['/run/pg', 'dba@[local:/run/pg]:5432/shop', '/run/pg/.s.PGSQL.5432'],
	['db\u001B]2;x\u0007', 'dba@db␛]2;x␇:5432/shop', 'db␛]2;x␇:5432'],
])('%s', (host, description, address) => {
	expect(describeTarget({...target, host})).toBe(description);
	expect(addressOf({...target, host})).toBe(address);
});

test('the password is never shown', () => {
	expect(describeTarget({...target, password: 'hunter2'})).toBe('dba@db1:5432/shop');
});
