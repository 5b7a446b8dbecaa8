/** Stands for a password, however long that is. */
export const mask = '***';

// `pass` means many other things: it counts only where a value is given to it.
const words =
	'(?:passw(?:or)?d|passphrase|pwd|identified\\s+by\\b|(?<![a-z])pass(?="?\\s*(?::=|=>|=|:(?!:))))';

/** What stands before a password, in any kind of text. */
export const passwordWord = new RegExp(words, 'i');

const everyWord = new RegExp(words, 'gi');
const wholeWord = new RegExp(`${words}\\w*`, 'i');

/** How often a password may begin here. */
export const countOfWords = (text: string): number => text.match(everyWord)?.length ?? 0;

/** The text, of which all after the first such word has gone through `hide`. */
export function behindWord(text: string, hide: (rest: string) => string): string {
	const found = wholeWord.exec(text);
	if (!found) return text;
	const end = found.index + found[0].length;
	return `${text.slice(0, end)}${hide(text.slice(end))}`;
}

/** Hides all but a blank at either end, and an equals sign or colon in front. */
export const maskedRest = (rest: string): string =>
	rest.trim() === '' ? rest : rest.replace(/^( ?(?:[=:] ?)?)[\s\S]*?( ?)$/, `$1${mask}$2`);
