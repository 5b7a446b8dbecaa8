import {formatDialect, postgresql} from 'sql-formatter';
import {isSameSql} from '../domain/sql/same-sql.js';

/** How long a formatted text may be, in UTF-16 units: brackets in brackets would fill a screen with blanks. */
const longest = 60_000;

/** The text of a query in lines that show its parts; undefined where it is not understood, or would not be the same query. */
export function formatSql(text: string): string | undefined {
	try {
		const formatted = formatDialect(text, {dialect: postgresql, expressionWidth: 60});
		return formatted.length <= longest && isSameSql(text, formatted) ? formatted : undefined;
	} catch {
		return undefined;
	}
}
