/** One of libpq's connection parameters, and what pgtop makes of it. */
export type Parameter = {
	/** The environment variable that sets it too. */
	readonly variable?: string;
	/** Absent where any text will do. */
	readonly takes?: 'whole number' | 'TLS version' | readonly string[];
	/** Why the parameter is accepted and changes nothing. */
	readonly ignored?: string;
	/** Which values ask for something that pgtop can't do, and why it can't. */
	readonly refused?: {readonly values: RegExp; readonly named: string; readonly why: string};
};

const anything = /./s;

const noGssapi = 'Node.js has no GSSAPI';
const noOauth = 'pgtop has no OAuth; a server that asks for it is refused';
const fixedProbes = 'Node.js fixes it: ten probes, one second apart';

/** Every parameter that libpq 18 knows, by libpq's name and in its order. Parsers, environment and manual come from here. */
const parameters = {
	service: {variable: 'PGSERVICE'},
	user: {variable: 'PGUSER'},
	password: {variable: 'PGPASSWORD'},
	passfile: {variable: 'PGPASSFILE'},
	channel_binding: {variable: 'PGCHANNELBINDING', takes: ['disable', 'prefer', 'require']},
	connect_timeout: {variable: 'PGCONNECT_TIMEOUT', takes: 'whole number'},
	dbname: {variable: 'PGDATABASE'},
	host: {variable: 'PGHOST'},
	hostaddr: {variable: 'PGHOSTADDR'},
	port: {variable: 'PGPORT'},
	client_encoding: {variable: 'PGCLIENTENCODING', ignored: 'pgtop reads texts of any encoding'},
	options: {variable: 'PGOPTIONS'},
	application_name: {variable: 'PGAPPNAME'},
	fallback_application_name: {ignored: 'the name is pgtop, as it is psql in psql'},
	keepalives: {takes: 'whole number'},
	keepalives_idle: {takes: 'whole number'},
	keepalives_interval: {takes: 'whole number', ignored: fixedProbes},
	keepalives_count: {takes: 'whole number', ignored: fixedProbes},
	tcp_user_timeout: {
		takes: 'whole number',
		ignored: 'Node.js has no such socket option; an answer has 9 s anyway',
	},
	sslmode: {
		variable: 'PGSSLMODE',
		takes: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'],
	},
	sslnegotiation: {variable: 'PGSSLNEGOTIATION', takes: ['postgres', 'direct']},
	sslcompression: {variable: 'PGSSLCOMPRESSION', ignored: 'psql has no compression any more either'},
	sslcert: {variable: 'PGSSLCERT'},
	sslkey: {variable: 'PGSSLKEY'},
	sslcertmode: {
		variable: 'PGSSLCERTMODE',
		takes: ['disable', 'allow', 'require'],
		refused: {
			values: /^require$/,
			named: 'require',
			why: "Node.js does not tell whether the server asked for pgtop's certificate",
		},
	},
	sslpassword: {},
	sslrootcert: {variable: 'PGSSLROOTCERT'},
	sslcrl: {variable: 'PGSSLCRL'},
	sslcrldir: {variable: 'PGSSLCRLDIR'},
	sslsni: {variable: 'PGSSLSNI'},
	sslkeylogfile: {
		refused: {values: anything, named: 'any file', why: 'pgtop writes the keys of its session to no file'},
	},
	requirepeer: {
		variable: 'PGREQUIREPEER',
		refused: {
			values: anything,
			named: 'any account, at a Unix socket',
			why: 'Node.js does not tell whose process answers there',
		},
	},
	require_auth: {variable: 'PGREQUIREAUTH'},
	ssl_min_protocol_version: {variable: 'PGSSLMINPROTOCOLVERSION', takes: 'TLS version'},
	ssl_max_protocol_version: {variable: 'PGSSLMAXPROTOCOLVERSION', takes: 'TLS version'},
	min_protocol_version: {
		variable: 'PGMINPROTOCOLVERSION',
		takes: ['3.0', '3.2', 'latest'],
		refused: {
			values: /^(?:3\.2|latest)$/,
			named: '3.2 or latest',
			why: 'pgtop speaks version 3.0 of the protocol',
		},
	},
	max_protocol_version: {
		variable: 'PGMAXPROTOCOLVERSION',
		takes: ['3.0', '3.2', 'latest'],
		ignored: 'pgtop speaks version 3.0 of the protocol',
	},
	gssencmode: {
		variable: 'PGGSSENCMODE',
		takes: ['disable', 'prefer', 'require'],
		refused: {values: /^require$/, named: 'require', why: noGssapi},
	},
	krbsrvname: {variable: 'PGKRBSRVNAME', ignored: noGssapi},
	gsslib: {variable: 'PGGSSLIB', ignored: noGssapi},
	gssdelegation: {variable: 'PGGSSDELEGATION', ignored: noGssapi},
	replication: {
		refused: {
			values: /^(?!(?:f|fa|fal|fals|false|of|off|n|no|0)$)./is,
			named: 'anything but off',
			why: 'pgtop needs an ordinary session, and no walsender',
		},
	},
	target_session_attrs: {
		variable: 'PGTARGETSESSIONATTRS',
		takes: ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'],
	},
	load_balance_hosts: {variable: 'PGLOADBALANCEHOSTS', takes: ['disable', 'random']},
	scram_client_key: {
		refused: {values: anything, named: 'any key', why: 'pgtop takes the password only'},
	},
	scram_server_key: {
		refused: {values: anything, named: 'any key', why: 'pgtop takes the password only'},
	},
	oauth_issuer: {ignored: noOauth},
	oauth_client_id: {ignored: noOauth},
	oauth_client_secret: {ignored: noOauth},
	oauth_scope: {ignored: noOauth},
} as const satisfies Readonly<Record<string, Parameter>>;

/** The flags that set a parameter, as in psql, in the order of a command. */
export const flagOf = {host: '-h', port: '-p', user: '-U'} as const;

export type Keyword = keyof typeof parameters;

/** What one source says. An empty string counts: it hides the sources below, and often means the default. */
export type KeywordValues = {readonly [Key in Keyword]?: string | undefined};

export const keywords = Object.keys(parameters) as readonly Keyword[];

export function isKeyword(text: string): text is Keyword {
	return Object.hasOwn(parameters, text);
}

export const parameterOf = (keyword: Keyword): Parameter => parameters[keyword];

/** Turns `requiressl`, an old name that libpq takes in connection strings and URIs, into `sslmode`. */
export function withoutOldName(name: string, value: string): readonly [name: string, value: string] {
	return name === 'requiressl' ? ['sslmode', value.startsWith('1') ? 'require' : 'prefer'] : [name, value];
}
