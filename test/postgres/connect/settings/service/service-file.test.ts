import fc from 'fast-check';
import {expect, test} from 'vitest';
import {findService} from '../../../../../source/postgres/connect/settings/service/service-file.js';

test('a service ends where the next begins, and of two equal parameters the first counts', () => {
	const text =
		'# mine\n[other]\nhost=no\n\n [prod] \r\nhost=db1\nhost=db2\n  port=5433  \noptions=-c a=b\n[last]\nuser=x\n';
	expect(findService(text, 'prod', 'f')).toEqual({
		type: 'service',
		service: {
			host: {text: 'db1', line: 6},
			port: {text: '5433', line: 8},
			options: {text: '-c a=b', line: 9},
		},
	});
	expect(findService(text, 'pro', 'f')).toEqual({type: 'none'});
	expect(findService('[prod]', 'prod', 'f')).toEqual({type: 'service', service: {}});
});

test.each<[line: string, why: string]>([
	['host', 'is not written NAME=VALUE'],
	['host =db1', 'has a parameter that libpq does not know'],
	['foo=1', 'has a parameter that libpq does not know'],
	['service=other', 'names another service, which libpq does not follow'],
	['ldap://db1/x', 'asks an LDAP server, which pgtop does not do'],
	[`host=${'x'.repeat(1100)}`, 'is longer than 1021 bytes'],
])('%.20s is one sentence', (line, why) => {
	expect(findService(`[prod]\n${line}\n`, 'prod', '/f')).toEqual({
		type: 'bad',
		sentence: `line 2 of the service file /f ${why}`,
	});
});

test('what is wrong in other services does no harm', () => {
	expect(findService('[other]\nhost\nfoo=1\n[prod]\nhost=db1\n', 'prod', 'f')).toMatchObject({
		type: 'service',
		service: {host: {text: 'db1'}},
	});
});

test('any text gives a service, none, or a sentence that does not show a value', () => {
	const piece = fc.constantFrom('[prod]', '\n', '=', 'host', 'password=hunter2\n', '#', ' ', '[', ']');
	fc.assert(
		fc.property(fc.array(fc.oneof(piece, fc.string())), parts => {
			const found = findService(parts.join(''), 'prod', 'f');
			if (found.type === 'bad') expect(found.sentence).toMatch(/^line \d+ of the service file f /);
		}),
		{numRuns: 1000},
	);
});
