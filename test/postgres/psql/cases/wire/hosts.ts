import type {Cases} from '../../case.js';

const who = 'user=app dbname=shop';
const one = '127.0.0.1';

const hosts = (...ports: readonly string[]) =>
	`host=${ports.map(() => one).join(',')} port=${ports.map(port => `{${port}}`).join(',')} ${who}`;

const conninfo = (text: string) => ({argv: [text]});

const attrs = (wish: string, ...ports: readonly string[]) =>
	conninfo(`${hosts(...ports)} target_session_attrs=${wish}`);

export const hostCases: Cases = {
	'the first of several that answers': conninfo(hosts('closed', 'tls', 'plain')),
	'the first one answers': conninfo(hosts('plain', 'tls')),
	'none answers': conninfo(hosts('closed', 'closed')),
	'one port for all hosts': conninfo(`host=127.0.0.2,${one} hostaddr=127.0.0.3,${one} port={tls} ${who}`),
	'several ports for one host are refused': conninfo(`host=${one} port={closed},{tls} ${who}`),
	'more ports than hosts are refused': conninfo(`host=${one},${one} port=1,2,{tls} ${who}`),
	'fewer ports than hosts are refused': conninfo(`host=${one},${one},${one} port=1,{tls} ${who}`),
	'an empty port among several is the usual one': conninfo(`host=${one},{tls/} port={tls}, ${who}`),
	'an empty host among several is the usual socket': {
		...conninfo(`host=${one},, port={closed},{tls},{closed} ${who}`),
		needs: 'usual socket',
	},
	'-h with a comma': {argv: `-h ${one},${one} -p {closed},{tls} -U app shop`},
	'one hostaddr for each host': conninfo(
		`host=a.test,b.test hostaddr=${one},${one} port={closed},{tls} ${who}`,
	),
	'fewer hostaddrs than hosts are refused': conninfo(`host=a,b hostaddr=${one} port={tls} ${who}`),
	'an empty hostaddr among several: the host is looked up': conninfo(
		`host=a.test,${one} hostaddr=${one}, port={closed},{tls} ${who}`,
	),
	'several hostaddrs without hosts': conninfo(`hostaddr=${one},${one} port={closed},{tls} ${who}`),
	'a name that nobody knows is passed over': conninfo(`host=nowhere.invalid,${one} port={tls} ${who}`),
	'a socket that is not there is passed over': conninfo(`host=/no/such,${one} port={tls} ${who}`),
	'a silent one is passed over in time': conninfo(`${hosts('silent', 'tls')} connect_timeout=2`),
	'a port that is no number, of a host that is not needed, does no harm': conninfo(
		`host=${one},${one} port={tls},x ${who}`,
	),
	'a server that hangs up ends the search': conninfo(hosts('hangup', 'tls')),
	'a server that recovers is passed over': conninfo(hosts('recovering', 'tls')),
	'a server that shuts down is passed over': conninfo(hosts('stopping', 'tls')),
	'a server that is full ends the search': conninfo(hosts('full', 'tls')),
	'a wrong password ends the search': conninfo(
		`host=${one},{tls/} port={tls} user=scram dbname=shop password=wrong`,
	),
	'a database that is missing ends the search': conninfo(
		`host=${one},${one} port={tls},{plain} user=app dbname=nowhere`,
	),
	'a certificate that has expired ends the search': conninfo(
		`${hosts('late', 'tls')} sslmode=verify-ca sslrootcert={papers}/ca.pem`,
	),
	'a server without TLS ends the search for one': conninfo(`${hosts('plain', 'tls')} sslmode=require`),
	'a server that speaks HTTP ends the search': conninfo(hosts('http', 'tls')),

	'any: the first': attrs('any', 'standby', 'tls'),
	'read-write: the primary': attrs('read-write', 'standby', 'tls'),
	'read-write: not where the role may only read': conninfo(
		`${hosts('tls', 'plain').replace('app', 'reader')} target_session_attrs=read-write`,
	),
	'read-write: nobody': attrs('read-write', 'standby'),
	'read-only: the standby': attrs('read-only', 'tls', 'standby'),
	'read-only: a primary where the role may only read': conninfo(
		`${hosts('tls').replace('app', 'reader')} target_session_attrs=read-only`,
	),
	'primary: the primary': attrs('primary', 'standby', 'tls'),
	'primary: also where the role may only read': conninfo(
		`${hosts('standby', 'tls').replace('app', 'reader')} target_session_attrs=primary`,
	),
	'primary: nobody': attrs('primary', 'standby', 'closed'),
	'standby: the standby': attrs('standby', 'tls', 'standby'),
	'standby: nobody': attrs('standby', 'tls', 'plain'),
	'prefer-standby: the standby': attrs('prefer-standby', 'tls', 'standby'),
	'prefer-standby: the first where there is none': attrs('prefer-standby', 'closed', 'tls', 'plain'),
	'prefer-standby: the standby does not answer': attrs('prefer-standby', 'tls', 'closed'),
	'read-write in a URI': {
		argv: `postgresql://app@${one}:{standby},${one}:{tls}/shop?target_session_attrs=read-write`,
	},
	'read-write of an old server': {...attrs('read-write', 'standby', 'old'), needs: 'old'},
	'primary of an old server': {...attrs('primary', 'standby', 'old'), needs: 'old'},
	'read-only, and the only one is an old primary': {...attrs('read-only', 'old'), needs: 'old'},
	'standby, and the only one is an old primary': {...attrs('standby', 'old'), needs: 'old'},
	'read-write over a socket': conninfo(
		`host={standby/},{tls/} port={standby},{tls} ${who} target_session_attrs=read-write`,
	),
	'a wish for one host alone': attrs('read-write', 'tls'),
};
