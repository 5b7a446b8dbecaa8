import type {Cases} from '../../case.js';

const ours = 'host=127.0.0.1\nport={tls}\nuser=app\ndbname=shop\n';

/** Calls for the service `ours`. */
const service = (text: string) => ({argv: 'service=ours', files: {'.pg_service.conf': text}});

export const serviceFileCases: Cases = {
	'a service in key=value': service(`[ours]\n${ours}`),
	'a service in a URI': {argv: 'postgresql:///?service=ours', files: {'.pg_service.conf': `[ours]\n${ours}`}},
	'other services before and after it': service(`[theirs]\nhost=127.0.0.2\n[ours]\n${ours}[more]\nport=1\n`),
	'comments, empty lines and blanks around a line': service(
		`# ours\n\n  [ours]\n  # host=127.0.0.2\n\thost=127.0.0.1  \n port={tls}\n\nuser=app\ndbname=shop`,
	),
	'a blank before an equal sign is refused': service(`[ours]\n${ours}application_name = mine\n`),
	'a value with blanks and an equal sign': service(`[ours]\n${ours}application_name=a = b\n`),
	'quotes belong to the value': service(`[ours]\n${ours}application_name='mine'\n`),
	'the first of two lines counts': service(`[ours]\n${ours}dbname=appdb\n`),
	'the first of two services counts': service(`[ours]\n${ours}[ours]\ndbname=appdb\n`),
	'line ends of Windows': service(`[ours]\n${ours}`.replaceAll('\n', '\r\n')),
	'an empty value': service(`[ours]\nhost=127.0.0.1\nport={tls}\nuser=shop\ndbname=\n`),
	'a name that begins alike is another': service(`[ours2]\nhost=127.0.0.2\n[ours]\n${ours}`),
	'a name in capitals is another': service(`[OURS]\n${ours}`),
	'a service that is not there is refused': service(`[theirs]\n${ours}`),
	'a file that is not there is refused': {argv: 'service=ours'},
	'a file named by PGSERVICEFILE that is not there is refused': {
		argv: 'service=ours',
		env: {PGSERVICEFILE: '{home}/none'},
		files: {'.pg_service.conf': `[ours]\n${ours}`},
	},
	'the file of the user goes before that of the system': {
		...service(`[ours]\n${ours}`),
		env: {PGSYSCONFDIR: '{home}/etc'},
		files: {'.pg_service.conf': `[ours]\n${ours}`, 'etc/pg_service.conf': '[ours]\nhost=127.0.0.2\n'},
	},
	'what the user has not is in the file of the system': {
		argv: 'service=ours',
		env: {PGSYSCONFDIR: '{home}/etc'},
		files: {'.pg_service.conf': '[theirs]\nhost=127.0.0.2\n', 'etc/pg_service.conf': `[ours]\n${ours}`},
	},
	'what PGSERVICEFILE has not is in the file of the system': {
		argv: 'service=ours',
		env: {PGSYSCONFDIR: '{home}/etc', PGSERVICEFILE: '{home}/mine'},
		files: {mine: '[theirs]\nhost=127.0.0.2\n', 'etc/pg_service.conf': `[ours]\n${ours}`},
	},
	'an unknown key in it is refused': service(`[ours]\n${ours}colour=blue\n`),
	'an unknown key in another service does no harm': service(`[theirs]\ncolour=blue\n[ours]\n${ours}`),
	'a line without an equal sign is refused': service(`[ours]\n${ours}nonsense\n`),
	'a line without an equal sign in another service does no harm': service(
		`[theirs]\nnonsense\n[ours]\n${ours}`,
	),
	'a service within a service is refused': service(`[ours]\n${ours}service=theirs\n`),
	'a bad value in it is refused': service(`[ours]\n${ours}sslmode=maybe\n`),
	'a file that others may read is read': {
		argv: 'service=ours',
		files: {'.pg_service.conf 644': `[ours]\n${ours}`},
	},
	'a folder in the place of the file': {argv: 'service=ours', files: {'.pg_service.conf/x': ''}},
	'several hosts in it': service(
		`[ours]\nhost=127.0.0.1,127.0.0.1\nport={closed},{tls}\nuser=app\ndbname=shop\n`,
	),
	'options in it': {
		...service(`[ours]\n${ours}options=-c work_mem=1234kB\n`),
		asks: "current_setting('work_mem')",
	},
	'an empty service is refused': {argv: ["service='' host=127.0.0.1 port={tls} user=app dbname=shop"]},
	'a line of a thousand characters is refused': service(
		`[ours]\n${ours}application_name=${'x'.repeat(1100)}\n`,
	),
	'a NUL byte ends a line': service(`[ours]\n${ours}application_name=mine\0 no\n`),
	'a byte order mark': service(`\uFEFF[ours]\n${ours}`),
	'words after a closing bracket': service(`[ours] as ever\n${ours}`),
	'blanks within the brackets': service(`[ ours ]\n${ours}`),
	'a URI as its database is a name': service(
		'[ours]\nhost=127.0.0.1\nport={tls}\nuser=app\ndbname=postgresql://x\n',
	),
	'a service in its argument that looks like a path': {
		argv: 'service=a/b',
		files: {'.pg_service.conf': `[a/b]\n${ours}`},
	},
	'a key in capitals is unknown there, too': service(`[ours]\n${ours}APPLICATION_NAME=mine\n`),
	'a directory service that does not answer': service(
		`[ours]\nldap://127.0.0.1:1/dc=x?description?one?(cn=x)\n${ours}`,
	),
	'a service of another text, asked for by -d': {
		argv: '-d service=ours',
		env: {PGUSER: 'reader'},
		files: {'.pg_service.conf': `[ours]\n${ours}`},
	},
	'a closing bracket that is missing': service(`[ours\n${ours}`),
};
