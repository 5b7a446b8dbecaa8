import {notThis} from '../../../domain/text/secrets/not-this.js';
import type {GivenValue} from './given-values.js';
import type {Keyword} from './keywords.js';

const secrets: readonly Keyword[] = [
	'password',
	'sslpassword',
	'scram_client_key',
	'scram_server_key',
	'oauth_client_secret',
];

export const isSecret = (keyword: Keyword) => secrets.includes(keyword);

/** Secrets may be any text, and so may `options`, because server settings may have any name. */
export const mayHoldAnything = (keyword: Keyword) => isSecret(keyword) || keyword === 'options';

/** Whether a value has `password=` inside, because what should part the two is missing: `host=db1;password=…`. */
export const hidesPassword = (keyword: Keyword, text: string) =>
	!mayHoldAnything(keyword) && /(?:pass\w*|pwd)\s*=/i.test(text);

export const hiddenPassword = 'has a password inside: a blank or the end of a line is missing before it';

/** The end of a sentence about a value that is not taken. A value beside others is not quoted: it may be part of a password. */
export const notGiven = ({text, isAlone}: GivenValue, part = text, end = notThis): string =>
	isAlone ? end(text, part) : '';
