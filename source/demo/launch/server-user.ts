import process from 'node:process';

/** Options for spawn. */
export type ServerUser = {readonly uid?: number; readonly gid?: number};

/** PostgreSQL refuses to run as root. Then it gets the user that systems keep for what has no owner: none is created. */
export function serverUser(): ServerUser {
	return process.getuid?.() === 0 ? {uid: 65_534, gid: 65_534} : {};
}
