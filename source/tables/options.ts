type Text = {readonly type: 'text'; readonly value: string};
type Amount = {
	readonly type: 'number';
	readonly value: string;
	readonly range: readonly [number, number];
	readonly default: number;
};
type Choice = {
	readonly type: 'choice';
	readonly value: string;
	readonly choices: readonly string[];
	readonly default: string;
};
type Switch = {
	readonly type: 'switch';
	/** The switch that says the opposite: the last one of the two counts. */
	readonly undoes?: string;
};

export type Option = (Text | Amount | Choice | Switch) & {
	readonly short?: string;
	/** What is typed, where that is not the name with hyphens. */
	readonly flag?: string;
	readonly help: string;
};

/** Every flag. Parsing, `--help` and the README come from here; names that psql has too are psql's. */
export const options = {
	host: {short: 'h', type: 'text', value: 'HOST', help: 'server host, or directory of its Unix socket'},
	port: {short: 'p', type: 'text', value: 'PORT', help: 'server port'},
	username: {short: 'U', type: 'text', value: 'USER', help: 'role to connect as'},
	dbname: {short: 'd', type: 'text', value: 'DBNAME', help: 'database, connection string or URI'},
	withPassword: {
		short: 'W',
		type: 'switch',
		flag: '--password',
		undoes: 'withoutPassword',
		help: 'ask for a password before connecting',
	},
	withoutPassword: {
		short: 'w',
		type: 'switch',
		flag: '--no-password',
		undoes: 'withPassword',
		help: 'never ask for one, only for the passphrase of a key',
	},
	passwordCommand: {
		type: 'text',
		value: 'COMMAND',
		help: 'run this for the password of each connection',
	},
	interval: {
		type: 'number',
		value: 'SECONDS',
		range: [0.5, 60],
		default: 2,
		help: 'time between two pictures',
	},
	once: {type: 'switch', help: 'print one picture as plain text and exit'},
	confirm: {
		type: 'choice',
		value: 'WHEN',
		choices: ['auto', 'always', 'never'],
		default: 'auto',
		help: 'ask before a signal: auto, always or never',
	},
	readOnly: {type: 'switch', help: 'only look: c and k send nothing'},
	dryRun: {type: 'switch', help: 'show what c or k would send, and send nothing'},
	auditLog: {type: 'text', value: 'FILE', help: 'write signals to this file, not to the state folder'},
	withoutAuditLog: {type: 'switch', flag: '--no-audit-log', help: 'write signals to no file'},
	signals: {type: 'switch', help: 'print the signals in the audit file and exit'},
	demo: {type: 'switch', help: 'try it on a throw-away server with troubled sessions'},
	help: {short: '?', type: 'switch', help: 'print this and exit'},
	version: {short: 'V', type: 'switch', help: 'print the version and exit'},
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof options;

type ValueOf<Kind> = Kind extends Switch
	? boolean
	: Kind extends Amount
		? number
		: Kind extends {readonly choices: readonly (infer Value)[]}
			? Value
			: string | undefined;

export type Flags = {readonly [Name in OptionName]: ValueOf<(typeof options)[Name]>};

export const optionNames = Object.keys(options) as readonly OptionName[];

/** What is typed: `readOnly` → `--read-only`. */
export function optionFlag(name: OptionName): string {
	const {flag}: Option = options[name];
	return flag ?? longName(name);
}

/** The flag as the parser takes it. The parser reads `--no-x` as x being false, so `optionFlag` will not do there. */
export function longName(name: OptionName): string {
	return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

const longForm = (name: OptionName) => {
	const option: Option = options[name];
	return option.type === 'switch' ? optionFlag(name) : `${optionFlag(name)}=${option.value}`;
};

const helpOf = (name: OptionName) => {
	const option: Option = options[name];
	return option.type === 'number'
		? `${option.help} (${option.range.join(' to ')}, default ${option.default})`
		: option.help;
};

const synopsis = 'pgtop [OPTION]... [DBNAME [USERNAME]]';

const connecting = `DBNAME may be a URI, postgresql://USER@HOST:PORT/DBNAME?sslmode=require, or a
connection string, 'host=HOST dbname=DBNAME'. PGHOST, PGSERVICE, PGSSLMODE and
the other variables of libpq, its service file, its password file and its
certificates mean what they mean to psql.`;

const widestFlags = 26;

/** The text of `--help`, 80 columns wide. */
export function usage(): string {
	const rows = optionNames.map(name => {
		const {short}: Option = options[name];
		return [`  ${short === undefined ? '   ' : `-${short},`} ${longForm(name)}`, helpOf(name)] as const;
	});
	const width = Math.max(...rows.map(([flags]) => flags.length).filter(length => length <= widestFlags));
	// A longer flag has a line of its own, as in the help of psql.
	const lines = rows.map(([flags, help]) =>
		flags.length > width ? `${flags}\n${' '.repeat(width)}  ${help}` : `${flags.padEnd(width)}  ${help}`,
	);
	return [
		`Usage: ${synopsis}`,
		'See every PostgreSQL backend live; c cancels its query, k ends its session.',
		lines.join('\n'),
		connecting,
	].join('\n\n');
}
