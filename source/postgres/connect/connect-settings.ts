import {clean} from '../../domain/text/clean.js';
import {type Keyword, keywords, type Settings} from './keywords.js';
import type {Machine} from './machine.js';
import {socketDirectories, socketPath, type Target} from './target.js';
import {isUri, parseUri} from './uri.js';

export type Resolved =
	| {readonly type: 'target'; readonly target: Target}
	| {readonly type: 'bad'; readonly sentence: string};

type Environment = Readonly<Record<string, string | undefined>>;

/** A value, and where it was said: `-p`, `PGPORT`, `port in the URI`. */
type Said = {readonly text: string; readonly origin: string};

const flags: Readonly<Partial<Record<Keyword, string>>> = {host: '-h', port: '-p', user: '-U', dbname: '-d'};

// Followed by psql and not yet by pgtop: unheeded they would lead to another server, or past the encryption asked for.
const unheeded: Readonly<Record<string, RegExp>> = {
	PGSERVICE: /./,
	PGHOSTADDR: /./,
	PGSSLMODE: /^(?:require|verify-ca|verify-full)$/,
};

const bad = (sentence: string): Resolved => ({type: 'bad', sentence: clean(sentence)});

function wholeNumber(text: string, least: number, most: number): number | undefined {
	const number = /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
	return number >= least && number <= most ? number : undefined;
}

/** One source's settings, every one with the name it goes by there. */
function say(settings: Settings, originOf: (keyword: Keyword) => string) {
	const texts = Object.entries(settings) as ReadonlyArray<readonly [Keyword, string | undefined]>;
	return Object.fromEntries(
		texts.flatMap(([keyword, text]) =>
			text === undefined ? [] : [[keyword, {text, origin: originOf(keyword)}]],
		),
	) as {readonly [Key in Keyword]?: Said};
}

function fromEnvironment(environment: Environment): Settings {
	return Object.fromEntries(
		Object.entries(keywords).map(([keyword, variable]) => [keyword, environment[variable]]),
	);
}

/** psql takes an empty argument for none; an empty variable or URI parameter asks for the default. */
function withoutEmpty(settings: Settings): Settings {
	return Object.fromEntries(Object.entries(settings).filter(([, text]) => text !== ''));
}

/**
Settles whom to connect to, as psql does: a URI wins over -h, -p and -U, those over the environment, that over defaults.

`given` is what the arguments say; its `dbname` may be a URI.
*/
export function resolveTarget(given: Settings, environment: Environment, machine: Machine): Resolved {
	const {dbname = '', ...arguments_} = given;
	const uri = isUri(dbname) ? parseUri(dbname) : undefined;
	if (uri?.type === 'bad') return bad(uri.sentence);
	if (!uri && dbname.includes('=')) {
		return bad(
			'connection strings with = in them are not supported yet: write a postgresql:// URI, or -h -p -U -d',
		);
	}

	for (const [variable, matters] of Object.entries(unheeded)) {
		const text = environment[variable] ?? '';
		if (matters.test(text))
			return bad(`${variable}=${text} is not supported yet: unset ${variable} to do without`);
	}

	const said = {
		...say(fromEnvironment(environment), keyword => keywords[keyword]),
		...say(withoutEmpty(uri ? arguments_ : given), keyword => flags[keyword] ?? keyword),
		...say(uri?.settings ?? {}, keyword => `${keyword} in the URI`),
	};

	const port = wholeNumber(said.port?.text || '5432', 1, 65_535);
	if (port === undefined) {
		// A password with a slash in it reads like a port.
		const found = uri?.settings.port === undefined ? `, not "${said.port?.text}"` : '';
		return bad(`${said.port?.origin} takes a port from 1 to 65535${found}`);
	}

	const seconds = wholeNumber(said.connect_timeout?.text || '10', -2_147_483_648, 2_147_483_647);
	if (seconds === undefined) {
		return bad(`${said.connect_timeout?.origin} takes whole seconds, not "${said.connect_timeout?.text}"`);
	}

	const host = said.host?.text || defaultHost(port, machine);
	if (host.includes(','))
		return bad(`${said.host?.origin} names several hosts, which is not supported yet: name one`);

	const user = said.user?.text || machine.account;
	if (!user)
		return bad('this process runs under a number without an OS account: name the role with -U or PGUSER');

	const passwordFile = said.passfile?.text || machine.passwordFile;
	return {
		type: 'target',
		target: {
			host,
			port,
			user,
			database: said.dbname?.text || user,
			...(said.password?.text && {password: said.password.text, passwordFrom: said.password.origin}),
			...(passwordFile && {passwordFile}),
			applicationName: said.application_name?.text || 'pgtop',
			// A timer holds no more than 31 bits: 24 days.
			connectTimeoutMs: Math.min(Math.max(0, seconds) * 1000, 2_147_483_647),
			...(said.options?.text && {options: said.options.text}),
		},
	};
}

function defaultHost(port: number, machine: Machine): string {
	return socketDirectories.find(directory => machine.hasSocket(socketPath(directory, port))) ?? 'localhost';
}
