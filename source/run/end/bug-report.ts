import process from 'node:process';
import {clean} from '../../domain/text/clean.js';
import {callsOf, errorWords} from './error-words.js';
import {outlineOf} from './outline.js';

/** What the program knows of itself when a bug ends it. */
export type Known = {
	/** pgtop's version, and the server's. */
	readonly versions: readonly string[];
	/** Of the environment, as it was given. */
	readonly environment: Readonly<NodeJS.ProcessEnv>;
	/** The last actions, oldest first, with their times in milliseconds. */
	readonly actions?: readonly {readonly at: number; readonly type: string}[];
	/** Texts that no message may show. */
	readonly hidden?: readonly string[];
	/** What was known and shown. The report has only its outline. */
	readonly state?: unknown;
};

/** How deep an error has another one as its cause in a report. */
const mostCauses = 3;

/** Names of terminals and locales: anything else is somebody's text. */
const nameIn = (text: string | undefined) =>
	text === undefined || text === ''
		? 'none'
		: /^[\w.@+-]{1,40}$/.test(text)
			? text
			: `<text: ${text.length}>`;

function withCauses(error: unknown, hidden: readonly string[] = [], depth = 0): readonly string[] {
	const cause = error instanceof Error && depth < mostCauses ? error.cause : undefined;
	return [
		`${depth === 0 ? '' : 'because of '}${errorWords(error, hidden)}`,
		...callsOf(error).map(call => `  ${call}`),
		...(cause === undefined ? [] : withCauses(cause, hidden, depth + 1)),
	];
}

/** What ended the program, in a few words. */
export const bugSentence = (error: unknown, hidden: readonly string[] = []): string =>
	`a bug in pgtop ended it: ${errorWords(error, hidden)}`;

/** All that may help to find a bug, as text of several lines: no query, name, address or password is in it. */
export function bugReport(
	error: unknown,
	{versions, environment, hidden, actions = [], state}: Known,
): string {
	const {version, platform, arch} = process;
	const {TERM, LC_ALL, LC_CTYPE, LANG} = environment;
	return [
		'A bug in pgtop. No query, name, address or password is in this report: please attach it to an issue.',
		...[...versions, `Node.js ${version}`, `${platform} ${arch}`].map(clean),
		`TERM ${nameIn(TERM)}, locale ${nameIn(LC_ALL || LC_CTYPE || LANG)}, up ${process.uptime().toFixed(1)}s`,
		...withCauses(error, hidden),
		...(actions.length > 0 ? ['actions, in ms:'] : []),
		...actions.map(({at, type}) => `  ${at.toFixed(1)} ${type}`),
		...(state === undefined ? [] : ['state:', JSON.stringify(outlineOf(state), undefined, 1)]),
	].join('\n');
}
