import {aimedAt} from '../../../domain/signal/aimed.js';
import {keyOf} from '../../../domain/signal/target.js';
import {askedBy} from '../../../domain/signal/verdict/reason.js';
import {mapSome} from '../../../domain/some.js';
import type {Key} from '../../../terminal/decode.js';
import type {Question} from '../../screen/layers.js';
import {ignore, ignoreKey} from '../../screen/note.js';
import type {State} from '../../state.js';
import {changeLayer, withHand, withStatus} from '../../step.js';
import type {Aim} from '../aim.js';
import {whyNotAlone} from '../alone.js';
import {orderAll} from '../send.js';
import {close} from './ask.js';
import {aimedIn, hasCome, isSent, whoIn} from './asked.js';
import {taggedPage} from './tagged/tagged-room.js';

/** How long a y still belongs to the question that another key has closed, in milliseconds: in the list it copies, and nobody wants that then. */
const deafAfterNo = 500;

/** The keys that take back a question whose facts have not come yet. */
const takesBack = new Set(['q', 'ctrl-c', 'escape']);

/** Only a lone y is yes; every other key is no. */
export function pressInQuestion(state: State, question: Question, key: Key, now: number): State {
	const {signal, drawnAt, isUnrecorded, isTagged} = question;
	const read = aimedIn(question);
	const no = () =>
		withHand(close(state, `${keyOf[signal]}: no, nothing was sent to ${whoIn(question)}`), {
			deafUntil: now + deafAfterNo,
		});
	// What came of an earlier signal must not hide what becomes of this key.
	const heard = isSent(question) ? state : withStatus(state, {signals: undefined});
	const scrolled =
		question.isTagged && hasCome(question)
			? scrolledBy(question, key.name, state.screen.size.rows)
			: undefined;
	if (scrolled) return changeLayer(heard, scrolled);
	if (key.name !== 'y') return hasCome(question) || takesBack.has(key.name) ? no() : heard;
	if (isSent(question)) return ignore(heard, 'y', ': the server has not answered yet', now);
	const why = whyNotAlone(key);
	if (why !== undefined) return ignoreKey(heard, 'y', why, now);
	if (!read || drawnAt === undefined || now - drawnAt < question.readFor)
		return ignoreKey(heard, 'y', 'the question was not on the screen long enough', now);

	const wanted = mapSome(read, ({facts, work = 'session', isMoved, reasons, added}) => ({
		aimed: aimedAt(facts),
		work: isMoved ? 'session' : work,
		// What has just come among many was not read.
		asked: (added && now - added.at < question.readFor ? added.before : reasons).flatMap(askedBy),
		locks: facts.locks,
	}));
	const ordered = orderAll(state, signal, wanted, now);
	const aim: Aim = {
		type: 'send',
		ordered,
		...(isUnrecorded && {isUnrecorded}),
		...(isTagged && {isTagged}),
	};
	return withHand(heard, {armed: {key: 'y', at: now, aim}});
}

/** How far a key goes, in pages and in lines. */
const steps: ReadonlyMap<string, readonly [pages: number, lines: number]> = new Map([
	['down', [0, 1]],
	['up', [0, -1]],
	['pagedown', [1, 0]],
	['pageup', [-1, 0]],
	['end', [Infinity, 0]],
	['home', [-Infinity, 0]],
]);

/** The list of a question about many scrolls; at its end it fills a page. */
function scrolledBy(question: Question, key: string, rows: number): Question | undefined {
	const [pages, lines] = steps.get(key) ?? [];
	if (pages === undefined || lines === undefined) return undefined;
	const page = taggedPage(rows);
	const last = Math.max(0, question.asked.length - page);
	const by = pages === 0 ? lines : pages * page;
	return {...question, top: Math.max(0, Math.min(last, (question.top ?? 0) + by))};
}

/** A y that was meant for a question which has just closed. */
export const isDeafTo = ({hand: {deafUntil = 0}}: State, key: string, now: number) =>
	key === 'y' && now < deafUntil;

export const sayDeaf = (state: State, now: number): State =>
	ignore(state, 'y', ': the question has closed', now);
