import type {Cases} from '../../case.js';

const secret = 'ge:he\\im %é';

const over = (where: string, role: string, more: string) => ({
	argv: ['-h', where, '-p', '{tls}', '-U', role, ...(more === '' ? [] : [more]), 'shop'],
});

const tcp = (role: string) => over('127.0.0.1', role, '');
const socket = (role: string) => over('{tls/}', role, '');

const given = {env: {PGPASSWORD: secret}};
const typed = {types: secret};

const bound = (role: string, parameters: string) => ({
	argv: [`host=127.0.0.1 port={tls} user=${role} dbname=shop ${parameters}`],
	...given,
});

export const authenticationCases: Cases = {
	'trust over TCP': tcp('app'),
	'trust over a socket': socket('app'),
	'scram with a password': {...tcp('scram'), ...given},
	'scram over a socket': {...socket('scram'), ...given},
	'scram without TLS': {argv: '-h 127.0.0.1 -p {plain} -U scram shop', ...given},
	'scram with a typed password': {...tcp('scram'), ...typed},
	'scram with a wrong typed password': {...tcp('scram'), types: 'wrong'},
	'scram with an empty typed password': {...tcp('scram'), types: ''},
	'scram without anybody at the terminal': tcp('scram'),
	'scram of a password that has to be prepared': {...tcp('prepared'), env: {PGPASSWORD: 'IX IX'}},
	'scram of a password that is to be prepared on this side': {
		...tcp('prepared'),
		env: {PGPASSWORD: 'I\u00ADX\u00A0\u2168'},
	},
	'a password that is wanted without TLS only': {...tcp('uncovered'), ...typed},
	'the same from the environment': {...tcp('uncovered'), ...given},
	'the same, wrong': {...tcp('uncovered'), types: 'wrong'},
	'the same where TLS comes second': {
		argv: ['host=127.0.0.1 port={tls} user=uncovered dbname=shop sslmode=allow'],
		...typed,
	},
	'a password that is wanted with TLS only, where TLS comes second': {
		argv: ['host=127.0.0.1 port={tls} user=covered dbname=shop sslmode=allow'],
		...typed,
	},
	'the same from the password file': {
		argv: ['host=127.0.0.1 port={tls} user=covered dbname=shop sslmode=allow'],
		files: {'.pgpass': '*:*:*:*:ge\\:he\\\\im %é\n'},
	},
	'md5 with a password': {...tcp('md5'), ...given},
	'md5 over a socket': {...socket('md5'), ...given},
	'md5 with a typed password': {...tcp('md5'), ...typed},
	'md5 with a wrong password': {...tcp('md5'), env: {PGPASSWORD: 'wrong'}},
	'md5 without anybody at the terminal': tcp('md5'),
	'a password in clear': {...tcp('clear'), ...given},
	'a password in clear over a socket': {...socket('clear'), ...given},
	'a wrong password in clear': {...tcp('clear'), env: {PGPASSWORD: 'wrong'}},
	'a password in clear, typed': {...tcp('clear'), ...typed},
	'a password that nobody asks for': {...tcp('app'), env: {PGPASSWORD: 'wrong'}},
	'peer is the account': socket('{account}'),
	'peer without a map is another': socket('peered'),
	'peer with a map': socket('mapped'),
	'reject over TCP': tcp('barred'),
	'reject over a socket': socket('barred'),
	'ident without anybody who answers': tcp('identified'),
	'a role that is not there': tcp('nobody at all'),
	'a role that may not log in': tcp('nologin'),
	'a role whose connections are all in use': tcp('crowded'),
	'a database that is not there': {argv: '-h 127.0.0.1 -p {tls} -U app nowhere'},
	'a role that is not there, over a socket, with a password': {...socket('no one'), ...given},
	'a role with blanks and quotes': over('127.0.0.1', "o'neil\\ x", ''),

	'channel_binding=require over TLS': bound('scram', 'channel_binding=require'),
	'channel_binding=prefer over TLS': bound('scram', 'channel_binding=prefer'),
	'channel_binding=disable over TLS': bound('scram', 'channel_binding=disable'),
	'channel_binding=require with TLS 1.2': bound(
		'scram',
		'channel_binding=require ssl_max_protocol_version=TLSv1.2',
	),
	'channel_binding=require with a certificate signed over SHA-384': {
		argv: ['host=127.0.0.1 port={odd} user=scram dbname=shop channel_binding=require'],
		...given,
	},
	'channel_binding=require without TLS': bound('scram', 'channel_binding=require sslmode=disable'),
	'channel_binding=require over a socket': {
		argv: ['host={tls/} port={tls} user=scram dbname=shop channel_binding=require'],
		...given,
	},
	'channel_binding=require where nobody wants a password': bound('app', 'channel_binding=require'),
	'channel_binding=require with md5': bound('md5', 'channel_binding=require'),
	'channel_binding=require with a password in clear': bound('clear', 'channel_binding=require'),
	'channel_binding=require with a wrong password': {
		...bound('scram', 'channel_binding=require'),
		env: {PGPASSWORD: 'wrong'},
	},
	'channel_binding=require with a typed password': {
		argv: ['host=127.0.0.1 port={tls} user=scram dbname=shop channel_binding=require'],
		...typed,
	},
	'channel_binding=require with an old server': {
		argv: ['host=127.0.0.1 port={old} user=scram dbname=shop channel_binding=require'],
		...given,
		needs: 'old',
	},
	'scram with an old server': {argv: '-h 127.0.0.1 -p {old} -U scram shop', ...given, needs: 'old'},
	'requirepeer of another user': {
		argv: ['host={tls/} port={tls} user=app dbname=shop requirepeer=nobody-at-all'],
	},
	'krbsrvname and gsslib where nobody uses them': {
		argv: ['host=127.0.0.1 port={tls} user=app dbname=shop krbsrvname=x gsslib=gssapi'],
	},
	'a server that wants GSSAPI': {argv: '-h 127.0.0.1 -p {gss} -U app shop'},
	'a server that wants SSPI': {argv: '-h 127.0.0.1 -p {sspi} -U app shop'},
	'a server that wants what nobody has heard of': {argv: '-h 127.0.0.1 -p {unheard} -U app shop'},
};
