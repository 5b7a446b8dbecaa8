import {hostname, userInfo} from 'node:os';
import process from 'node:process';
import {clean} from '../../domain/text/clean.js';
import type {Author} from '../../ports/audit.js';

/** Who runs pgtop: the OS account, and what sudo, doas and sshd have put into the environment. */
export function authorOf({SUDO_USER, DOAS_USER, SSH_CONNECTION}: Readonly<NodeJS.ProcessEnv>): Author {
	return {
		osUser: osUser(),
		sudoUser: told(SUDO_USER) ?? told(DOAS_USER),
		sshClient: told(SSH_CONNECTION?.split(' ')[0]),
	};
}

const told = (value: string | undefined) => (value === undefined || value === '' ? null : clean(value));

/** A container's process may run under a number without an account. */
function osUser(): string {
	try {
		return userInfo().username;
	} catch {
		return String(process.getuid?.() ?? '');
	}
}

/** Who sends a signal, for the comment before it in the server's log. The name stands first, because a `Session` cuts what is too long. */
export function senderOf({osUser, sudoUser}: Pick<Author, 'osUser' | 'sudoUser'>): string {
	const user = sudoUser === null ? osUser : `${sudoUser}-as-${osUser}`;
	return `pgtop-${user}@${hostname()}`;
}
