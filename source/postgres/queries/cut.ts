import type {Cut} from '../../domain/session/backend.js';
import {cutFrom} from '../../domain/signal/verdict/special.js';
import type {Hello} from '../hello.js';

/** The encodings of databases that have characters of several bytes. */
const ofSeveralBytes = /^(?:UTF8|EUC_|MULE_)/;

/**
The cut of a text of which the server has this many bytes, if any. The server keeps no part of a character: before 11 a character of the session's database, since then of the database that asks.

A whole text may happen to be as long.
*/
export function cutOf(
	bytes: number,
	{major, encoding, queryLimit, querySize}: Pick<Hello, 'major' | 'encoding' | 'queryLimit' | 'querySize'>,
	ofDatabase: string | undefined,
): Cut | undefined {
	if (bytes >= queryLimit - 1) return {isSure: true, size: querySize};
	const clippedBy = major >= 11 ? encoding : ofDatabase;
	const isClipped = clippedBy === undefined || ofSeveralBytes.test(clippedBy);
	return isClipped && bytes >= cutFrom(queryLimit) ? {isSure: false, size: querySize} : undefined;
}
