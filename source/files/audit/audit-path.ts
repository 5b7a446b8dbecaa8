import path from 'node:path';

/**
Where the audit file is, unless --audit-log names another: in the XDG state folder.

`home` is the account's, for where the environment names none. Without any home the path begins with `~`: it is relative, and can't be written.
*/
export function auditPath(
	{XDG_STATE_HOME: state = '', HOME = '', USERPROFILE = ''}: Readonly<NodeJS.ProcessEnv>,
	{home = '', isWindows}: {readonly home?: string; readonly isWindows: boolean},
): string {
	const inHomes = [isWindows ? USERPROFILE : HOME, home].map(one => path.join(one, '.local/state'));
	// The XDG specification says to ignore a relative path. A relative home would be another one in each folder.
	const folder = [state, ...inHomes].find(one => path.isAbsolute(one)) ?? '~/.local/state';
	return path.join(folder, 'pgtop', 'signals.jsonl');
}
