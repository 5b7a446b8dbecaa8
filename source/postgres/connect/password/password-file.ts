import {readFile, stat} from 'node:fs/promises';
import process from 'node:process';
import {clean} from '../../../domain/text/clean.js';
import {fromBytes, pathOf} from '../../../domain/text/raw-text.js';
import {
	type Attempt,
	attemptsOf,
	type ConnectTarget,
	type Place,
	socketDirectories,
} from '../connect-target.js';
import {isMissing, whyUnread} from '../why-unread.js';

export type WithPasswords = {readonly target: ConnectTarget; readonly warning?: string};

/** Lines as C reads them: after a NUL byte the rest of the line is lost, and the line break with it. */
const linesOf = (text: string) => text.replace(/\0[^\n]*\n?/g, '').split('\n');

/**
The rest of the line after its first field, where the value fits that field; else undefined.

As in libpq, the value is compared from the left and the line is not split. So the colons of `::1` fit with and without backslashes.
*/
function behind(value: string, line: string): string | undefined {
	if (line.startsWith('*:')) return line.slice(2);
	let at = 0;
	for (const character of value) {
		if (line[at] === '\\') at++;
		if (!line.startsWith(character, at)) return undefined;
		at += character.length;
	}

	return line[at] === ':' ? line.slice(at + 1) : undefined;
}

/** The text up to the first colon without a backslash, with backslashes undone. */
const unescaped = (field: string) => (/^(?:\\.|[^:\\])*\\?/s.exec(field)?.[0] ?? '').replace(/\\(.)/gs, '$1');

/** The password in the first line of a password file that fits. A line is `host:port:database:user:password`. */
export function findPassword(
	text: string,
	{
		host,
		hostaddr = '',
		port,
		portText = String(port),
		database,
		user,
	}: Pick<Attempt, 'host' | 'hostaddr' | 'port' | 'portText' | 'database' | 'user'>,
): string | undefined {
	const name = host || hostaddr;
	// libpq asks for `localhost` when it uses the default socket.
	const server = socketDirectories.some(directory => directory === name) ? 'localhost' : name;
	const wanted = [server, portText, database, user];
	for (const line of linesOf(text)) {
		if (line.startsWith('#')) continue;
		const password = wanted.reduce<string | undefined>(
			(rest, value) => (rest === undefined ? undefined : behind(value, rest)),
			line.replace(/\r+$/, ''),
		);
		if (password !== undefined) return unescaped(password) || undefined;
	}

	return undefined;
}

/** Looks into the password file for every host, as libpq does. A file that others may read is not used, and `warning` says so. */
export async function withPasswords(target: ConnectTarget): Promise<WithPasswords> {
	const {passwordFile: file} = target;
	// A password from the file may have changed there since.
	const isKnown = ({password, passwordFrom}: Place) => password !== undefined && passwordFrom !== file;
	if (file === undefined || target.places.some(isKnown)) return {target};
	const ignored = (why: string) => ({target, warning: clean(`the password file ${file} is ignored: ${why}`)});
	try {
		const facts = await stat(pathOf(file));
		if (!facts.isFile()) return ignored('it is no plain file');
		if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) {
			return ignored('group or others have access to it (chmod 600 makes it private)');
		}

		const text = fromBytes(await readFile(pathOf(file)));
		const passwords = attemptsOf(target).map(attempt => findPassword(text, attempt));
		const fill = (place: Place, password: string | undefined): Place =>
			password === undefined ? place : {...place, password, passwordFrom: file};
		const [first, ...others] = target.places;
		const places = [
			fill(first, passwords[0]),
			...others.map((place, index) => fill(place, passwords[index + 1])),
		] as const;
		return {target: {...target, places}};
	} catch (error) {
		// A missing file is no mistake. psql does not mention a file that can't be opened either.
		return isMissing(error) ? {target} : ignored(whyUnread(error));
	}
}
