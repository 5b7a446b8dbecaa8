import {as, at, failed, refused, type Young} from './young.js';

const ca = 'sslrootcert={papers}/ca.pem';

export const negotiation: Readonly<Record<string, Young>> = {
	'sslnegotiation=direct': {
		since: 17,
		...at('tls', 'app', 'sslnegotiation=direct sslmode=require'),
		outcome: as('app'),
	},
	'sslnegotiation=direct with verify-full': {
		since: 17,
		...at('tls', 'app', `sslnegotiation=direct sslmode=verify-full ${ca}`),
		outcome: as('app'),
	},
	'sslnegotiation=direct where TLS may be left out is refused': {
		since: 17,
		...at('tls', 'app', 'sslnegotiation=direct'),
		outcome: refused,
	},
	'sslnegotiation=direct at a server without TLS': {
		since: 17,
		...at('plain', 'app', 'sslnegotiation=direct sslmode=require'),
		outcome: failed(),
	},
	'sslnegotiation=direct at an old server': {
		since: 17,
		...at('old', 'app', 'sslnegotiation=direct sslmode=require'),
		needs: 'old',
		outcome: failed(),
	},
	'sslnegotiation=direct over a socket': {
		since: 17,
		argv: ['host={tls/} port={tls} user=app dbname=shop sslnegotiation=direct sslmode=require'],
		outcome: as('app', {address: 'socket', tls: false}),
	},
	'sslnegotiation=postgres': {
		since: 17,
		...at('tls', 'app', 'sslnegotiation=postgres'),
		outcome: as('app'),
	},
	'sslnegotiation with another word is refused': {
		since: 17,
		...at('tls', 'app', 'sslnegotiation=maybe'),
		outcome: refused,
	},
	PGSSLNEGOTIATION: {
		since: 17,
		...at('tls', 'app', 'sslmode=require'),
		env: {PGSSLNEGOTIATION: 'direct'},
		outcome: as('app'),
	},
};
