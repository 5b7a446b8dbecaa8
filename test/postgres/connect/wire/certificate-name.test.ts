import type {PeerCertificate} from 'node:tls';
import {expect, test} from 'vitest';
import {nameMistake} from '../../../../source/postgres/connect/wire/certificate-name.js';

const certificate = (names: string | undefined, CN?: string) =>
	({subject: CN === undefined ? {} : {CN}, subjectaltname: names}) as PeerCertificate;

// As libpq 15 compares them.
test.each<[host: string, names: string | undefined, common: string | undefined, fits: boolean]>([
	['db1', 'DNS:db1', undefined, true],
	['DB1', 'DNS:db1', undefined, true],
	['db1', 'DNS:db2, DNS:db1', undefined, true],
	['db1', 'DNS:db2', 'db1', false],
	['db1', undefined, 'db1', true],
	['db1', 'IP Address:10.0.0.1', 'db1', true],
	['db1', 'URI:http://db1', 'db1', true],
	['10.0.0.1', 'IP Address:10.0.0.1', undefined, true],
	['10.0.0.1', 'IP Address:10.0.0.2', '10.0.0.1', false],
	['10.0.0.1', 'DNS:10.0.0.1', undefined, true],
	['10.0.0.1', 'DNS:db1', '10.0.0.1', true],
	['::1', 'IP Address:0:0:0:0:0:0:0:1', undefined, true],
	['0::1', 'IP Address:0:0:0:0:0:0:0:1', undefined, true],
	['::2', 'IP Address:0:0:0:0:0:0:0:1', undefined, false],
	['a.example', 'DNS:*.example', undefined, true],
	['b.a.example', 'DNS:*.example', undefined, false],
	['.example', 'DNS:*.example', undefined, false],
	['example', 'DNS:*.example', undefined, false],
	['a.example', 'DNS:a*.example', undefined, false],
	['a.example', undefined, '*.example', true],
	['x', 'DNS:*', undefined, false],
	['evil', 'DNS:"evil, DNS:db1"', undefined, false],
	['db1', 'DNS:"evil, DNS:db1"', undefined, false],
	['db1', 'DNS:"db1\\u0000.evil"', undefined, false],
	['db1', undefined, undefined, false],
])('%s, names %s, common name %s: %s', (host, names, common, fits) => {
	expect(nameMistake(host, certificate(names, common)) === undefined).toBe(fits);
});

test.each<[host: string, names: string | undefined, common: string | undefined, sentence: string]>([
	[
		'db1',
		'DNS:db2, IP Address:10.0.0.1',
		'db1',
		'the certificate of the server is for db2, 10.0.0.1, not for db1',
	],
	['db1', undefined, 'db2', 'the certificate of the server is for db2, not for db1'],
	['db1', undefined, undefined, 'the certificate of the server names no host'],
	[
		'',
		'DNS:db1',
		undefined,
		'verify-full needs a host to compare the certificate with, and only hostaddr is given',
	],
])('of %j it is said what is wrong', (host, names, common, sentence) => {
	expect(nameMistake(host, certificate(names, common))).toBe(sentence);
});
