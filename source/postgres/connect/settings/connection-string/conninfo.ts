import {isKeyword, type Keyword, type KeywordValues, withoutOldName} from '../keywords.js';
import {hiddenPassword, hidesPassword, isSecret} from '../secrets.js';

export type Parsed =
	| {readonly type: 'settings'; readonly settings: KeywordValues}
	| {readonly type: 'bad'; readonly sentence: string};

// Sentences name a parameter and never quote the text beside it, which may be the password.
const bad = (what: string) => ({type: 'bad', sentence: `the connection string ${what}`}) as const;

// Blanks as C knows them: JavaScript's \s has more, which may be part of a value.
const nameAndSign = /([^= \t-\r]*)[ \t-\r]*(=?)[ \t-\r]*/y;
const quotedValue = /'((?:\\.|[^\\'])*)'[ \t-\r]*/sy;
const bareValue = /((?:\\.|[^\\ \t-\r])*)\\?[ \t-\r]*/sy;

/** A name after a password is not quoted: where the password has a blank, the name may be the rest of it. */
const unknownParameter = (name: string, before: Keyword | undefined, isAfterSecret: boolean) =>
	/^\w*$/.test(name) && !isAfterSecret
		? `has a parameter "${name}", which libpq does not know`
		: `has a parameter ${before === undefined ? '' : `after ${before} `}that libpq does not know: a value with blanks in it stands in single quotes`;

const unescaped = (text: string) => text.replace(/\\(.)/gs, '$1');

/** Reads `host=db1 options='-c geqo=off'` as libpq does: blanks around `=`, quotes, a backslash before any character. */
export function parseConninfo(text: string): Parsed {
	const settings: {[Key in Keyword]?: string} = {};
	let last: Keyword | undefined;
	let isAfterSecret = false;
	let at = /^[ \t-\r]*/.exec(text)?.[0].length ?? 0;
	const take = (pattern: RegExp): readonly string[] => {
		pattern.lastIndex = at;
		const found = pattern.exec(text) ?? [];
		at += found[0]?.length ?? 0;
		return found;
	};

	while (at < text.length) {
		const [, name = '', sign] = take(nameAndSign);
		if (sign !== '=') {
			const where =
				last === undefined ? 'begins with a word that no = follows' : `has a word without = after ${last}`;
			return bad(`${where}: a value with blanks in it stands in single quotes`);
		}

		const isQuoted = text[at] === "'";
		const [, raw] = take(isQuoted ? quotedValue : bareValue);
		const [key, value] = withoutOldName(name, unescaped(raw ?? ''));
		if (!isKeyword(key)) return bad(unknownParameter(key, last, isAfterSecret));
		if (raw === undefined) return bad(`has a quote in front of its ${key} and none behind it`);
		if (hidesPassword(key, value))
			return {type: 'bad', sentence: `${key} in the connection string ${hiddenPassword}`};
		settings[key] = value;
		last = key;
		isAfterSecret ||= isSecret(key);
	}

	return {type: 'settings', settings};
}
