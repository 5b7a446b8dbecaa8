import type {Outcome} from '../case.js';
import {as, at, failed, refused, type Young} from './young.js';

const secret = {PGPASSWORD: 'ge:he\\im %é'};

const mine = 'sslcert={papers}/certified.crt sslkey={papers}/certified.key';

const auth = (wish: string, role: string, outcome: Outcome): Young => ({
	since: 16,
	...at('tls', role, `require_auth='${wish}'`),
	env: secret,
	outcome,
});

export const requireAuth: Readonly<Record<string, Young>> = {
	'require_auth: scram where the server wants it': auth('scram-sha-256', 'scram', as('scram')),
	'require_auth: scram where the server wants nothing': auth('scram-sha-256', 'app', failed()),
	'require_auth: scram where the server wants a password in clear': auth('scram-sha-256', 'clear', failed()),
	'require_auth: scram where the server wants md5': auth('scram-sha-256', 'md5', failed()),
	'require_auth: none where the server wants nothing': auth('none', 'app', as('app')),
	'require_auth: none where the server wants scram': auth('none', 'scram', failed()),
	'require_auth: md5 where the server wants it': auth('md5', 'md5', as('md5')),
	'require_auth: md5 where the server wants scram': auth('md5', 'scram', failed()),
	'require_auth: password where the server wants one in clear': auth('password', 'clear', as('clear')),
	'require_auth: password where the server wants md5': auth('password', 'md5', failed()),
	'require_auth: one of two': auth('scram-sha-256,md5', 'md5', as('md5')),
	'require_auth: one of two, with blanks': auth('scram-sha-256, md5', 'md5', refused),
	'require_auth: not in clear': auth('!password', 'clear', failed()),
	'require_auth: neither in clear nor md5': auth('!password,!md5', 'scram', as('scram')),
	'require_auth: anything but nothing': auth('!none', 'app', failed()),
	'require_auth: anything but nothing, and it is scram': auth('!none', 'scram', as('scram')),
	'require_auth: a mixture is refused': auth('!none,md5', 'md5', refused),
	'require_auth: the same twice is refused': auth('md5,md5', 'md5', refused),
	'require_auth: a word that nobody knows is refused': auth('kerberos', 'app', refused),
	'require_auth: empty is anything': auth('', 'app', as('app')),
	'require_auth: a certificate is none': {
		since: 16,
		...at('tls', 'certified', `require_auth=none ${mine}`),
		outcome: as('certified'),
	},
	'require_auth: peer is none': {
		since: 16,
		argv: ['host={tls/} port={tls} user=mapped dbname=shop require_auth=none'],
		outcome: as('mapped', {address: 'socket', tls: false}),
	},
	'require_auth: the wrong password stays one': {
		...auth('scram-sha-256', 'scram', failed('28P01')),
		env: {PGPASSWORD: 'wrong'},
	},
	PGREQUIREAUTH: {
		since: 16,
		...at('tls', 'app', ''),
		env: {PGREQUIREAUTH: 'scram-sha-256'},
		outcome: failed(),
	},
};
