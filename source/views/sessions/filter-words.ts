import {untold} from '../../domain/list/comparable.js';
import type {FilterField, FilterWords, ToldTexts} from '../../domain/list/filter/filter-words.js';
import type {Backend} from '../../domain/session/backend.js';
import {shortState, states} from '../../domain/session/states.js';
import {isRunning, queryAge, stateAge, timeOf, xactAge} from '../../domain/session/time.js';
import {hasUntoldText} from '../../domain/session/words/query-text.js';
import {lookUp} from '../../domain/text/look-up.js';
import {seenValue} from './cells.js';

type Read = (backend: Backend) => ToldTexts;

const told =
	(read: (backend: Backend) => string | undefined): Read =>
	backend => {
		const value = seenValue(backend, read(backend));
		return value === untold ? untold : value ? [value] : [];
	};

const user = told(backend => backend.user);
const database = told(backend => backend.database);
const application = told(backend => backend.application);
const client = told(backend => backend.client);

/** As the column has it: an idle session waits for its client, which says nothing, and one that runs and has no event is on the CPU. */
const wait = told(backend => {
	if (backend.state === states.idle) return undefined;
	return backend.wait ? `${backend.wait.type}:${backend.wait.name}` : isRunning(backend) ? 'cpu' : undefined;
});

/** In the server's words and in those of the column. */
const state: Read = backend => {
	if (!backend.isVisible) return untold;
	return backend.state === undefined ? [] : [backend.state, shortState(backend.state)];
};

const stateWords: Readonly<Record<string, readonly string[]>> = {
	[states.active]: ['active'],
	[states.idle]: ['idle'],
	[states.idleInTransaction]: ['idletx'],
	[states.aborted]: ['idletx', 'aborted'],
	[states.fastpath]: ['fastpath'],
	[states.disabled]: ['disabled'],
};

const stateWord: Read = backend =>
	backend.isVisible ? (backend.state && lookUp(stateWords, backend.state)) || [] : untold;

/** The text of an idle session is there only while its row is on the screen. What matches must not hang on that. */
function regexText(backend: Backend): string | typeof untold | undefined {
	if (hasUntoldText(backend)) return untold;
	return backend.state === states.idle ? undefined : backend.query?.text;
}

const query: Read = backend => {
	const text = regexText(backend);
	return text === untold ? untold : text === undefined ? [] : [text];
};

/** PostgreSQL's classes of wait events. Many names have such a word in them. */
const classes: readonly string[] = [
	'activity',
	'bufferpin',
	'client',
	'extension',
	'injectionpoint',
	'io',
	'ipc',
	'lock',
	'lwlock',
	'timeout',
];

const classOf = (text: string) => text.slice(0, Math.max(0, text.indexOf(':')));
const nameOf = (text: string) => text.slice(text.indexOf(':') + 1);

/** A class as a whole, or inside the name of the event; with both, as details have it: `lock:rel`. */
function isWaitOf(wanted: string, text: string): boolean {
	if (classes.includes(wanted)) return classOf(text) === wanted;
	return (wanted.includes(':') ? text : nameOf(text)).includes(wanted);
}

const isWholeWait = (wanted: string, text: string) => [text, classOf(text), nameOf(text)].includes(wanted);

const fields: readonly FilterField<Backend>[] = [
	{name: 'user', match: 'inside', texts: user},
	{name: 'db', match: 'inside', texts: database},
	{name: 'app', match: 'inside', texts: application},
	{name: 'client', match: 'start', texts: client},
	{
		name: 'state',
		match: 'whole',
		texts: stateWord,
		allowed: ['active', 'idle', 'idletx', 'aborted', 'fastpath', 'disabled'],
	},
	{name: 'wait', match: isWaitOf, equals: isWholeWait, texts: wait},
	{name: 'type', match: 'inside', texts: told(backend => backend.type)},
	{name: 'pid', match: 'whole', texts: ({pid}) => [String(pid)], isNumber: true},
	{name: 'qid', match: 'whole', texts: told(backend => backend.queryId), isNumber: true},
];

/** What a filter can ask of sessions. */
export const sessionWords: FilterWords<Backend> = {
	fields,
	clocks: {time: timeOf, xact: xactAge, query: queryAge, state: stateAge},
	plain: [user, database, application, client, state, wait, query],
	number: ({pid}) => pid,
	regexText,
};
