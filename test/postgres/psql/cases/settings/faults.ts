import type {Cases} from '../../case.js';

const at = (server: string, more = '') => ({
	argv: [`host=127.0.0.1 port={${server}} user=app dbname=shop ${more}`],
});

export const faultCases: Cases = {
	'a closed port': at('closed'),
	'a silent port': at('silent', 'connect_timeout=2'),
	'a silent port, by PGCONNECT_TIMEOUT': {...at('silent'), env: {PGCONNECT_TIMEOUT: '1'}},
	'a port that hangs up': at('hangup'),
	'a name that nobody knows': {argv: '-h nowhere.invalid -U app shop'},
	'a directory without a socket': {argv: '-h {home} -U app shop'},
	'a directory that is not there': {argv: '-h /no/such/place -U app shop'},
	'a path too long for a socket': {argv: `-h /${'x'.repeat(120)} -U app shop`},
	'a server that starts up': at('recovering'),
	'a server that shuts down': at('stopping'),
	'a server that is full': at('full'),
	'a server that is full, for a superuser': {argv: '-h 127.0.0.1 -p {full} -U postgres postgres'},
	'a server that starts up, over its socket': {argv: '-h {recovering/} -p {recovering} -U app shop'},
	'a web server': at('http'),
	'a web server without TLS': at('http', 'sslmode=disable'),
	'a server too old for TLS, by its answer': at('rude'),
	'a server too old for TLS, where TLS is a must': at('rude', 'sslmode=require'),
	"words before TLS begins are not taken for the server's": at('stuffed'),
	'the same where TLS is a must': at('stuffed', 'sslmode=require'),
	'a server that says yes to TLS and nothing more': at('mute', 'sslmode=require connect_timeout=2'),
	'a standby is a server like another': at('standby'),
	'a role that may only read': {argv: '-h 127.0.0.1 -p {tls} -U reader shop'},
};
