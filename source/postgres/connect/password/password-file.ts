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

/** As C reads them: a NUL byte takes the rest of its line with it, and the end of that. */
const linesOf = (text: string) => text.replace(/\0[^\n]*\n?/g, '').split('\n');

/**
What stands behind the field that this value fits, or nothing.

The value is looked for from the left, as libpq does, and the line is not split: so the colons of `::1` fit with and without backslashes.
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

/** Up to the first colon that no backslash hides. */
const unescaped = (field: string) => (/^(?:\\.|[^:\\])*\\?/s.exec(field)?.[0] ?? '').replace(/\\(.)/gs, '$1');

/** The password of the first line of a password file that fits: `host:port:database:user:password`. */
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

/** Looks into the password file as libpq does, for every host: one that others may read is not used, and that is said. */
export async function withPasswords(target: ConnectTarget): Promise<WithPasswords> {
	const {passwordFile: file} = target;
	// What came from the file may have changed there since.
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
		// One that is missing is no password file; psql says nothing of one that can't be opened either.
		return isMissing(error) ? {target} : ignored(whyUnread(error));
	}
}
