import type {Snapshot} from '../../../domain/server/snapshot.js';
import {shortState} from '../../../domain/session/states.js';
import {timeOf} from '../../../domain/session/time.js';
import {queryText} from '../../../domain/session/words/query-text.js';
import {movedWords} from '../../../domain/signal/change-words.js';
import type {Signal} from '../../../domain/signal/target.js';
import {workOf} from '../../../domain/signal/work.js';
import {age} from '../../../domain/text/format.js';
import {cut, pad, widthOf} from '../../../domain/text/width.js';
import type {Asked, Question} from '../../../state/screen/layers.js';
import {lockParts} from '../question-locks.js';

/** How wide role and database may be, in cells. */
const widestWho = 20;

/** From so many cells on the application has a column. */
const wideFrom = 112;

const whoOf = ({facts, aimed}: Asked): string => {
	const {user, type, database} = (facts ?? aimed).backend;
	return `${user ?? type ?? '?'}@${database ?? '-'}`;
};

/** Those whose work is another one since they were tagged come first, then those with a reason, and last those that get no signal. */
const placeOf = ({leftOut, isElsewhere, reasons}: Asked): number =>
	leftOut !== undefined ? 3 : isElsewhere ? 0 : reasons.length > 0 ? 1 : 2;

/** Those who have been at it for longest stand first, as in the list. */
function timeIn({facts, aimed}: Asked): number {
	const {backend, at} = facts ?? aimed;
	const time = timeOf(backend, at);
	return typeof time === 'number' ? time : -1;
}

/** A line for each tagged session, those `from` … `to` of all. */
export function taggedList(
	{asked, signal}: Question,
	picture: Snapshot | undefined,
	width: number,
	from: number,
	to: number,
): readonly string[] {
	const ordered = asked.toSorted(
		(one, other) => placeOf(one) - placeOf(other) || timeIn(other) - timeIn(one),
	);
	const hasApplication = width >= wideFrom;
	const pids = Math.max(...asked.map(({aimed}) => String(aimed.backend.pid).length));
	const names = Math.min(widestWho, Math.max(...asked.map(one => widthOf(whoOf(one)))));
	return ordered.slice(from, to).map(one => {
		const pid = String(one.aimed.backend.pid).padStart(pids);
		const who = pad(cut(whoOf(one), names), names, 'left');
		const {application = ''} = (one.facts ?? one.aimed).backend;
		const from = hasApplication ? ` ${pad(cut(application, widestWho), widestWho, 'left')}` : '';
		return `   ${pid} ${who}${from}  ${doesIn(one, signal, picture)}`;
	});
}

function doesIn(asked: Asked, signal: Signal, picture: Snapshot | undefined): string {
	const {facts, leftOut, isElsewhere, aimed, reasons} = asked;
	if (leftOut !== undefined || !facts) return leftOut ?? '';
	const {backend, at, xid} = facts;
	const time = timeOf(backend, at);
	const state = backend.isVisible ? shortState(backend.state ?? '') : 'state ?';
	const parts = [
		`${state.padEnd(7)} ${(time === undefined ? '-' : time === '?' ? '?' : age(time)).padStart(6)}`,
		isElsewhere ? movedWords(workOf('terminate', aimed.backend), backend) : '',
		...reasons.map(({short}) => short),
		xid === undefined ? '' : 'has written',
		...lockParts(facts, signal, picture).filter(part => !part.startsWith('next: ')),
		queryText(backend, at),
	];
	return parts.filter(part => part !== '').join('  ');
}
