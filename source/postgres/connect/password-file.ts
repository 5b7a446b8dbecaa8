import {readFile, stat} from 'node:fs/promises';
import process from 'node:process';
import {clean} from '../../domain/text/clean.js';
import {type Attempt, attemptsOf, type Place, socketDirectories, type Target} from './target.js';
import {isMissing, whyUnread} from './why-unread.js';

export type Found = {readonly target: Target; readonly warning?: string};

/** Splits `a:b\:c:*` at the colons that no backslash hides; the backslashes stay. */
function fields(line: string): readonly string[] {
	return (line.match(/(?:^|:)(?:\\.|[^:\\])*\\?/gs) ?? []).map((field, index) =>
		index === 0 ? field : field.slice(1),
	);
}

const plain = (field: string) => field.replace(/\\(.)/gs, '$1');

/** The password of the first line of a password file that fits: `host:port:database:user:password`. */
export function findPassword(
	text: string,
	{
		host,
		hostaddr = '',
		port,
		database,
		user,
	}: Pick<Attempt, 'host' | 'hostaddr' | 'port' | 'database' | 'user'>,
): string | undefined {
	const name = host || hostaddr;
	// libpq asks for `localhost` when it uses the default socket.
	const server = socketDirectories.some(directory => directory === name) ? 'localhost' : name;
	const wanted = [server, String(port), database, user];
	for (const line of text.split(/\r?\n/)) {
		if (line.startsWith('#')) continue;
		const entry = fields(line);
		const fits = wanted.every((value, index) => entry[index] === '*' || plain(entry[index] ?? '') === value);
		if (fits && entry.length > wanted.length) return plain(entry[wanted.length] ?? '') || undefined;
	}

	return undefined;
}

/** Looks into the password file as libpq does, for every host: one that others may read is not used, and that is said. */
export async function withPasswords(target: Target): Promise<Found> {
	const {passwordFile: file} = target;
	// What came from the file may have changed there since.
	const isKnown = ({password, passwordFrom}: Place) => password !== undefined && passwordFrom !== file;
	if (file === undefined || target.places.some(isKnown)) return {target};
	const ignored = (why: string) => ({target, warning: clean(`the password file ${file} is ignored: ${why}`)});
	try {
		const facts = await stat(file);
		if (!facts.isFile()) return ignored('it is no plain file');
		if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) {
			return ignored('group or others have access to it (chmod 600 makes it private)');
		}

		const text = await readFile(file, 'utf8');
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
