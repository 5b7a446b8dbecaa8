import {isUri, misplacedUri} from './connection-string/uri.js';
import type {GivenValue, GivenValues} from './given-values.js';
import {keywords, type Parameter, parameterOf} from './keywords.js';
import {hiddenPassword, hidesPassword, mayHoldAnything, notGiven} from './secrets.js';
import {versionOf} from './tls-settings.js';

/** A whole number as libpq reads it: blanks around, a sign, 32 bits. */
export function wholeNumber(text: string): number | undefined {
	const number = /^[ \t-\r]*[-+]?\d+[ \t-\r]*$/.test(text) ? Number(text) : Number.NaN;
	return number >= -2_147_483_648 && number <= 2_147_483_647 ? number : undefined;
}

function mistakeIn({takes, refused}: Parameter, given: GivenValue): string | undefined {
	const {text, origin} = given;
	if (takes === 'whole number') {
		if (wholeNumber(text) === undefined) return `${origin} takes a whole number${notGiven(given)}`;
	} else if (takes === 'TLS version') {
		if (text !== '' && !versionOf(text))
			return `${origin} takes TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3${notGiven(given)}`;
	} else if (takes && !takes.includes(text)) {
		return `${origin} takes ${takes.join(', ')}${notGiven(given)}`;
	}

	return refused?.values.test(text) ? `${origin} asks for what pgtop can't do: ${refused.why}` : undefined;
}

/** A sentence about the first value with a password inside, which would get to the screen or to the server. */
export function firstHiding(given: GivenValues): string | undefined {
	const keyword = keywords.find(one => hidesPassword(one, given[one]?.text ?? ''));
	return keyword && `${given[keyword]?.origin} ${hiddenPassword}`;
}

/** A sentence about the first value that is a URI, password and all, where a host, a file or a name belongs. */
export function firstUri(given: GivenValues): string | undefined {
	const keyword = keywords.find(one => !mayHoldAnything(one) && isUri(given[one]?.text.trim() ?? ''));
	return keyword && `${given[keyword]?.origin} ${misplacedUri}`;
}

/** A sentence about the first value that its parameter does not take, or that pgtop can't do. */
export function firstMistake(given: GivenValues): string | undefined {
	for (const keyword of keywords) {
		const value = given[keyword];
		const mistake = value && mistakeIn(parameterOf(keyword), value);
		if (mistake !== undefined) return mistake;
	}

	return undefined;
}
