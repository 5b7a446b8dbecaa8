import {expect, test} from 'vitest';
import {addressOf, describeAttempt} from '../../../source/postgres/connect/connect-target.js';
import {attemptAt} from '../../helpers/server/target.js';

const attempt = attemptAt({host: 'db1', database: 'shop'});

test.each<[host: string, description: string, address: string]>([
	['db1', 'dba@db1:5432/shop', 'db1:5432'],
	['10.0.0.1', 'dba@10.0.0.1:5432/shop', '10.0.0.1:5432'],
	['::1', 'dba@[::1]:5432/shop', '[::1]:5432'],
	['/var/run/postgresql', 'dba@[local]:5432/shop', '/var/run/postgresql/.s.PGSQL.5432'],
	['/tmp', 'dba@[local]:5432/shop', '/tmp/.s.PGSQL.5432'],
	['/run/pg', 'dba@[local:/run/pg]:5432/shop', '/run/pg/.s.PGSQL.5432'],
	['@pg', 'dba@[local:@pg]:5432/shop', '@pg/.s.PGSQL.5432'],
	['db\u001B]2;x\u0007', 'dba@db␛]2;x␇:5432/shop', 'db␛]2;x␇:5432'],
])('%s', (host, description, address) => {
	expect(describeAttempt({...attempt, host})).toBe(description);
	expect(addressOf({...attempt, host})).toBe(address);
});

test('an address alone stands for the name', () => {
	const alone = {...attempt, host: '', hostaddr: '10.0.0.1'};
	expect([describeAttempt(alone), addressOf(alone)]).toEqual(['dba@10.0.0.1:5432/shop', '10.0.0.1:5432']);
});

test.each([
	['10.0.0.1', 'db1 (10.0.0.1):5432'],
	['::1', 'db1 ([::1]):5432'],
	['db1', 'db1:5432'],
])('of a name with the address %s beside it both are told in a sentence', (hostaddr, address) => {
	const both = {...attempt, hostaddr};
	expect([describeAttempt(both), addressOf(both)]).toEqual(['dba@db1:5432/shop', address]);
});

test('the password is never shown', () => {
	expect(describeAttempt({...attempt, password: 'hunter2'})).toBe('dba@db1:5432/shop');
});
