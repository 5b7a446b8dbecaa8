import {type FlagsOf, flagIn, type OptionTable} from './option.js';

/** Every flag. Parsing, what is checked, `--help` and the manual come from here; names that psql has too are psql's. */
export const options = {
	host: {
		short: 'h',
		type: 'text',
		value: 'HOST',
		isPsqls: true,
		isKept: false,
		help: 'server host, or directory of its Unix socket',
	},
	port: {short: 'p', type: 'text', value: 'PORT', isPsqls: true, isKept: false, help: 'server port'},
	username: {
		short: 'U',
		type: 'text',
		value: 'USER',
		bare: {place: 2, what: 'a role', called: 'USERNAME'},
		isPsqls: true,
		isKept: false,
		help: 'role to connect as',
	},
	dbname: {
		short: 'd',
		type: 'text',
		value: 'DBNAME',
		bare: {place: 1, what: 'a database'},
		isPsqls: true,
		isKept: false,
		help: 'database, connection string or URI',
	},
	withPassword: {
		short: 'W',
		type: 'switch',
		flag: '--password',
		undoes: 'withoutPassword',
		asksFor: 'the password',
		excludes: {name: 'passwordCommand', both: 'two ways to a password'},
		isPsqls: true,
		isKept: false,
		help: 'ask for a password before connecting',
	},
	withoutPassword: {
		short: 'w',
		type: 'switch',
		flag: '--no-password',
		undoes: 'withPassword',
		isPsqls: true,
		help: 'never ask for one, only for the passphrase of a key',
	},
	passwordCommand: {
		type: 'text',
		value: 'COMMAND',
		needs: 'a command',
		// Node.js passes only UTF-8 to a command.
		isUtf8: true,
		isSecret: true,
		help: 'run this for the password of each connection',
	},
	filter: {
		type: 'text',
		value: 'FILTER',
		// Texts of the server are compared as what they say, not by their bytes.
		isUtf8: true,
		needs: 'words',
		help: 'show only the sessions that match, as with /',
	},
	columns: {
		type: 'text',
		value: 'NAMES',
		needs: 'names of columns',
		help: 'show these, in this order: pid,time,query',
	},
	sort: {
		type: 'text',
		value: 'COLUMN',
		needs: 'the name of a column',
		help: 'sort by this column; -COLUMN is reversed',
	},
	interval: {
		type: 'number',
		isConfigured: true,
		value: 'SECONDS',
		range: [0.5, 60],
		default: 2,
		help: 'time between two pictures',
	},
	theme: {
		type: 'choice',
		isConfigured: true,
		value: 'BACKGROUND',
		choices: ['any', 'dark', 'light'],
		default: 'any',
		help: 'colours for a background: any, dark or light',
	},
	once: {type: 'switch', help: 'print one picture as plain text and exit'},
	confirm: {
		type: 'choice',
		isConfigured: true,
		value: 'WHEN',
		choices: ['auto', 'always', 'never'],
		help: 'ask before a signal: auto, always or never',
	},
	readOnly: {type: 'switch', help: 'only look: c and k send nothing'},
	dryRun: {type: 'switch', help: 'show what c or k would send, and send nothing'},
	auditLog: {
		type: 'text',
		value: 'FILE',
		needs: 'the name of a file',
		help: 'write signals to this file, not to the state folder',
	},
	withoutAuditLog: {type: 'switch', flag: '--no-audit-log', help: 'write signals to no file'},
	withoutConfig: {type: 'switch', flag: '--no-config', help: 'read no configuration file'},
	showConfig: {type: 'switch', isKept: false, help: 'print the configuration in force and exit'},
	signals: {type: 'switch', isKept: false, help: 'print the signals in the audit file and exit'},
	demo: {type: 'switch', isKept: false, help: 'try it on a throw-away server with troubled sessions'},
	help: {short: '?', type: 'switch', prints: 'help', isKept: false, help: 'print this and exit'},
	version: {short: 'V', type: 'switch', prints: 'version', isKept: false, help: 'print the version and exit'},
} as const satisfies OptionTable;

export type Flags = FlagsOf<typeof options>;

/** What is typed for an option. */
export const optionFlag = (name: keyof typeof options): string => flagIn(options, name);
