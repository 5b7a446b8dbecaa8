import {codeMasker} from './masked-code.js';
import {isDisguised, isHalfUri, maskedConnection, withoutUriPasswords} from './masked-connection.js';
import {behindWord, mask, maskedRest, passwordWord} from './password-words.js';
import {type SqlPiece, sqlPieces} from './sql-pieces.js';

/** The word password with a typographic quote, a no-break space or the like right after it: to PostgreSQL both are one name. */
const wordThatTouches = new RegExp(`^[^]*?${passwordWord.source}\\w*(?=[$\\u0080-\\uFFFF])`, 'i');

/**
The text of a query without the passwords in it: `PASSWORD 'secret'` → `PASSWORD '***'`.

From the word password on, every constant in quotes is `***`, because nobody knows which of them is a password: `insert into users (name, password) values ('***', '***')`. What should be in quotes, and is not, is `***` where it may be a password. Passwords in connection strings and URIs are `***` wherever they stand. The text may be cut off anywhere.
*/
export function masked(text: string): string {
	const touching = wordThatTouches.exec(text);
	if (touching) return `${masked(touching[0])}${mask}`;
	const code = codeMasker();
	let result = '';
	const pieces = sqlPieces(text);
	for (const [index, piece] of pieces.entries()) {
		const {type, open, close} = piece;
		// A quote at the end of a cut text may be the first of two.
		const isCut = index === pieces.length - 1;
		const isUnicode = /^u&'/i.test(open) || /u&"/i.test(piece.body);
		// What looks like the begin of a Unicode name may be part of a password, with the escapes of any constant around it.
		const hasDisguise = isDisguised(piece.body, isUnicode) || isDisguised(piece.body, false);
		const body = withoutUriPasswords(piece.body, isCut);
		const isAfter = type === 'comment' ? code.isNearWord() : code.state.isAfterWord;
		const shown = type === 'code' ? code.masked(body) : maskedBody(type, body, isAfter);
		result += `${open}${hasDisguise ? mask : shown}${close}`;
		if (hasDisguise || isHalfUri(piece.body) || passwordWord.test(body)) code.hasWord();
		if (type === 'constant') code.hasConstant();
		if (code.state.isLost) return result;
	}

	return result;
}

function maskedBody(type: Exclude<SqlPiece['type'], 'code'>, body: string, isAfter: boolean): string {
	switch (type) {
		case 'constant':
			return isAfter ? mask : behindWord(body, maskedConnection);
		case 'comment':
		case 'unclear':
			return isAfter ? mask : behindWord(body, maskedRest);
	}
}
