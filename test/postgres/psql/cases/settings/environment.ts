import type {Cases} from '../../case.js';

const where = {PGHOST: '127.0.0.1', PGPORT: '{tls}'};
const here = {...where, PGUSER: 'app', PGDATABASE: 'shop'};

const variables = (env: Readonly<Record<string, string>>) => ({env: {...here, ...env}});

export const environmentCases: Cases = {
	'PGHOST, PGPORT, PGUSER and PGDATABASE': {env: here},
	'PGHOST as a directory': variables({PGHOST: '{tls/}'}),
	'an empty PGHOST is none': {...variables({PGHOST: ''}), needs: 'usual socket'},
	'an empty PGPORT is the usual port, where no server is': variables({PGHOST: '{tls/}', PGPORT: ''}),
	'a PGPORT that is no number is refused': variables({PGPORT: 'some'}),
	'an empty PGUSER is the account': {env: {...where, PGUSER: '', PGDATABASE: 'shop'}},
	'an empty PGDATABASE is that of the role': variables({PGUSER: 'shop', PGDATABASE: ''}),
	'USER and LOGNAME are not asked': {env: {...where, USER: 'app', LOGNAME: 'app', PGDATABASE: 'shop'}},
	'PGDATABASE is never taken apart': variables({PGDATABASE: 'dbname=shop'}),
	'PGDATABASE is never a URI': variables({PGDATABASE: 'postgresql://127.0.0.1/shop'}),
	PGPASSWORD: variables({PGUSER: 'scram', PGPASSWORD: 'ge:he\\im %é'}),
	'a wrong PGPASSWORD': variables({PGUSER: 'scram', PGPASSWORD: 'wrong'}),
	'an empty PGPASSWORD is none': {...variables({PGUSER: 'scram', PGPASSWORD: ''}), types: 'ge:he\\im %é'},
	PGPASSFILE: {
		...variables({PGUSER: 'scram', PGPASSFILE: '{home}/mine'}),
		files: {mine: '*:*:*:scram:ge\\:he\\\\im %é\n'},
	},
	PGAPPNAME: variables({PGAPPNAME: 'my own'}),
	'an empty PGAPPNAME is an empty name': variables({PGAPPNAME: ''}),
	PGOPTIONS: {...variables({PGOPTIONS: '-c work_mem=1234kB'}), asks: "current_setting('work_mem')"},
	'PGOPTIONS that the server refuses': variables({PGOPTIONS: '-c no_such=1'}),
	'PGHOSTADDR over the address of the name': variables({PGHOST: 'db.pgtop.test', PGHOSTADDR: '127.0.0.1'}),
	'PGHOSTADDR alone': {env: {...here, PGHOST: '', PGHOSTADDR: '127.0.0.1'}},
	'a PGHOSTADDR that is no address is refused': variables({PGHOSTADDR: 'nowhere'}),
	'PGHOSTADDR with a directory as host': variables({PGHOST: '{standby/}', PGHOSTADDR: '127.0.0.1'}),
	'PGHOST with several hosts': variables({PGHOST: '127.0.0.1,127.0.0.1', PGPORT: '{closed},{tls}'}),
	PGSERVICE: {
		env: {PGSERVICE: 'ours'},
		files: {'.pg_service.conf': '[ours]\nhost=127.0.0.1\nport={tls}\nuser=app\ndbname=shop\n'},
	},
	'a PGSERVICE that nobody knows is refused': variables({PGSERVICE: 'ours'}),
	PGSERVICEFILE: {
		env: {PGSERVICE: 'ours', PGSERVICEFILE: '{home}/mine'},
		files: {mine: '[ours]\nhost=127.0.0.1\nport={tls}\nuser=app\ndbname=shop\n'},
	},
	'PGSERVICEFILE alone changes nothing': {...variables({PGSERVICEFILE: '{home}/mine'})},
	PGSYSCONFDIR: {
		env: {PGSERVICE: 'ours', PGSYSCONFDIR: '{home}/etc'},
		files: {'etc/pg_service.conf': '[ours]\nhost=127.0.0.1\nport={tls}\nuser=app\ndbname=shop\n'},
	},
	'PGSSLMODE=disable': variables({PGSSLMODE: 'disable'}),
	'PGSSLMODE=require': variables({PGSSLMODE: 'require'}),
	'PGSSLMODE=require at a server without TLS': variables({PGSSLMODE: 'require', PGPORT: '{plain}'}),
	'PGSSLMODE with another word is refused': variables({PGSSLMODE: 'yes'}),
	'an empty PGSSLMODE is refused': variables({PGSSLMODE: ''}),
	PGSSLROOTCERT: variables({PGSSLMODE: 'verify-full', PGSSLROOTCERT: '{papers}/ca.pem'}),
	'PGSSLCERT and PGSSLKEY': variables({
		PGUSER: 'certified',
		PGSSLCERT: '{papers}/certified.crt',
		PGSSLKEY: '{papers}/certified.key',
	}),
	'PGSSLCRL that revokes the server': variables({
		PGSSLMODE: 'verify-ca',
		PGSSLROOTCERT: '{papers}/ca.pem',
		PGSSLCRL: '{papers}/revoked.pem',
	}),
	'PGSSLSNI=0': variables({PGSSLMODE: 'require', PGSSLSNI: '0'}),
	PGSSLMINPROTOCOLVERSION: {
		...variables({PGSSLMINPROTOCOLVERSION: 'TLSv1.3'}),
		asks: '(select version from pg_stat_ssl where pid = pg_backend_pid())',
	},
	PGSSLMAXPROTOCOLVERSION: {
		...variables({PGSSLMAXPROTOCOLVERSION: 'TLSv1.2'}),
		asks: '(select version from pg_stat_ssl where pid = pg_backend_pid())',
	},
	'a PGSSLMINPROTOCOLVERSION above the maximum is refused': variables({
		PGSSLMINPROTOCOLVERSION: 'TLSv1.3',
		PGSSLMAXPROTOCOLVERSION: 'TLSv1.2',
	}),
	'PGCHANNELBINDING=require': variables({
		PGUSER: 'scram',
		PGPASSWORD: 'ge:he\\im %é',
		PGCHANNELBINDING: 'require',
	}),
	'PGCONNECT_TIMEOUT that is no number is refused': variables({PGCONNECT_TIMEOUT: 'soon'}),
	'PGCONNECT_TIMEOUT=0 waits for ever': variables({PGCONNECT_TIMEOUT: '0'}),
	'PGTARGETSESSIONATTRS=standby': variables({
		PGHOST: '127.0.0.1,127.0.0.1',
		PGPORT: '{tls},{standby}',
		PGTARGETSESSIONATTRS: 'standby',
	}),
	'PGGSSENCMODE=disable': variables({PGGSSENCMODE: 'disable'}),
	'PGGSSENCMODE=require without a ticket': variables({PGGSSENCMODE: 'require'}),
	'PGREQUIREPEER of another user': variables({PGHOST: '{tls/}', PGREQUIREPEER: 'no such user'}),
	'PGREQUIREPEER means nothing over TCP': variables({PGREQUIREPEER: 'no such user'}),
	'PGCLIENTENCODING=LATIN1': variables({PGCLIENTENCODING: 'LATIN1'}),
	'PGREQUIRESSL=1 is PGSSLMODE=require': variables({PGREQUIRESSL: '1', PGPORT: '{plain}'}),
	PGDATESTYLE: {...variables({PGDATESTYLE: 'German'}), asks: "current_setting('DateStyle')"},
	PGTZ: {...variables({PGTZ: 'Nowhere/Land'})},
	'an empty PGSERVICEFILE is none': {
		env: {PGSERVICE: 'ours', PGSERVICEFILE: ''},
		files: {'.pg_service.conf': '[ours]\nhost=127.0.0.1\nport={tls}\nuser=app\ndbname=shop\n'},
	},
	'an empty PGSERVICE is none': variables({PGSERVICE: ''}),
	'an empty PGHOSTADDR is none': variables({PGHOSTADDR: ''}),
	'an empty PGOPTIONS is none': variables({PGOPTIONS: ''}),
	'an empty PGCONNECT_TIMEOUT': variables({PGCONNECT_TIMEOUT: ''}),
	'an empty PGTARGETSESSIONATTRS': variables({PGTARGETSESSIONATTRS: ''}),
	'an empty PGCHANNELBINDING': variables({PGCHANNELBINDING: ''}),
	'an empty PGSSLMINPROTOCOLVERSION': variables({PGSSLMINPROTOCOLVERSION: ''}),
	'an empty PGSSLCERT is the usual file': {
		...variables({PGUSER: 'certified', PGSSLCERT: '', PGSSLKEY: ''}),
		files: {
			'.postgresql/postgresql.crt': '{=certified.crt}',
			'.postgresql/postgresql.key': '{=certified.key}',
		},
	},
};
