import type {Cases} from '../../case.js';

const written = 'ge\\:he\\\\im %é';

/** Over TCP, as scram. */
const file = (text: string) => ({
	argv: '-h 127.0.0.1 -p {tls} -U scram shop',
	files: {'.pgpass': text.replaceAll('PASSWORD', () => written)},
});

const socket = (text: string) => ({...file(text), argv: '-h {tls/} -p {tls} -U scram shop'});

export const passwordFileCases: Cases = {
	'a line with every field': file('127.0.0.1:{tls}:shop:scram:PASSWORD\n'),
	'a line of stars': file('*:*:*:*:PASSWORD\n'),
	'a line without its end': file('*:*:*:*:PASSWORD'),
	'another host does not fit': file('127.0.0.2:{tls}:shop:scram:PASSWORD\n'),
	'another port does not fit': file('127.0.0.1:5432:shop:scram:PASSWORD\n'),
	'another database does not fit': file('127.0.0.1:{tls}:appdb:scram:PASSWORD\n'),
	'another role does not fit': file('127.0.0.1:{tls}:shop:app:PASSWORD\n'),
	'the first line that fits counts': file('*:*:*:scram:wrong\n*:*:*:*:PASSWORD\n'),
	'lines that do not fit before it': file('db:*:*:*:wrong\n*:*:*:app:wrong\n*:*:*:*:PASSWORD\n'),
	'comments and empty lines': file('# ours\n\n#*:*:*:*:wrong\n*:*:*:*:PASSWORD\n'),
	'a comment needs the first column': file(' # *:*:*:*:x\n*:*:*:*:PASSWORD\n'),
	'a password file with line ends of Windows': file('*:*:*:*:PASSWORD\r\n'),
	'a colon and a backslash that are not escaped': file('*:*:*:*:ge:he\\\\im %é\n'),
	'an escaped star is a star': file('\\*:*:*:*:PASSWORD\n'),
	'a star with more behind it is none': file('*1:*:*:*:PASSWORD\n'),
	'a database with escapes': {
		argv: ['-h', '127.0.0.1', '-p', '{tls}', '-U', 'scram', "o'neil\\ x"],
		files: {'.pgpass': `*:*:o'neil\\\\ x:*:${written}\n`},
	},
	'an IPv6 address with escapes': {
		argv: '-h ::1 -p {tls} -U scram shop',
		files: {'.pgpass': `\\:\\:1:*:*:*:${written}\n`},
		needs: 'ipv6',
	},
	'an IPv6 address without escapes': {
		argv: '-h ::1 -p {tls} -U scram shop',
		files: {'.pgpass': `::1:*:*:*:${written}\n`},
		needs: 'ipv6',
	},
	'an IPv6 address with one of its colons escaped': {
		argv: '-h ::1 -p {tls} -U scram shop',
		files: {'.pgpass': `:\\:1:{tls}:shop:scram:${written}\n`},
		needs: 'ipv6',
	},
	'another IPv6 address does not fit': {
		argv: '-h ::1 -p {tls} -U scram shop',
		files: {'.pgpass': `::1:1:*:*:*:${written}\n::2:*:*:*:${written}\n`},
		needs: 'ipv6',
	},
	'a name with a colon that is not escaped': {
		argv: ['host=a:b hostaddr=127.0.0.1 port={tls} user=scram dbname=shop'],
		files: {'.pgpass': `a:*:*:*:wrong\na:b:*:*:*:${written}\n`},
	},
	'a backslash before a letter': file('127.0.0.1:*:s\\hop:\\s\\c\\ram:PASSWORD\n'),
	'a backslash that hides the end of a field': file('127.0.0.1\\:*:*:*:PASSWORD\n'),
	'a backslash at the end of a field': file('127.0.0.1:*:shop\\\\:*:PASSWORD\n'),
	'two stars are no star': file('**:*:*:*:PASSWORD\n'),
	'empty fields do not fit': file('::::PASSWORD\n'),
	'a star at the end is no password': file('*:*:*:*\n*:*:*:*:PASSWORD\n'),
	'a carriage return at the end of the file': file('*:*:*:*:PASSWORD\r'),
	'several carriage returns': file('*:*:*:*:PASSWORD\r\r\n'),
	'a carriage return within a line': file('*:*:*:app:x\r*:*:*:*:PASSWORD\n'),
	'a password file with a byte order mark': file('\uFEFF*:*:*:*:PASSWORD\n'),
	'a NUL byte takes the rest of its line, and the end of that': file('*:*:*:*:\0wrong\nPASSWORD\n'),
	'a NUL byte at the end of the file': file('*:*:*:*:PASSWORD\0wrong'),
	'a NUL byte alone on a line': file('*:*:*:*:PASSWORD\n\0\n'),
	'a comment after a NUL byte is a line': file('\0\n#*:*:*:*:wrong\n*:*:*:*:PASSWORD\n'),
	'a port is found as it was written': {
		argv: '-h 127.0.0.1 -p +{tls} -U scram shop',
		files: {'.pgpass': `*:{tls}:*:*:wrong\n*:+{tls}:*:*:${written}\n`},
	},
	'a port is not found as a number': {
		argv: ['host=127.0.0.1,127.0.0.1 port={closed},0{tls} user=scram dbname=shop'],
		files: {'.pgpass': `*:{tls}:*:*:${written}\n`},
	},
	'an empty port is found as the usual one': {
		argv: ['host=127.0.0.1,127.0.0.1 port=,{tls} user=scram dbname=shop'],
		files: {'.pgpass': `*::*:*:wrong\n*:5432:*:*:wrong\n*:*:*:*:${written}\n`},
	},
	'an empty password is none': file('*:*:*:scram:\n*:*:*:*:PASSWORD\n'),
	'fields that are missing do not fit': file('*:*:*\n*:*:*:*:PASSWORD\n'),
	'a wrong password in the file': file('*:*:*:*:wrong\n'),
	'no line that fits, and somebody at the terminal': {...file('db:*:*:*:wrong\n'), types: 'ge:he\\im %é'},
	'a wrong password in the file, and somebody at the terminal': {
		...file('*:*:*:*:wrong\n'),
		types: 'ge:he\\im %é',
	},
	'one that others may read is ignored': {
		...file(''),
		files: {'.pgpass 644': `*:*:*:*:${written}\n`},
	},
	'one that the group may read is ignored': {
		...file(''),
		files: {'.pgpass 640': `*:*:*:*:${written}\n`},
	},
	'one that nobody may write is read': {...file(''), files: {'.pgpass 400': `*:*:*:*:${written}\n`}},
	'a folder in its place is ignored': {...file(''), files: {'.pgpass/x': ''}},
	'one that PGPASSFILE names and that is missing': {
		...file('*:*:*:*:PASSWORD\n'),
		env: {PGPASSFILE: '{home}/none'},
	},
	'an empty PGPASSFILE is none': {...file('*:*:*:*:PASSWORD\n'), env: {PGPASSFILE: ''}},
	'the name of the host counts, not its address': {
		argv: ['host=db.pgtop.test hostaddr=127.0.0.1 port={tls} user=scram dbname=shop'],
		files: {'.pgpass': `127.0.0.1:*:*:*:wrong\ndb.pgtop.test:*:*:*:${written}\n`},
	},
	'the address counts where there is no name': {
		argv: ['hostaddr=127.0.0.1 port={tls} user=scram dbname=shop'],
		files: {'.pgpass': `localhost:*:*:*:wrong\n127.0.0.1:*:*:*:${written}\n`},
	},
	'the directory of a socket': socket('{tls/}:*:*:*:PASSWORD\n'),
	'localhost is not the directory of a socket elsewhere': socket('localhost:*:*:*:PASSWORD\n'),
	'localhost is the usual socket': {
		argv: '-p {tls} -U scram shop',
		files: {'.pgpass': `localhost:*:*:*:${written}\n`},
		needs: 'usual socket',
	},
	'localhost is the usual socket by its directory': {
		argv: '-h /var/run/postgresql -p {tls} -U scram shop',
		files: {'.pgpass': `localhost:*:*:*:${written}\n`},
		needs: 'usual socket',
	},
	'the usual directory is not found by its own name': {
		argv: '-p {tls} -U scram shop',
		files: {'.pgpass': `/var/run/postgresql:*:*:*:${written}\n`},
		needs: 'usual socket',
	},
	'each of several hosts has its own line': {
		argv: ['host=127.0.0.2,127.0.0.1 port={closed},{tls} user=scram dbname=shop'],
		files: {'.pgpass': `127.0.0.2:*:*:*:wrong\n127.0.0.1:*:*:*:${written}\n`},
	},
	'each of several ports has its own line': {
		argv: ['host=127.0.0.1,127.0.0.1 port={closed},{tls} user=scram dbname=shop'],
		files: {'.pgpass': `*:{closed}:*:*:wrong\n*:{tls}:*:*:${written}\n`},
	},
	'it is not read for a role without a password': {
		argv: '-h 127.0.0.1 -p {tls} -U app shop',
		files: {'.pgpass': '*:*:*:*:wrong\n'},
	},
	'it serves md5, too': {...file('*:*:*:*:PASSWORD\n'), argv: '-h 127.0.0.1 -p {tls} -U md5 shop'},
	'blanks at the end belong to the password': file('*:*:*:*:PASSWORD \n'),
	'blanks in front of a field belong to it': file(' 127.0.0.1:*:*:*:PASSWORD\n*:*:*:*:wrong\n'),
	'more fields than there are': file('*:*:*:*:PASSWORD:more\n'),
	'the first of several hosts asks, and nobody has a password': {
		argv: ['host=127.0.0.1,{tls/} port={tls} user=scram dbname=shop'],
		types: 'ge:he\\im %é',
	},
	'a line of a thousand characters': file(`*:*:*:app:${'x'.repeat(1000)}\n*:*:*:*:PASSWORD\n`),
};
