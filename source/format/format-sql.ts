import {formatDialect, postgresql} from 'sql-formatter';
import {isSameSql} from '../domain/sql/same-sql.js';
import {tokensIn} from '../domain/sql/tokens.js';

/** How long a formatted text may be, in UTF-16 units: brackets in brackets would fill a screen with blanks. */
const longest = 60_000;

/** Takes away the blank before a parenthesis where the text has none: `count (*)` reads like two words. Both texts have the same tokens. */
function closeUp(formatted: string, text: string): string {
	const [made, given] = [tokensIn(formatted), tokensIn(text)];
	let result = '';
	let done = 0;
	for (const [index, token] of made.entries()) {
		const [before, meant, meantBefore] = [made[index - 1], given[index], given[index - 1]];
		if (token.text !== '(' || !before || !meant || !meantBefore) continue;
		const end = before.from + before.text.length;
		const isOne = meantBefore.from + meantBefore.text.length === meant.from;
		if (!isOne || formatted.slice(end, token.from) !== ' ') continue;
		result += formatted.slice(done, end);
		done = token.from;
	}

	return result + formatted.slice(done);
}

/** The text of a query in lines that show its parts; undefined where it is not understood, or would not be the same query. */
export function formatSql(text: string): string | undefined {
	try {
		const formatted = formatDialect(text, {dialect: postgresql, expressionWidth: 60});
		if (formatted.length > longest || !isSameSql(text, formatted)) return undefined;
		const closed = closeUp(formatted, text);
		return isSameSql(text, closed) ? closed : undefined;
	} catch {
		return undefined;
	}
}
