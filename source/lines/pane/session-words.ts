import type {Row} from '../../domain/list/row.js';
import type {Style} from '../../domain/list/style.js';
import type {Micros} from '../../domain/micros.js';
import type {ServerFacts} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import type {ProcessUse} from '../../domain/session/process-use.js';
import {isIdleInTransaction, shortState, states} from '../../domain/session/states.js';
import {type Age, isAborted, queryAge, stateAge, xactAge} from '../../domain/session/time.js';
import {rowName} from '../../domain/session/words/row-name.js';
import {count, dataWords, percent, roughAge, timeOfDay} from '../../domain/text/format.js';
import type {Line, Span} from '../line.js';

const minute = 60_000_000;
const day = 24 * 60 * minute;

/** Who the session is, and from where. */
export function whoLine(backend: Backend): Line {
	const {kind, type, user, database, application, client, leaderPid, prepared} = backend;
	const who = user === undefined ? database : `${user}@${database ?? '-'}`;
	const role = leaderPid === undefined ? type : `worker of ${leaderPid}`;
	const others = [who, kind === 'client' || prepared ? undefined : role, application, client];
	const words = others.filter(part => part !== undefined && part !== '').join('  ');
	return [{text: rowName(backend), styles: ['bold']}, {text: words === '' ? '' : ` ${words}`}];
}

const rough = (age: Exclude<Age, undefined>) => (age === '?' ? '?' : roughAge(age / 1000));

/** How long it has been in its transaction, and as it is. Without seconds where that is long, because the list tells them. */
export function agesLine({value: backend, at}: Row<Backend>, isAscii: boolean): Line {
	const inTransaction = xactAge(backend, at);
	const {state} = backend;
	const since = state === states.active ? queryAge(backend, at) : stateAge(backend, at);
	const isIdle = isIdleInTransaction(state);
	const spans: readonly Span[] = [
		...agePart('in tx', inTransaction, 10 * minute),
		...agePart(wordOf(backend), since, isIdle ? minute : Infinity),
	];
	return spans.flatMap((span, index) => (index === 0 ? [span] : [{text: isAscii ? ', ' : ' · '}, span]));
}

const wordOf = ({state}: Backend) =>
	state === states.idleInTransaction ? 'idle' : state === undefined ? undefined : shortState(state);

function agePart(word: string | undefined, age: Age, openFrom: number): readonly Span[] {
	if (word === undefined || age === undefined) return [];
	const isOpen = age !== '?' && age >= openFrom;
	return [{text: `${word} ${rough(age)}`, ...(isOpen && {styles: ['open']})}];
}

/** What is true of the session now, a label before each. */
export type Fact = {readonly label: string; readonly words: Line};

export function waitFact({isVisible, state, wait}: Backend): Fact | undefined {
	if (!isVisible) return undefined;
	const words = (text: string, styles?: readonly Style[]): Fact => ({
		label: 'waits',
		words: [{text, ...(styles && {styles})}],
	});
	if (isIdleInTransaction(state)) return words('for its client, in its transaction');
	if (state === states.idle) return words('for its client');
	if (wait) return words(`${wait.type} ${wait.name}`, waitStyles[wait.type]);
	return state === states.active ? words('cpu, or a wait that has no name') : undefined;
}

const waitStyles: {readonly [type: string]: readonly Style[]} = {Lock: ['hurts'], IO: ['io']};

/** Its transaction: since when, and what others have of it. */
export function transactionFact(
	{value: backend, at, nextXid}: Row<Backend>,
	zone: ServerFacts['zone'],
): Fact | undefined {
	const {xactStart, xid, xmin} = backend;
	const old = nextXid === undefined || xmin === undefined ? undefined : xidsBetween(xmin, nextXid);
	const parts = [
		xactStart === undefined ? '' : `since ${momentWords(xactStart, at, zone)}`,
		isAborted(backend) ? 'failed' : '',
		xid === undefined ? '' : `xid ${xid}: has written`,
		old === undefined ? '' : `snapshot ${count(old)} xids old`,
	];
	const text = parts.filter(part => part !== '').join(', ');
	return text === '' ? undefined : {label: 'tx', words: [{text}]};
}

/** Transaction ids are counted around in 32 bits. */
const xidsBetween = (from: number, to: number) => ((to % 2 ** 32) - from) >>> 0;

export const connectedFact = (
	{value: {backendStart}, at}: Row<Backend>,
	zone: ServerFacts['zone'],
): Fact | undefined =>
	backendStart === undefined
		? undefined
		: {label: 'login', words: [{text: momentWords(backendStart, at, zone)}]};

/** When something was, as the server's log says it; with the day where that is not the same. */
export function momentWords(moment: Micros, at: Micros, zone: ServerFacts['zone']): string {
	const {offsetSeconds = 0} = zone ?? {};
	const clock = timeOfDay(moment, offsetSeconds);
	const local = (of: Micros) => Math.floor((of + offsetSeconds * 1e6) / day);
	const date = new Date(moment / 1000 + offsetSeconds * 1000).toISOString().slice(0, 10);
	return `${local(moment) === local(at) ? '' : `${date} `}${clock}${zone ? '' : ' UTC'}`;
}

/** What its process uses on this machine. */
export function processFact({cpu, memory, read, written}: ProcessUse): Fact | undefined {
	const parts = [
		cpu === undefined ? '' : `cpu ${percent(cpu, 0)}`,
		memory === undefined ? '' : `memory ${dataWords(memory)}`,
		read === undefined ? '' : `read ${dataWords(read)}/s`,
		written === undefined ? '' : `written ${dataWords(written)}/s`,
	];
	const text = parts.filter(part => part !== '').join('  ');
	return text === '' ? undefined : {label: 'uses', words: [{text}]};
}
