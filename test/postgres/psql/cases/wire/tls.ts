import type {Cases} from '../../case.js';

const at = (server: string, parameters: string, host = '127.0.0.1') => ({
	argv: [`host=${host} hostaddr=127.0.0.1 port={${server}} user=app dbname=shop ${parameters}`],
});

const as = (role: string, parameters: string) => ({
	argv: [`host=127.0.0.1 port={tls} user=${role} dbname=shop ${parameters}`],
});

const ca = 'sslrootcert={papers}/ca.pem';
const version = '(select version from pg_stat_ssl where pid = pg_backend_pid())';

export const tlsCases: Cases = {
	'without a word TLS is used': at('tls', ''),
	'without a word a server without TLS is fine': at('plain', ''),
	'a socket has no TLS': {argv: ['host={tls/} port={tls} user=app dbname=shop']},
	'a socket and sslmode=require': {argv: ['host={tls/} port={tls} user=app dbname=shop sslmode=require']},
	'a socket and sslmode=verify-full without a root certificate': {
		argv: ['host={tls/} port={tls} user=app dbname=shop sslmode=verify-full'],
	},
	'sslmode=disable': at('tls', 'sslmode=disable'),
	'sslmode=disable with certificates that are missing': at(
		'tls',
		'sslmode=disable sslcert=/no/such sslrootcert=/no/such',
	),
	'sslmode=allow goes without': at('tls', 'sslmode=allow'),
	'sslmode=allow at a server without TLS': at('plain', 'sslmode=allow'),
	'sslmode=prefer': at('tls', 'sslmode=prefer'),
	'sslmode=prefer at a server without TLS': at('plain', 'sslmode=prefer'),
	'sslmode=prefer trusts anybody': at('tls', 'sslmode=prefer sslrootcert={papers}/other.pem'),
	'sslmode=require': at('tls', 'sslmode=require'),
	'sslmode=require at a server without TLS': at('plain', 'sslmode=require'),
	'sslmode=require takes a certificate that has expired': at('late', 'sslmode=require'),
	'sslmode=require with a root certificate is verify-ca': at('tls', `sslmode=require ${ca}`),
	'sslmode=require with a root certificate of somebody else': at(
		'tls',
		'sslmode=require sslrootcert={papers}/other.pem',
	),
	'sslmode=require with a root certificate that is missing': at(
		'tls',
		'sslmode=require sslrootcert={home}/none',
	),
	'sslmode=require with ~/.postgresql/root.crt is verify-ca': {
		...at('tls', 'sslmode=require'),
		files: {'.postgresql/root.crt': '{=other.pem}'},
	},
	'sslmode=prefer with ~/.postgresql/root.crt of somebody else': {
		...at('tls', 'sslmode=prefer'),
		files: {'.postgresql/root.crt': '{=other.pem}'},
	},
	'verify-ca': at('tls', `sslmode=verify-ca ${ca}`),
	'verify-ca with ~/.postgresql/root.crt': {
		...at('tls', 'sslmode=verify-ca'),
		files: {'.postgresql/root.crt': '{=ca.pem}'},
	},
	'verify-ca with several root certificates': at('tls', 'sslmode=verify-ca sslrootcert={papers}/both.pem'),
	'verify-ca without a root certificate': at('tls', 'sslmode=verify-ca'),
	'verify-ca with a root certificate of somebody else': at(
		'tls',
		'sslmode=verify-ca sslrootcert={papers}/other.pem',
	),
	'verify-ca with a root certificate that is none': at(
		'tls',
		'sslmode=verify-ca sslrootcert={papers}/garbage.pem',
	),
	'verify-ca with an empty sslrootcert': {
		...at('tls', "sslmode=verify-ca sslrootcert=''"),
		files: {'.postgresql/root.crt': '{=ca.pem}'},
	},
	'verify-ca does not look at the name': at('tls', `sslmode=verify-ca ${ca}`, 'other.test'),
	'verify-ca at a server without TLS': at('plain', `sslmode=verify-ca ${ca}`),
	'verify-ca of a certificate that has expired': at('late', `sslmode=verify-ca ${ca}`),
	'verify-full of the name': at('tls', `sslmode=verify-full ${ca}`, 'db.pgtop.test'),
	'verify-full of the name in capitals': at('tls', `sslmode=verify-full ${ca}`, 'DB.pgtop.TEST'),
	'verify-full of another name': at('tls', `sslmode=verify-full ${ca}`, 'other.test'),
	'verify-full of an address': at('tls', `sslmode=verify-full ${ca}`),
	'verify-full of localhost': {
		argv: [`host=localhost port={tls} user=app dbname=shop sslmode=verify-full ${ca}`],
	},
	'verify-full of an IPv6 address': {
		argv: [`host=::1 port={tls} user=app dbname=shop sslmode=verify-full ${ca}`],
		needs: 'ipv6',
	},
	'verify-full of hostaddr alone': {
		argv: [`hostaddr=127.0.0.1 port={tls} user=app dbname=shop sslmode=verify-full ${ca}`],
	},
	'verify-full of another address': at('tls', `sslmode=verify-full ${ca}`, '127.0.0.2'),
	'verify-full of a name with a star': at('tls', `sslmode=verify-full ${ca}`, 'a.wild.pgtop.test'),
	'a star is one label': at('tls', `sslmode=verify-full ${ca}`, 'a.b.wild.pgtop.test'),
	'a star is not nothing': at('tls', `sslmode=verify-full ${ca}`, 'wild.pgtop.test'),
	'verify-full of the common name where there is no other': at(
		'wrong',
		`sslmode=verify-full ${ca}`,
		'elsewhere.pgtop.test',
	),
	'verify-full of a name that the certificate has not': at(
		'wrong',
		`sslmode=verify-full ${ca}`,
		'db.pgtop.test',
	),
	'verify-full of a name with a dot at its end': at('tls', `sslmode=verify-full ${ca}`, 'db.pgtop.test.'),
	'verify-full of a common name that other names replace': at(
		'odd',
		`sslmode=verify-full ${ca}`,
		'common.test',
	),
	'verify-full of an address that is only the common name': at('odd', `sslmode=verify-full ${ca}`),
	'a star may stand before one label': at('odd', `sslmode=verify-full ${ca}`, 'a.short'),
	'a star within a label is none': at('odd', `sslmode=verify-full ${ca}`, 'prefix.pgtop.test'),
	'a star alone is none': at('odd', `sslmode=verify-full ${ca}`, 'anything'),
	'verify-full of a certificate that has expired': at('late', `sslmode=verify-full ${ca}`, 'db.pgtop.test'),
	'verify-full without a root certificate': at('tls', 'sslmode=verify-full', 'db.pgtop.test'),
	'prefer falls back where the server refuses TLS for a role': as('unencrypted', ''),
	'require does not fall back': as('unencrypted', 'sslmode=require'),
	'allow goes on to TLS where the server wants it': as('encrypted', 'sslmode=allow'),
	'disable does not go on to TLS': as('encrypted', 'sslmode=disable'),
	'a list that revokes the server': at('tls', `sslmode=verify-ca ${ca} sslcrl={papers}/revoked.pem`),
	'a list that revokes nobody': at('tls', `sslmode=verify-ca ${ca} sslcrl={papers}/none-revoked.pem`),
	'a list that is missing': at('tls', `sslmode=verify-ca ${ca} sslcrl={home}/none`),
	'a folder of lists that is missing': at('tls', `sslmode=verify-ca ${ca} sslcrldir={home}/none`),
	'PGSSLCRLDIR without a file in it': {
		...at('tls', `sslmode=verify-ca ${ca}`),
		env: {PGSSLCRLDIR: '{home}'},
	},
	'~/.postgresql/root.crl that revokes the server': {
		...at('tls', `sslmode=verify-ca ${ca}`),
		files: {'.postgresql/root.crl': '{=revoked.pem}'},
	},
	'no TLS before 1.3': {...at('tls', 'ssl_min_protocol_version=TLSv1.3'), asks: version},
	'a TLS version in small letters': {...at('tls', 'ssl_min_protocol_version=tlsv1.3'), asks: version},
	'a TLS version before all others': {...at('tls', 'ssl_min_protocol_version=TLSv1'), asks: version},
	'TLS 1.1 and no more': at(
		'tls',
		'ssl_max_protocol_version=TLSv1.1 ssl_min_protocol_version=TLSv1.1 sslmode=require',
	),
	'no TLS after 1.2': {...at('tls', 'ssl_max_protocol_version=TLSv1.2'), asks: version},
	'sslsni=0': at('tls', 'sslmode=require sslsni=0', 'db.pgtop.test'),
	'sslsni with another number': at('tls', 'sslsni=2'),
	'TLS with an old server': {...at('old', `sslmode=verify-full ${ca}`, 'db.pgtop.test'), needs: 'old'},
};
