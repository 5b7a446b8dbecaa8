import type {Cases} from '../../case.js';

const elsewhere = {PGHOST: '127.0.0.2', PGPORT: '{closed}', PGUSER: 'reader', PGDATABASE: 'appdb'};

const service = {'.pg_service.conf': '[ours]\nhost=127.0.0.1\nport={tls}\nuser=app\ndbname=shop\n'};

export const precedenceCases: Cases = {
	'options win over the environment': {argv: '-h 127.0.0.1 -p {tls} -U app shop', env: elsewhere},
	'a URI wins over the environment': {argv: 'postgresql://app@127.0.0.1:{tls}/shop', env: elsewhere},
	'key=value wins over the environment': {
		argv: ['host=127.0.0.1 port={tls} user=app dbname=shop'],
		env: elsewhere,
	},
	'a URI wins over options': {
		argv: '-h 127.0.0.2 -p {closed} -U reader postgresql://app@127.0.0.1:{tls}/shop',
	},
	'key=value wins over options': {
		argv: [
			'-h',
			'127.0.0.2',
			'-p',
			'{closed}',
			'-U',
			'reader',
			'host=127.0.0.1 port={tls} user=app dbname=shop',
		],
	},
	'options fill what a URI leaves out': {argv: '-h 127.0.0.1 -p {tls} -U app postgresql:///shop'},
	'options fill what key=value leaves out': {argv: '-h 127.0.0.1 -p {tls} -U app dbname=shop'},
	'the environment fills what a URI leaves out': {
		argv: 'postgresql:///shop',
		env: {PGHOST: '127.0.0.1', PGPORT: '{tls}', PGUSER: 'app'},
	},
	'the database of the environment counts when key=value has none': {
		argv: 'host=127.0.0.1',
		env: {...elsewhere, PGPORT: '{tls}', PGUSER: 'app'},
	},
	'the second name loses to a URI that has a role': {argv: 'postgresql://app@127.0.0.1:{tls}/shop reader'},
	'the second name counts when a URI has no role': {argv: 'postgresql://127.0.0.1:{tls}/shop app'},
	'an empty value in key=value hides the environment': {
		argv: ["host=127.0.0.1 port={tls} user=shop dbname=''"],
		env: elsewhere,
	},
	'a service wins over the environment': {env: {...elsewhere, PGSERVICE: 'ours'}, files: service},
	'options win over a service': {
		argv: '-U reader -d appdb',
		env: {PGSERVICE: 'ours'},
		files: service,
	},
	'key=value wins over the service it names': {
		argv: ['service=ours user=reader dbname=appdb'],
		files: service,
	},
	'a URI wins over the service it names': {argv: 'postgresql://reader@/appdb?service=ours', files: service},
	'a service in key=value wins over PGSERVICE': {
		argv: 'service=ours',
		env: {PGSERVICE: 'theirs'},
		files: service,
	},
	'a service without a database: that of the environment': {
		env: {PGSERVICE: 'ours', PGDATABASE: 'shop'},
		files: {'.pg_service.conf': '[ours]\nhost=127.0.0.1\nport={tls}\nuser=app\n'},
	},
	'a service without a role: that of the account': {
		env: {PGSERVICE: 'ours'},
		files: {'.pg_service.conf': '[ours]\nhost=127.0.0.1\nport={tls}\ndbname=shop\n'},
	},
	'PGPASSWORD wins over the password file': {
		argv: '-h 127.0.0.1 -p {tls} -U scram shop',
		env: {PGPASSWORD: 'wrong'},
		files: {'.pgpass': '*:*:*:*:ge\\:he\\\\im %é\n'},
	},
	'a password in a service wins over PGPASSWORD': {
		env: {PGSERVICE: 'ours', PGPASSWORD: 'wrong'},
		files: {
			'.pg_service.conf':
				'[ours]\nhost=127.0.0.1\nport={tls}\nuser=scram\ndbname=shop\npassword=ge:he\\im %é\n',
		},
	},
	'a password in a URI wins over one that was typed for -W': {
		argv: '-W postgresql://scram:ge%3Ahe%5Cim%20%25%C3%A9@127.0.0.1:{tls}/shop',
		types: 'wrong',
	},
	'PGAPPNAME loses to a service': {
		env: {PGSERVICE: 'ours', PGAPPNAME: 'environment'},
		files: {'.pg_service.conf': `${service['.pg_service.conf']}application_name=service\n`},
	},
	'passfile wins over PGPASSFILE': {
		argv: ['host=127.0.0.1 port={tls} user=scram dbname=shop passfile={home}/mine'],
		env: {PGPASSFILE: '{home}/other'},
		files: {mine: '*:*:*:*:ge\\:he\\\\im %é\n', other: '*:*:*:*:wrong\n'},
	},
	'sslmode in a URI wins over PGSSLMODE': {
		argv: 'postgresql://app@127.0.0.1:{tls}/shop?sslmode=disable',
		env: {PGSSLMODE: 'require'},
	},
	'-h goes over PGHOSTADDR no more than psql lets it': {
		argv: '-h {standby/} -p {tls} -U app shop',
		env: {PGHOSTADDR: '127.0.0.1'},
	},
	'PGHOST of two hosts with -p of one': {
		argv: '-p {tls} -U app shop',
		env: {PGHOST: '127.0.0.2,127.0.0.1', PGPORT: '1,2,3'},
	},
};
