/** A piece of SQL that PostgreSQL reads as one; blanks are none. */
export type Token = {
	readonly kind: 'word' | 'string' | 'comment' | 'other';
	readonly text: string;
	/** Where it begins, in UTF-16 units. */
	readonly from: number;
};

const blank = /[ \t\n\r\f\v]+/y;

/** The first that fits is what stands there. Whatever is not closed goes on to the end. */
const patterns: readonly (readonly [kind: Token['kind'], pattern: RegExp])[] = [
	['comment', /--[^\n]*/y],
	['string', /[eE]'(?:[^'\\]|\\.|'')*(?:'|\\?$)/sy],
	['string', /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$)/y],
	['other', /(?:[uU]&)?"(?:[^"]|"")*(?:"|$)/y],
	['word', /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y],
	['other', /\d\w*(?:\.(?!\.)\w*)?(?:(?<=[eE])[+-]\d+)?|\.\d\w*(?:(?<=[eE])[+-]\d+)?/y],
	['other', /\$\d+/y],
	['other', /::|:=|\.\./y],
];

const dollarQuote = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;
const operator = /[-+*/<>=~!@#%^&|`?]+/y;
const commentEdge = /\/\*|\*\//g;

function matchAt(pattern: RegExp, sql: string, from: number): string | undefined {
	pattern.lastIndex = from;
	return pattern.exec(sql)?.[0];
}

/** A comment in one ends neither of them. */
function blockComment(sql: string, from: number): string | undefined {
	if (!sql.startsWith('/*', from)) return undefined;
	commentEdge.lastIndex = from;
	let depth = 0;
	for (let edge = commentEdge.exec(sql); edge; edge = commentEdge.exec(sql)) {
		depth += edge[0] === '/*' ? 1 : -1;
		if (depth === 0) return sql.slice(from, commentEdge.lastIndex);
	}

	return sql.slice(from);
}

function dollarQuoted(sql: string, from: number): string | undefined {
	const tag = matchAt(dollarQuote, sql, from);
	if (tag === undefined) return undefined;
	const end = sql.indexOf(tag, from + tag.length);
	return end < 0 ? sql.slice(from) : sql.slice(from, end + tag.length);
}

/** An operator ends where a comment begins, and with + or - only where it has a sign that no operator of the standard has. */
function operatorAt(sql: string, from: number): string | undefined {
	const signs = matchAt(operator, sql, from);
	if (signs === undefined) return undefined;
	const comment = /--|\/\*/.exec(signs)?.index ?? signs.length;
	const whole = signs.slice(0, comment);
	return /[~!@#%^&|`?]/.test(whole) ? whole : whole.replace(/(?<=.)[+-]+$/, '');
}

function tokenAt(sql: string, from: number): Token {
	const comment = blockComment(sql, from);
	if (comment !== undefined) return {kind: 'comment', text: comment, from};
	for (const [kind, pattern] of patterns) {
		const text = matchAt(pattern, sql, from);
		if (text !== undefined) return {kind, text, from};
	}

	const quoted = dollarQuoted(sql, from);
	if (quoted !== undefined) return {kind: 'string', text: quoted, from};
	return {kind: 'other', text: operatorAt(sql, from) ?? sql.charAt(from), from};
}

/** What a text in SQL is made of, as PostgreSQL's lexer takes it apart. Any text has tokens. */
export function tokensIn(sql: string): readonly Token[] {
	const tokens: Token[] = [];
	let from = matchAt(blank, sql, 0)?.length ?? 0;
	while (from < sql.length) {
		const token = tokenAt(sql, from);
		tokens.push(token);
		from += token.text.length;
		from += matchAt(blank, sql, from)?.length ?? 0;
	}

	return tokens;
}
