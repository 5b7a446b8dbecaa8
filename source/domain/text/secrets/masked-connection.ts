import {countOfWords, mask, maskedRest} from './password-words.js';

const blank = '[ \\t\\n\\r\\f\\v]';
const names = 'host|hostaddr|port|dbname|user|sslmode|application_name|connect_timeout|target_session_attrs';
const further = `${blank}+(?:${names}|(?:ssl)?password)${blank}*=${blank}*[^\\s'"\\\\=]+`;
const connection = new RegExp(
	`^(${blank}*=${blank}*)(?:''[^'\\\\]*''|'[^'\\\\]*'|[^\\s'"\\\\]+)((?:${further})*${blank}*)$`,
	'i',
);

/** What follows the word password: in `=geheim user=u` the user stays. Whatever is not as plain is hidden to its end. */
export function maskedConnection(rest: string): string {
	const [, equals, others = ''] = connection.exec(rest) ?? [];
	if (equals === undefined) return maskedRest(rest);
	return `${equals}${mask}${others.replace(/(password\s*=\s*)\S+/gi, `$1${mask}`)}`;
}

/**
`postgresql://user:secret@host` → `postgresql://user:***@host`. The user may have an `@` in it, and what looks like the user may be a path.

`isCut`: the text may have been cut off at its end, before the `@` or in a password that has one.
*/
export function withoutUriPasswords(text: string, isCut: boolean): string {
	if (!text.includes('://')) return text;
	// libpq takes blanks in a URI where the whole text is one.
	if (/^\w+:\/\//.test(text)) return maskedUri(text, isCut);
	return text.replace(/\S+/g, (run: string, at: number) =>
		maskedUri(run, isCut && at + run.length === text.length),
	);
}

function maskedUri(uri: string, isCut: boolean): string {
	const [start] = /^[\s\S]*?\w:\/\/[^:]*:/.exec(uri) ?? [];
	if (start === undefined) return uri;
	const rest = uri.slice(start.length);
	const end = rest.lastIndexOf('@');
	if (end === -1) return isCut && !/^\d{1,5}\/[^:]*$/.test(rest) ? `${start}${mask}` : uri;
	return `${start}${mask}${isCut && !rest.includes('/', end) ? '' : rest.slice(end)}`;
}

/** Whether the password of a URI is put in from elsewhere: `format('postgresql://u:%s@h', 'secret')`, `'postgresql://u:' || 'secret'`. */
export const isHalfUri = (text: string): boolean => /\w:\/\/[^\s:]*:(?:%|$)/.test(text);

const ofCode = (digits: string, base: number) => {
	const code = Number.parseInt(digits, base);
	return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
};

const escapes = /\\(?:([0-7]{1,3})|x([\da-f]{1,2})|u([\da-f]{4})|U([\da-f]{8})|([\s\S]))/gi;

/** A text with the escapes of `E'…'`, URIs and `U&'…'` undone. Anyone may choose the sign of `U&'…'`. */
function unescaped(text: string, isUnicode: boolean): string {
	const plain = isUnicode
		? text.replace(/[^\w\s'"+](?:\+([\da-f]{6})|([\da-f]{4}))/gi, (_, long?: string, short?: string) =>
				ofCode(long ?? short ?? '', 16),
			)
		: text.replace(
				escapes,
				(_, octal?: string, byte?: string, short?: string, long?: string, other?: string) =>
					other ?? (octal === undefined ? ofCode(byte ?? short ?? long ?? '', 16) : ofCode(octal, 8)),
			);
	return plain.replace(/%([\da-f]{2})/gi, (_, digits: string) => ofCode(digits, 16));
}

const countOfUris = (text: string) => text.match(/\w:\/\/[^\s:]*:/g)?.length ?? 0;

/** Whether escapes hide the word password, or a URI with a password, in a text. */
export function isDisguised(text: string, isUnicode: boolean): boolean {
	if (!/[\\%]/.test(text) && !isUnicode) return false;
	const plain = unescaped(text, isUnicode);
	return countOfWords(plain) > countOfWords(text) || countOfUris(plain) > countOfUris(text);
}
