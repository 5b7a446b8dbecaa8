import type {Snapshot} from '../../../domain/server/snapshot.js';
import type {Rights} from '../../../domain/session/rights.js';
import {keyOf, type Signal} from '../../../domain/signal/target.js';
import type {Some} from '../../../domain/some.js';
import {widthOf} from '../../../domain/text/width.js';
import {wrap} from '../../../domain/text/wrap.js';
import type {Question} from '../../../state/screen/layers.js';
import {aimedIn, type Read} from '../../../state/signal/question/asked.js';
import {
	notSignalledWords,
	whyNotPermitted,
} from '../../../state/signal/question/tagged/not-signalled-words.js';
import {taggedRoom} from '../../../state/signal/question/tagged/tagged-room.js';
import {fitLine, type Line, textLine} from '../../line.js';
import {inLines} from '../in-lines.js';
import {signalVerbs} from '../signal-verbs.js';
import {taggedCounts} from './tagged-counts.js';
import {taggedList} from './tagged-list.js';
import {taggedReasons} from './tagged-reasons.js';

/** What else there is to know. */
type Known = {readonly picture?: Snapshot | undefined; readonly rights?: Rights | undefined};

/** A question about all that is tagged, as lines of exactly `width` cells: what will be hit in counts, who will not be hit and why, every kind of reason, a list to scroll, and the keys. */
export function taggedQuestionLines(
	question: Question,
	width: number,
	rows: number,
	{picture, rights}: Known,
): readonly Line[] {
	const read = aimedIn(question);
	if (!read) return [];
	const {asked, signal, top = 0} = question;
	const room = taggedRoom(rows) - 2;
	const why = whyLines(question, read, width - 2, room - 1, rights).map(line => `  ${line}`);
	const counts = inLines(taggedCounts(read, picture), width - 2).map(line => `  ${line}`);
	const head = [...why.slice(0, room), ...counts.slice(0, Math.max(0, room - why.length - 1))];
	const height = Math.max(0, room - head.length);
	const from = Math.min(top, Math.max(0, asked.length - 1));
	const isLonger = asked.length > height;
	const list = taggedList(
		question,
		picture,
		width,
		isLonger ? from : 0,
		isLonger ? from + height : asked.length,
	);
	const title: Line = [
		{text: `${keyOf[signal]}: ${signalVerbs[signal].asks} ${asked.length} tagged?`, styles: ['bold', 'open']},
	];
	const place =
		isLonger && list.length > 0 ? `Up Down: ${from + 1}-${from + list.length} of ${asked.length}` : '';
	const keys: Line = [{text: keysFor(signal, read.length, place, width), styles: ['bold']}];
	return [title, ...[...head, ...list].map(textLine), keys].map(line => fitLine(line, width));
}

/** In short where there is little room. */
function keysFor(signal: Signal, count: number, place: string, width: number): string {
	const yes = `${signalVerbs[signal].yes} ${count}`;
	const whole = [`y: yes, ${yes}`, 'any other key: no', place].join('      ').trimEnd();
	return widthOf(whole) <= width ? whole : [`y: ${yes}`, 'else: no', place].join('  ').trimEnd();
}

/** What must be read first. With little room each stands on one line, and the reasons in short. */
function whyLines(
	question: Question,
	read: Some<Read>,
	width: number,
	room: number,
	rights: Rights | undefined,
): readonly string[] {
	const {signal, others} = question;
	const notes = notesOf(question, read);
	const reasons = taggedReasons(read, signal);
	const why = whyNotPermitted(question, rights);
	const refused = why === undefined ? [] : [`not permitted: ${why}`];
	const texts = reasons.map(({text}) => text);
	const whole = [...others.map(({text}) => text), ...notes, ...texts, ...refused].flatMap(text =>
		wrap(text, width),
	);
	if (whole.length <= room) return whole;
	const own = others.map(({short}) => short);
	const cut = [...own, ...texts, ...refused, ...notes];
	if (cut.length <= room) return cut;
	// One line of the list is left, unless the reasons need it.
	const all = [
		...own,
		...inLines(
			reasons.map(({short}) => short),
			width,
		),
	];
	return [...all, ...[...refused, ...notes].slice(0, Math.max(0, room - all.length))];
}

/** Who gets no signal, and who is at something else since it was tagged. */
function notesOf({asked}: Question, read: Some<Read>): readonly string[] {
	const left = notSignalledWords(asked);
	const moved = read.filter(({isElsewhere}) => isElsewhere);
	const areOnAnother = moved.every(
		({aimed, facts}) => aimed.backend.xactStart !== undefined && facts.backend.xactStart !== undefined,
	);
	const since = areOnAnother ? 'on another transaction since' : 'at something else since';
	return [
		...(left.length === 0 ? [] : [`${read.length} of them will be signalled: ${left.join(', ')}`]),
		...(moved.length === 0
			? []
			: [`${read.length - moved.length} as they were when tagged, ${moved.length} ${since}`]),
	];
}
