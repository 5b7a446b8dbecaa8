import type {Cases} from '../../case.js';

const as = (role: string, parameters: string) => ({
	argv: [`host=127.0.0.1 port={tls} user=${role} dbname=shop ${parameters}`],
});

const mine = (name: string) => `sslcert={papers}/${name}.crt sslkey={papers}/${name}.key`;

const subject = '(select client_dn from pg_stat_ssl where pid = pg_backend_pid())';

export const clientCertificateCases: Cases = {
	'a client certificate': {...as('certified', mine('certified')), asks: subject},
	'a client certificate that nobody asked for is shown': {...as('app', mine('certified')), asks: subject},
	'a client certificate of another role': as('robot', mine('certified')),
	'a client certificate with a map': as('robot', mine('robot')),
	'a client certificate that is missing': as('certified', ''),
	'a client certificate that has expired': as('certified', mine('lapsed')),
	'a client certificate of a stranger': as('certified', mine('forged')),
	'a client certificate and no key': as('certified', 'sslcert={papers}/certified.crt'),
	'a client certificate and the key of another': as(
		'certified',
		'sslcert={papers}/certified.crt sslkey={papers}/robot.key',
	),
	'a client certificate without its file': as(
		'certified',
		'sslcert={home}/none sslkey={papers}/certified.key',
	),
	'a key that others may read': {
		...as('certified', 'sslcert={papers}/certified.crt sslkey={home}/open.key'),
		files: {'open.key 644': '{=certified.key}'},
	},
	'a key that others may read, where TLS may be left out': {
		...as('app', 'sslcert={papers}/certified.crt sslkey={home}/open.key'),
		files: {'open.key 644': '{=certified.key}'},
	},
	'a key with a passphrase': as(
		'certified',
		"sslcert={papers}/certified.crt sslkey={papers}/certified.locked.key sslpassword='open sesame'",
	),
	'a key with a wrong passphrase': as(
		'certified',
		'sslcert={papers}/certified.crt sslkey={papers}/certified.locked.key sslpassword=wrong',
	),
	'a key with a passphrase that is typed': {
		...as('certified', 'sslcert={papers}/certified.crt sslkey={papers}/certified.locked.key'),
		types: 'open sesame',
	},
	'a key with a passphrase that is typed wrong': {
		...as('certified', 'sslcert={papers}/certified.crt sslkey={papers}/certified.locked.key sslmode=require'),
		types: 'wrong',
	},
	'a key with a passphrase, of a role that may do without': {
		...as('app', 'sslcert={papers}/certified.crt sslkey={papers}/certified.locked.key'),
		types: 'wrong',
	},
	'a key with a passphrase that nobody has': as(
		'certified',
		'sslcert={papers}/certified.crt sslkey={papers}/certified.locked.key sslmode=require',
	),
	'a key in hardware that is not there': as(
		'certified',
		'sslcert={papers}/certified.crt sslkey=pkcs11:none sslmode=require',
	),
	'a folder as certificate': as('certified', 'sslcert={home} sslkey={papers}/certified.key sslmode=require'),
	'a certificate that is none': as(
		'app',
		'sslcert={papers}/garbage.pem sslkey={papers}/certified.key sslmode=require',
	),
	'~/.postgresql/postgresql.crt and .key': {
		...as('certified', ''),
		files: {
			'.postgresql/postgresql.crt': '{=certified.crt}',
			'.postgresql/postgresql.key': '{=certified.key}',
		},
	},
	'~/.postgresql/postgresql.crt without .key': {
		...as('app', ''),
		files: {'.postgresql/postgresql.crt': '{=certified.crt}'},
	},
	'a certificate before trust': as('vouched', mine('certified')),
	'a certificate before a password': as('twice', `${mine('certified')} password='ge:he\\\\im %é'`),
	'a certificate and a wrong password': as('twice', `${mine('certified')} password=wrong`),
	'a key in its older form': as(
		'certified',
		'sslcert={papers}/certified.crt sslkey={papers}/certified.old.key',
	),
	'a key in DER': as('certified', 'sslcert={papers}/certified.crt sslkey={papers}/certified.der.key'),
};
