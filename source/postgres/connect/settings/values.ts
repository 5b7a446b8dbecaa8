import {keywords, type Parameter, parameterOf} from './keywords.js';
import {hiddenPassword, hidesPassword, mayHoldAnything, notSaid} from './secrets.js';
import type {Said, Sayings} from './sources.js';
import {versionOf} from './tls-settings.js';
import {isUri, misplacedUri} from './uri.js';

/** As libpq reads them: blanks around, a sign, 32 bits. */
export function wholeNumber(text: string): number | undefined {
	const number = /^[ \t-\r]*[-+]?\d+[ \t-\r]*$/.test(text) ? Number(text) : Number.NaN;
	return number >= -2_147_483_648 && number <= 2_147_483_647 ? number : undefined;
}

function mistakeIn({takes, refused}: Parameter, said: Said): string | undefined {
	const {text, origin} = said;
	if (takes === 'whole number') {
		if (wholeNumber(text) === undefined) return `${origin} takes a whole number${notSaid(said)}`;
	} else if (takes === 'TLS version') {
		if (text !== '' && !versionOf(text))
			return `${origin} takes TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3${notSaid(said)}`;
	} else if (takes && !takes.includes(text)) {
		return `${origin} takes ${takes.join(', ')}${notSaid(said)}`;
	}

	return refused?.values.test(text) ? `${origin} asks for what pgtop can't do: ${refused.why}` : undefined;
}

/** The first thing said with a password inside it: from there that would get to the screen, or to the server. */
export function firstHiding(said: Sayings): string | undefined {
	const keyword = keywords.find(one => hidesPassword(one, said[one]?.text ?? ''));
	return keyword && `${said[keyword]?.origin} ${hiddenPassword}`;
}

/** The first thing said that is a URI, password and all, where a host, a file or a name belongs. */
export function firstUri(said: Sayings): string | undefined {
	const keyword = keywords.find(one => !mayHoldAnything(one) && isUri(said[one]?.text.trim() ?? ''));
	return keyword && `${said[keyword]?.origin} ${misplacedUri}`;
}

/** The first thing said that its parameter does not take, or that pgtop can't do. */
export function firstMistake(said: Sayings): string | undefined {
	for (const keyword of keywords) {
		const saying = said[keyword];
		const mistake = saying && mistakeIn(parameterOf(keyword), saying);
		if (mistake !== undefined) return mistake;
	}

	return undefined;
}
