import {clean} from '../../domain/text/clean.js';
import {shorten} from '../../domain/text/shorten.js';
import type {PasswordGiven} from './password/password-command.js';
import type {LoginRules} from './settings/login-rules.js';
import type {Retry} from './settings/retry.js';
import type {Tls} from './settings/tls-settings.js';

export type SessionAttributes = 'any' | 'read-write' | 'read-only' | 'primary' | 'standby' | 'prefer-standby';

/** One of the hosts that were named. */
export type Place = {
	/** A name, an address, or the directory of a Unix socket; empty where only `hostaddr` was given. */
	readonly host: string;
	/** The address to connect to, in place of the name's own. */
	readonly hostaddr?: string;
	readonly port: number;
	/** The port as it was written, where that is not just the number: the password file is searched for this text. */
	readonly portText?: string;
	readonly password?: string;
	/** Where the password was found, for the sentence that says it is wrong. */
	readonly passwordFrom?: string;
};

/** What is the same on every host. */
type Login = LoginRules & {
	readonly user: string;
	readonly database: string;
	/** Its name in the connection service file, where it was named by that. */
	readonly service?: string;
	readonly passwordFile?: string;
	/** The command that gives the password of each new connection. No other password is used then. */
	readonly passwordCommand?: string;
	readonly applicationName: string;
	/** For each address, in milliseconds; 0 waits for ever, as psql does. */
	readonly connectTimeoutMs: number;
	/** PGOPTIONS, as psql passes them on. */
	readonly options?: string;
	/** After how long a silence, in milliseconds, TCP asks whether the other end is there. Absent: never. */
	readonly keepAliveMs?: number;
	readonly tls: Tls;
	readonly attributes: SessionAttributes;
	/** Whether the hosts are tried in random order. */
	readonly isShuffled: boolean;
	readonly retry: Retry;
};

/** What to connect to: hosts that are tried one after the other. Only names and files are left to look up. */
export type ConnectTarget = Login & {readonly places: readonly [Place, ...Place[]]};

/** One host of a target. */
export type Attempt = Login &
	Place & {
		/** Runs the password command, once for all hosts and ways in. */
		readonly passwordOf?: (over: AbortSignal) => Promise<PasswordGiven>;
	};

export const attemptsOf = ({places, ...login}: ConnectTarget): readonly Attempt[] =>
	places.map(place => ({...login, ...place}));

/** The target with one password, which a person has typed, for all hosts. */
export function withPassword(
	{passwordCommand: _, ...target}: ConnectTarget,
	password: string,
): ConnectTarget {
	const fill = ({passwordFrom: __, ...place}: Place): Place => ({...place, password});
	const [first, ...others] = target.places;
	return {...target, places: [fill(first), ...others.map(fill)]};
}

/** Where sockets are looked for, in this order: Debian's and Red Hat's place, then PostgreSQL's own. */
export const socketDirectories = ['/var/run/postgresql', '/tmp'] as const;

/** The port that libpq takes where none was given. */
export const usualPort = 5432;

/** Whether the host is a directory or, with `@` in front, a name in Linux' abstract namespace. */
export function isSocket({host, hostaddr = ''}: Pick<Place, 'host' | 'hostaddr'>): boolean {
	return hostaddr === '' && /^[/@]/.test(host);
}

export function socketPath(directory: string, port: number): string {
	return `${directory}/.s.PGSQL.${port}`;
}

/** In UTF-16 units. Leaves room for the rest of a sentence; the longest path of a socket is shorter. */
const longestHost = 120;

const inBrackets = (host: string) => (host.includes(':') ? `[${host}]` : host);

/** As a person named it: `db1:5432`, `[::1]:5432`, `/tmp/.s.PGSQL.5432`. */
function nameOf(place: Place): string {
	const host = shorten(clean(place.host || (place.hostaddr ?? '')), longestHost);
	return isSocket(place) ? socketPath(host, place.port) : `${inBrackets(host)}:${place.port}`;
}

/** What was connected to, for a sentence: as `nameOf`, or `db1 (10.0.0.7):5432` where the address was given beside the name. */
export function addressOf(place: Place): string {
	const {host, hostaddr = '', port} = place;
	if (host === '' || hostaddr === '' || host === hostaddr) return nameOf(place);
	return `${shorten(clean(host), longestHost)} (${inBrackets(hostaddr)}):${port}`;
}

/** `dba@db1:5432/shop`; a socket is `[local]` or, elsewhere than usual, `[local:/dir]`, as in psql's prompt. */
export function describeAttempt(attempt: Attempt): string {
	const {host, port, user, database} = attempt;
	const isUsual = socketDirectories.some(directory => directory === host);
	const server = isSocket(attempt) ? `[local${isUsual ? '' : `:${host}`}]:${port}` : nameOf(attempt);
	return clean(`${user}@${server}/${database}`);
}
