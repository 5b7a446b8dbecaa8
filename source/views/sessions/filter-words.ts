import {untold} from '../../domain/list/comparable.js';
import type {FilterField, FilterWords, ToldText} from '../../domain/list/filter/filter-words.js';
import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {waitedFor} from '../../domain/locks/words/waits-for-words.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import {shortState, states} from '../../domain/session/states.js';
import {type Age, isRunning, queryAge, stateAge, timeOf, xactAge} from '../../domain/session/time.js';
import {hasUntoldText} from '../../domain/session/words/query-text.js';
import {lookUp} from '../../domain/text/look-up.js';
import {seenValue} from './cells.js';

/** As the column has it: an idle session waits for its client, which says nothing, and one that runs and has no event is on the CPU. */
function wait(backend: Backend): ToldText {
	if (!backend.isVisible) return untold;
	if (backend.state === states.idle) return undefined;
	return backend.wait ? `${backend.wait.type}:${backend.wait.name}` : isRunning(backend) ? 'cpu' : undefined;
}

const user = (backend: Backend) => seenValue(backend, backend.user);
const database = (backend: Backend) => seenValue(backend, backend.database);
const application = (backend: Backend) => seenValue(backend, backend.application);
const client = (backend: Backend) => seenValue(backend, backend.client);
const state = (backend: Backend) => seenValue(backend, backend.state);
const columnState = ({state: one}: Backend) => one && shortState(one);

/** What is asked for, and what it stands for. */
const stateWords: Readonly<Record<string, readonly string[]>> = {
	active: [states.active],
	idle: [states.idle],
	idletx: [states.idleInTransaction, states.aborted],
	aborted: [states.aborted],
	fastpath: [states.fastpath],
	disabled: [states.disabled],
};

/** As the list, the header and the server write them. */
const otherStateWords: typeof stateWords = {
	'idle-tx': [states.idleInTransaction, states.aborted],
	'idle-in-transaction': [states.idleInTransaction, states.aborted],
	[states.idleInTransaction]: [states.idleInTransaction],
	[states.aborted]: [states.aborted],
	prepared: ['prepared'],
};

const isStateOf = (wanted: string, text: string) =>
	(lookUp(stateWords, wanted) ?? lookUp(otherStateWords, wanted))?.includes(text) ?? false;

/** The text of an idle session is there only while its row is on the screen. What matches must not hang on that. */
function regexText(backend: Backend): ToldText {
	if (backend.prepared) return backend.prepared.gid;
	if (hasUntoldText(backend)) return untold;
	return backend.state === states.idle ? undefined : backend.query?.text;
}

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
	{name: 'user', also: ['usename', 'role'], match: 'inside', text: user},
	{name: 'db', also: ['database', 'datname'], match: 'inside', text: database},
	{name: 'app', also: ['application', 'application_name'], match: 'inside', text: application},
	{name: 'client', also: ['client_addr'], match: 'start', text: client},
	{
		name: 'state',
		match: isStateOf,
		equals: isStateOf,
		text: state,
		allowed: Object.keys(stateWords),
		alsoAllowed: Object.keys(otherStateWords),
	},
	{name: 'wait', match: isWaitOf, equals: isWholeWait, text: wait},
	{name: 'type', also: ['backend_type'], match: 'inside', text: backend => seenValue(backend, backend.type)},
	{name: 'pid', match: 'whole', text: ({pid}) => String(pid), isNumber: true},
	{
		name: 'qid',
		also: ['query_id', 'queryid'],
		match: 'whole',
		text: backend => seenValue(backend, backend.queryId),
		isNumber: true,
	},
];

/** How long it has waited for its lock. */
function lockAge({id}: Backend, picture: Snapshot): Age {
	const wait = lockGraphOf(picture).sights.get(id)?.wait;
	return wait && waitedFor(wait, picture.at);
}

/** What a filter can ask of sessions. */
export const sessionWords: FilterWords<Backend> = {
	fields,
	clocks: {
		time: (backend, {at}) => timeOf(backend, at),
		xact: (backend, {at}) => xactAge(backend, at),
		query: (backend, {at}) => queryAge(backend, at),
		state: (backend, {at}) => stateAge(backend, at),
		lock: lockAge,
	},
	plain: [user, database, application, client, state, columnState, wait],
	number: ({pid}) => pid,
	regexText,
};
