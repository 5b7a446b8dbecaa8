import {hostname, userInfo} from 'node:os';
import process from 'node:process';
import type {Author} from '../audit.js';

/** Who runs pgtop. */
export const authorOf = (environment: Readonly<Record<string, string | undefined>>): Author => ({
	osUser: osUser(),
	sshClient: environment.SSH_CONNECTION?.split(' ')[0] ?? null,
});

/** A container's process may run under a number that has no account. */
function osUser(): string {
	try {
		return userInfo().username;
	} catch {
		return String(process.getuid?.() ?? '');
	}
}

/** Who sends a signal, for the comment in front of it in the server's log. */
export const senderOf = ({osUser}: Author) =>
	`pgtop-${osUser}@${hostname()}`.replaceAll(/[^\w.@-]/g, '').slice(0, 64);
