/** A stretch of an SQL text. All pieces in a row are the text; `open` and `close` stand around the body. */
export type SqlPiece = {
	/** `unclear`: from here on nobody who sees only the text knows what is inside of quotes. Such a piece is the last one. */
	readonly type: 'code' | 'constant' | 'comment' | 'unclear';
	readonly open: string;
	readonly body: string;
	/** Empty where the text was cut off before it. */
	readonly close: string;
};

const letter = 'A-Za-z_\\u0080-\\uFFFF';

// The order counts: what begins as a name may be the prefix of a constant, and in a name `$` quotes nothing.
const token = new RegExp(
	[
		"(?<escaped>e'[^'\\\\]*(?:(?:''|\\\\[^])[^'\\\\]*)*(?:'|\\\\?$))",
		"(?<quoted>(?:[bnx]|u&)?'[^']*(?:''[^']*)*(?:'|$))",
		`(?<dollar>(?<tag>\\$(?:[${letter}][\\d${letter}]*)?\\$)[^]*?(?:\\k<tag>|$))`,
		'(?<comment>/\\*)',
		'(?<line>--)',
		'"[^"]*(?:"|$)',
		`[${letter}][\\w$\\u0080-\\uFFFF]*`,
		'\\$?\\d[\\w.]*',
		'[^]',
	].join('|'),
	'iy',
);

/** Where a comment ends; comments may be nested. */
function endOfComment(text: string, start: number): number {
	const mark = /\/\*|\*\//g;
	mark.lastIndex = start;
	let depth = 0;
	for (let found = mark.exec(text); found; found = mark.exec(text)) {
		depth += found[0] === '/*' ? 1 : -1;
		if (depth === 0) return mark.lastIndex;
	}

	return text.length;
}

/** With standard_conforming_strings off, a backslash escapes the quote after it, and nobody tells us of that setting. */
const isUnclear = (quoted: string) => !/^u&/i.test(quoted) && /(?<!\\)(?:\\\\)*\\'/.test(quoted);

function split(whole: string, open: string, end: string): Pick<SqlPiece, 'open' | 'body' | 'close'> {
	const isClosed = whole.length >= open.length + end.length && whole.endsWith(end);
	const close = isClosed ? end : '';
	return {open, body: whole.slice(open.length, whole.length - close.length), close};
}

/** Takes an SQL text apart as the server's scanner does. The text may be cut off anywhere, or be no SQL at all. */
export function sqlPieces(text: string): readonly SqlPiece[] {
	const pieces: SqlPiece[] = [];
	let code = '';
	const add = (piece: SqlPiece) => {
		if (code !== '') pieces.push({type: 'code', open: '', body: code, close: ''});
		code = '';
		if (piece.open + piece.body + piece.close !== '') pieces.push(piece);
	};

	let at = 0;
	while (at < text.length) {
		token.lastIndex = at;
		const found = token.exec(text);
		const {escaped, quoted, dollar, tag = '', comment, line} = found?.groups ?? {};
		let whole = found?.[0] ?? text.slice(at);
		if (quoted !== undefined && isUnclear(quoted)) whole = text.slice(at);
		// Where line breaks have become blanks, the end of the comment is gone.
		if (line !== undefined) whole = /^[^\n]*\n/.exec(text.slice(at))?.[0] ?? text.slice(at);
		if (comment !== undefined) whole = text.slice(at, endOfComment(text, at));
		at += whole.length;
		if (quoted !== undefined && isUnclear(quoted)) add({type: 'unclear', open: '', body: whole, close: ''});
		else if (escaped !== undefined || quoted !== undefined)
			add({type: 'constant', ...split(whole, whole.slice(0, whole.indexOf("'") + 1), "'")});
		else if (dollar !== undefined) add({type: 'constant', ...split(whole, tag, tag)});
		else if (comment !== undefined) add({type: 'comment', ...split(whole, '/*', '*/')});
		else if (line === undefined) code += whole;
		else if (whole.endsWith('\n')) add({type: 'comment', ...split(whole, '--', '\n')});
		else add({type: 'unclear', open: '', body: whole, close: ''});
	}

	add({type: 'code', open: '', body: '', close: ''});
	return pieces;
}
