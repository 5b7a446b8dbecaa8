import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';

/** Nothing of the developer's own: no CI, no locale, no PG variables, no password file, no configuration, no folder for temporary files that is too deep for a socket. */
export function cleanEnvironment(): Record<string, string> {
	const home = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'pgtop-test', 'home');
	mkdirSync(home, {recursive: true});
	return {
		PATH: process.env.PATH ?? '',
		HOME: home,
		XDG_CONFIG_HOME: join(home, 'no-configuration'),
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
	};
}
