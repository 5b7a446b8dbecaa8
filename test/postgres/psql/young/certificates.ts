import {as, at, failed, refused, type Young} from './young.js';

const mine = 'sslcert={papers}/certified.crt sslkey={papers}/certified.key';

export const certificates: Readonly<Record<string, Young>> = {
	'sslcertmode=disable shows none': {
		since: 16,
		...at('tls', 'certified', `sslmode=require sslcertmode=disable ${mine}`),
		outcome: failed('28000'),
	},
	'sslcertmode=allow shows it': {
		since: 16,
		...at('tls', 'certified', `sslcertmode=allow ${mine}`),
		outcome: as('certified'),
	},
	'sslcertmode=require with a certificate': {
		since: 16,
		...at('tls', 'certified', `sslcertmode=require ${mine}`),
		outcome: as('certified'),
	},
	'sslcertmode=require without a certificate': {
		since: 16,
		...at('tls', 'app', 'sslmode=require sslcertmode=require'),
		outcome: failed(),
	},
	'sslcertmode with another word is refused': {
		since: 16,
		...at('tls', 'app', 'sslcertmode=maybe'),
		outcome: refused,
	},
	PGSSLCERTMODE: {
		since: 16,
		...at('tls', 'certified', `sslmode=require ${mine}`),
		env: {PGSSLCERTMODE: 'disable'},
		outcome: failed('28000'),
	},
	'sslrootcert=system means verify-full': {
		since: 16,
		...at('tls', 'app', 'sslrootcert=system'),
		outcome: failed(),
	},
	'sslrootcert=system does not fall back': {
		since: 16,
		...at('plain', 'app', 'sslrootcert=system'),
		outcome: failed(),
	},
	'sslrootcert=system with less than verify-full is refused': {
		since: 16,
		...at('tls', 'app', 'sslrootcert=system sslmode=verify-ca'),
		outcome: refused,
	},
	'PGSSLROOTCERT=system with PGSSLMODE=require is refused': {
		since: 16,
		...at('tls', 'app', ''),
		env: {PGSSLROOTCERT: 'system', PGSSLMODE: 'require'},
		outcome: refused,
	},
	'sslrootcert=system over a socket': {
		since: 16,
		argv: ['host={tls/} port={tls} user=app dbname=shop sslrootcert=system'],
		outcome: as('app', {address: 'socket', tls: false}),
	},
};
