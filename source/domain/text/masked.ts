import {type SqlPiece, sqlPieces} from './sql-pieces.js';

const mask = '***';
const words = '(?:passw(?:or)?d|passphrase|pwd)';
const word = new RegExp(words, 'i');

/**
The text of a query without the passwords in it: `PASSWORD 'secret'` → `PASSWORD '***'`.

From the word password on every constant in quotes is `***`, for nobody knows which of them is one: `insert into users (name, password) values ('***', '***')`. Passwords in connection strings and URIs are `***` wherever they stand. The text may be cut off anywhere.
*/
export function masked(text: string): string {
	if (!word.test(text) && !text.includes('://')) return text;
	let before = '';
	let isAfter = false;
	let result = '';
	const pieces = sqlPieces(text);
	for (const piece of pieces) {
		const {type, open, close} = piece;
		const body = withoutUriPasswords(piece.body, piece === pieces.at(-1));
		result += `${open}${maskedBody(type, body, isAfter, before)}${close}`;
		isAfter ||= word.test(body);
		before += type === 'code' ? body : ' ';
	}

	return result;
}

function maskedBody(type: SqlPiece['type'], body: string, isAfter: boolean, before: string): string {
	switch (type) {
		case 'code':
			return maskedCode(body, before);
		case 'constant':
			return isAfter ? mask : behindWord(body, maskedConnection);
		case 'comment':
			return behindWord(body, maskedRest);
		case 'unclear':
			return isAfter ? mask : behindWord(body, maskedRest);
	}
}

const wholeWord = new RegExp(`${words}\\w*`, 'i');

/** What stands after the first word in it goes through `hide`. */
function behindWord(body: string, hide: (rest: string) => string): string {
	const found = wholeWord.exec(body);
	if (!found) return body;
	const end = found.index + found[0].length;
	return `${body.slice(0, end)}${hide(body.slice(end))}`;
}

/** All of it but a blank around it, and an equals sign or colon in front. */
const maskedRest = (rest: string) =>
	rest.trim() === '' ? rest : rest.replace(/^( ?(?:[=:] ?)?)[\s\S]*?( ?)$/, `$1${mask}$2`);

const blank = '[ \\t\\n\\r\\f\\v]';
const names = 'host|hostaddr|port|dbname|user|sslmode|application_name|connect_timeout|target_session_attrs';
const further = `${blank}+(?:${names}|(?:ssl)?password)${blank}*=${blank}*[^\\s'"\\\\=]+`;
const connection = new RegExp(
	`^(${blank}*=${blank}*)(?:''[^'\\\\]*''|'[^'\\\\]*'|[^\\s'"\\\\]+)((?:${further})*${blank}*)$`,
	'i',
);

/** Of `=geheim user=u` the user stays. Whatever is not as plain as that is hidden to its end. */
function maskedConnection(rest: string): string {
	const [, equals, others = ''] = connection.exec(rest) ?? [];
	if (equals === undefined) return maskedRest(rest);
	return `${equals}${mask}${others.replace(/(password\s*=\s*)\S+/gi, `$1${mask}`)}`;
}

const assigned = `${words}\\w*"?\\s*(?::=|=>|=(?!>)|:(?![:=]))\\s*`;
// A call, as crypt('secret', salt), a parameter and NULL are no password themselves.
const bare = new RegExp(
	`(${assigned})(?![=>\\s]|[\\w$.]*\\(|\\$\\d+\\b|null\\b)[^\\s'"()]*[^\\s'"(),;]`,
	'gi',
);
const inWrongQuotes = new RegExp(`(${assigned}|${words}\\s+)"[^"]*(?:"|$)`, 'gi');
const ofRole = new RegExp(`(${words}\\s+)(?!null\\b|\\$\\d+\\b|[:=])[^\\s'"]+`, 'gi');

/** What should have stood in quotes, and did not: the server refuses it, and shows it as the query all the same. */
function maskedCode(code: string, before: string): string {
	const result = code.replace(inWrongQuotes, `$1"${mask}"`).replace(bare, `$1${mask}`);
	const isOfRole = /\b(?:create|alter)\s+(?:role|user|group)\b/i.test(before + code);
	return isOfRole ? result.replace(ofRole, `$1${mask}`) : result;
}

/** `postgresql://user:secret@host` → `postgresql://user:***@host`; without an `@` only where the text may have been cut off before it. */
function withoutUriPasswords(body: string, isLast: boolean): string {
	const result = body.replace(/(\b[a-z][\w+.-]*:\/\/[^\s:/@]*:)\S*(?=@)/gi, `$1${mask}`);
	return isLast
		? result.replace(/(\b[a-z][\w+.-]*:\/\/[^\s:/@]*:)(?!\d{1,5}\/)[^\s@]*$/i, `$1${mask}`)
		: result;
}
