import {type Token, tokensIn} from './tokens.js';

/** In a comment, blanks mean nothing. */
const meant = ({kind, text}: Token) => (kind === 'comment' ? text.replaceAll(/\s+/g, ' ').trim() : text);

/** Two strings are one where a line break is between them, and a mistake where none is. */
function isJoined(sql: string, before: Token | undefined, token: Token): boolean {
	if (before?.kind !== 'string' || token.kind !== 'string') return false;
	return sql.slice(before.from + before.text.length, token.from).includes('\n');
}

/** Whether two texts differ in nothing but blanks and line breaks, where these mean nothing. */
export function isSameSql(one: string, other: string): boolean {
	const [first, second] = [tokensIn(one), tokensIn(other)];
	return (
		first.length === second.length &&
		first.every((token, index) => {
			const twin = second[index];
			return (
				twin !== undefined &&
				meant(token) === meant(twin) &&
				isJoined(one, first[index - 1], token) === isJoined(other, second[index - 1], twin)
			);
		})
	);
}
