import {clean} from '../../domain/text/clean.js';

/** One server to connect to, with nothing left to be looked up but a password in a file. */
export type Target = {
	/** Begins with a slash when it is the directory of a Unix socket. */
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly database: string;
	readonly password?: string;
	/** Where the password was found, for the sentence that says it is wrong. */
	readonly passwordFrom?: string;
	readonly passwordFile?: string;
	readonly applicationName: string;
	/** 0 waits for ever, as psql does. */
	readonly connectTimeoutMs: number;
	/** PGOPTIONS, as psql passes them on. */
	readonly options?: string;
};

/** Where sockets are looked for, in this order: Debian's and Red Hat's place, then PostgreSQL's own. */
export const socketDirectories = ['/var/run/postgresql', '/tmp'] as const;

export function isSocket(host: string): boolean {
	return host.startsWith('/');
}

export function socketPath(directory: string, port: number): string {
	return `${directory}/.s.PGSQL.${port}`;
}

/** What was connected to, in a sentence about it: `db1:5432`, `[::1]:5432`, `/tmp/.s.PGSQL.5432`. */
export function addressOf({host, port}: Target): string {
	if (isSocket(host)) return clean(socketPath(host, port));
	return clean(`${host.includes(':') ? `[${host}]` : host}:${port}`);
}

/** `dba@db1:5432/shop`; a socket is `[local]` or, elsewhere than usual, `[local:/dir]`, as in psql's prompt. */
export function describeTarget(target: Target): string {
	const {host, port, user, database} = target;
	const isUsual = socketDirectories.some(directory => directory === host);
	const server = isSocket(host) ? `[local${isUsual ? '' : `:${host}`}]:${port}` : addressOf(target);
	return clean(`${user}@${server}/${database}`);
}
