import type {Snapshot} from '../../domain/server/snapshot.js';
import type {Inspection} from '../../domain/session/inspection.js';
import {shortState} from '../../domain/session/states.js';
import {timeOf} from '../../domain/session/time.js';
import {queryText} from '../../domain/session/words/query-text.js';
import {movedWords} from '../../domain/signal/change-words.js';
import {keyOf, type Signal} from '../../domain/signal/target.js';
import {hasQuery} from '../../domain/signal/verdict/verdict.js';
import type {Some} from '../../domain/some.js';
import {age, percent} from '../../domain/text/format.js';
import {wrap} from '../../domain/text/wrap.js';
import type {Question} from '../../state/screen/layers.js';
import {aimedIn, type Read, reasonsIn, whoIn} from '../../state/signal/question/asked.js';
import {fitLine, type Line, textLine} from '../line.js';
import {inLines} from './in-lines.js';
import {lockParts} from './question-locks.js';
import {signalVerbs} from './signal-verbs.js';

/** How many lines a question may take. `usual` leaves the list a place; up to `most` are taken where the reasons need them. */
export type QuestionRoom = {readonly usual: number; readonly most: number};

export const questionRoom = (rows: number): QuestionRoom =>
	rows < 16
		? {usual: Math.max(6, rows - 4), most: rows - 2}
		: {usual: Math.min(12, rows - 8), most: rows - 6};

/** A question as lines of exactly `width` cells: the title, what has moved, every reason, the facts, and the keys. `picture` tells who else there is. */
export function questionLines(
	question: Question,
	width: number,
	{usual, most}: QuestionRoom,
	picture?: Snapshot,
): readonly Line[] {
	const {signal} = question;
	const read = aimedIn(question);
	if (!read) return [];
	const isOne = read.length === 1;
	const who = (pid: number) => (isOne ? '' : `${pid}: `);
	const title: Line = [
		{text: `${keyOf[signal]}: ${titleOf(signal, read)} ${whoIn(question)}?`, styles: ['bold', 'open']},
	];
	const moved = read
		.filter(({isMoved}) => isMoved)
		.map(({facts: {backend}, work = 'session'}): Line => {
			return [{text: `  ${who(backend.pid)}${movedWords(work, backend)}`, styles: ['bold', 'open']}];
		});
	const yes = `${signalVerbs[signal].yes} ${isOne ? 'it' : 'them'}`;
	const keys: Line = [{text: `y: yes, ${yes}      any other key: no`, styles: ['bold']}];
	const session = read.flatMap(({facts}) =>
		inLines(sessionOf(facts, signal, picture), width - 5, who(facts.backend.pid)).map(line => `     ${line}`),
	);
	const query = read.flatMap(({facts: {backend, at}}) => {
		const text = backend.isVisible ? queryText(backend, at) : '';
		return text === '' ? [] : [`     ${who(backend.pid)}${text}`];
	});
	const others = 2 + moved.length;
	const kept = Math.min(session.length, 2) + query.length;
	const why = reasonLines(question, read, width, usual - others - kept);
	const room = Math.min(most, Math.max(usual, others + why.length + kept)) - others;
	const facts = session.slice(0, Math.max(1, room - why.length - query.length));
	const shown = [...why.slice(0, room - 1), ...facts, ...query].slice(0, Math.max(0, room)).map(textLine);
	return [title, ...[...moved, ...shown].slice(0, most - 2), keys].map(line => fitLine(line, width));
}

function titleOf(signal: Signal, read: Some<Read>): string {
	const backends = read.map(({facts}) => facts.backend);
	if (signal === 'cancel' && !backends.some(hasQuery)) return 'send a cancel to process';
	return signal === 'terminate' && backends.every(({kind}) => kind !== 'client')
		? 'end process'
		: signalVerbs[signal].asks;
}

/** Every reason, in a short form where there is no room for all of them in full. That a signal will not be recorded comes first. */
function reasonLines(question: Question, read: Some<Read>, width: number, room: number): readonly string[] {
	const {others} = question;
	const all = [
		...others.filter(({id}) => id === 'audit'),
		...reasonsIn(question),
		...others.filter(({id}) => id !== 'audit'),
	];
	const full = [...all.map(({text}) => text), ...read.flatMap(({facts}) => wraparoundOf(facts))].flatMap(
		text => indented(text, width),
	);
	return full.length <= Math.max(1, room) ? full : all.map(({short}) => `  ${short}`);
}

const indented = (text: string, width: number) => wrap(text, width - 2).map(line => `  ${line}`);

/** Who the session is, what it does, whether its work would be lost, and who waits for it. */
function sessionOf(facts: Inspection, signal: Signal, picture: Snapshot | undefined): readonly string[] {
	const {backend, at, xid} = facts;
	const time = timeOf(backend, at);
	const parts = [
		`${backend.user ?? backend.type ?? '?'}@${backend.database ?? '-'}`,
		backend.application ?? '',
		backend.isVisible ? shortState(backend.state ?? '') : 'state ?',
		time === undefined ? '' : time === '?' ? 'age ?' : age(time),
		xid === undefined ? '' : 'has written',
		...lockParts(facts, signal, picture),
	];
	return parts.filter(part => part !== '');
}

const wraparoundOf = ({backend, wraparound}: Inspection) =>
	wraparound !== undefined && backend.query?.text.includes('(to prevent wraparound)')
		? [`${backend.database} is at ${percent(wraparound)} of the way to wraparound`]
		: [];
