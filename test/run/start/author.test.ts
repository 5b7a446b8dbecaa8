import {describe, expect, test} from 'vitest';
import {authorOf, senderOf} from '../../../source/run/start/author.js';

describe('who called sudo or doas', () => {
	test.each<[environment: Readonly<Record<string, string>>, sudoUser: string | null]>([
		[{}, null],
		[{SUDO_USER: ''}, null],
		[{SUDO_USER: 'anna'}, 'anna'],
		[{DOAS_USER: 'bob'}, 'bob'],
		[{SUDO_USER: 'anna', DOAS_USER: 'bob'}, 'anna'],
		[{SUDO_USER: 'an\u001Bna'}, 'an␛na'],
	])('by %o is %s', (environment, sudoUser) => {
		expect(authorOf(environment)).toMatchObject({sudoUser, sshClient: null});
	});
});

test('the address that a user came from is the first word of SSH_CONNECTION', () => {
	expect(authorOf({SSH_CONNECTION: '10.0.0.9 50022 10.0.0.1 22'}).sshClient).toBe('10.0.0.9');
	expect(authorOf({SSH_CONNECTION: ''}).sshClient).toBeNull();
});

test('the sender begins with the person, who may have called sudo', () => {
	expect(senderOf({osUser: 'postgres', sudoUser: null})).toMatch(/^pgtop-postgres@[\w.-]+$/);
	expect(senderOf({osUser: 'postgres', sudoUser: 'anna'})).toMatch(/^pgtop-anna-as-postgres@[\w.-]+$/);
});
