import type {Backend} from '../../../domain/session/backend.js';
import type {Inspected, Inspection} from '../../../domain/session/inspection.js';
import {isOfAnotherStart, type Seen} from '../../../domain/signal/look.js';
import {targetOf} from '../../../domain/signal/target.js';
import {verdictOn} from '../../../domain/signal/verdict/verdict.js';
import {isSameWork, workOf} from '../../../domain/signal/work.js';
import {mapSome} from '../../../domain/some.js';
import type {Deadline} from '../../deadline.js';
import {pictureOf} from '../../picture.js';
import type {Asked, Question} from '../../screen/layers.js';
import {ignoreKey, sayFirst} from '../../screen/note.js';
import type {State} from '../../state.js';
import {changeLayer, type Step, withHand} from '../../step.js';
import {closeByItself, readAnew, reasonsOf} from './ask.js';
import {askedOn, isSent, type Read, readIn, reasonsIn, withAsked, withoutAsked} from './asked.js';

/** How often the session is looked at while the question is open, in milliseconds. */
const lookEvery = 1000;

/** Takes in what was read of a session that the question is about. */
export function readForQuestion(
	state: State,
	question: Question,
	{inspection, pid, startedAt, isOwn}: Inspected,
	now: number,
): State {
	const asked = askedOn(question, pid);
	// Once y was pressed the answer to the signal is due, and says more.
	if (!asked || asked.sent !== undefined) return state;
	const {aimed, facts} = asked;
	if (isOfAnotherStart(facts?.startedAt === undefined ? aimed : facts, {startedAt}))
		return closeByItself(state, 'another server answers, or it was restarted: nothing was sent', now);
	if (isOwn) {
		return facts
			? changeLayer(state, withAsked(question, {...asked, askedAt: now}))
			: leaveOut(state, question, asked, 'that session carries pgtop itself now: nothing was sent', now);
	}

	if (inspection?.backend.id !== aimed.backend.id) {
		const ended = facts ? `${pid} has ended: nothing was sent` : `${pid} had ended already`;
		return leaveOut(state, question, asked, ended, now);
	}

	return facts
		? follow(state, question, {...asked, facts}, inspection, now)
		: begin(state, question, asked, inspection, now);
}

/** A session that is not asked about any more. The question goes on about the others, and where there are none it closes. */
function leaveOut(state: State, question: Question, asked: Asked, why: string, now: number): State {
	const others = withoutAsked(question, asked);
	if (!others) return closeByItself(state, why, now);
	const {armed} = state.hand;
	// A y that waits is for this session, too.
	const told = armed
		? ignoreKey(withHand(state, {armed: undefined}), armed.key, why, now)
		: sayFirst(state, why, now);
	// The question says something else: the time to read begins anew.
	const {drawnAt: _, ...unread} = others;
	return opened(told, question, unread, now);
}

const verdictOf = (state: State, {signal}: Question, {backend, at, reasons}: Inspection) =>
	verdictOn(signal, backend, pictureOf(state)?.ownPid ?? 0, at, reasons);

/** The first facts of a session have come. */
function begin(state: State, question: Question, asked: Asked, facts: Inspection, now: number): State {
	const {backend} = facts;
	const verdict = verdictOf(state, question, facts);
	if (verdict.type === 'refuse') return leaveOut(state, question, asked, verdict.why, now);
	const work = workOf(question.signal, backend);
	const read = {...asked, reasons: reasonsOf(state, verdict), facts, work, askedAt: now};
	return opened(state, question, withAsked(question, read), now);
}

/** With the last of the first facts the question comes to the screen. They may leave nothing to ask. */
function opened(state: State, before: Question, question: Question, now: number): State {
	const read = readIn(question);
	if (!read || readIn(before)) return changeLayer(state, question);
	const isAsked = reasonsIn(question).length + question.others.length > 0;
	if (isAsked || state.settings.confirm === 'always') return changeLayer(state, {...question, openedAt: now});
	const whys = read.map(({aimed, facts}) =>
		aimed.backend.isUnread
			? `the query of ${facts.backend.pid} can be read by now`
			: `${facts.backend.pid} does something else by now`,
	);
	return closeByItself(state, `${whys.join(', ')}: nothing was sent, press it again`, now);
}

const seenOf = ({pid, xactStart, queryStart, stateChange, state, hash}: Backend): Seen => ({
	pid,
	...(xactStart !== undefined && {xactStart}),
	...(queryStart !== undefined && {queryStart}),
	...(stateChange !== undefined && {stateChange}),
	...(state !== undefined && {state}),
	...(hash !== undefined && {hash}),
});

/** A question about a query closes when the query ends. One about a session goes on, and says what the session does now. */
function follow(state: State, question: Question, asked: Read, facts: Inspection, now: number): State {
	const {work = 'session', isOld: _, ...kept} = asked;
	const {pid} = facts.backend;
	const isSame = isSameWork(work, targetOf(asked.facts.backend), seenOf(facts.backend));
	if (question.signal === 'cancel' && !isSame)
		return leaveOut(state, question, asked, `${pid} has ended that query: nothing was sent`, now);
	const reasons = reasonsOf(state, verdictOf(state, question, facts));
	const isMoved = asked.isMoved || !isSame;
	const isNew =
		isMoved !== (asked.isMoved ?? false) ||
		reasons.some(({text}) => asked.reasons.every(before => before.text !== text));
	const after = {...kept, work, reasons, facts, askedAt: now, ...(isMoved && {isMoved})};
	if (!isNew) return changeLayer(state, withAsked(question, after));
	// The question says something new: the time to read begins anew.
	const {drawnAt: __, ...unread} = question;
	const {armed} = state.hand;
	const heard = armed ? ignoreKey(state, armed.key, 'the question has just changed', now) : state;
	return changeLayer(withHand(heard, {armed: undefined}), withAsked(unread, after));
}

/** When y came a session was at something else, so nothing was sent to it. The question stays, and asks about what that session does now. */
export function moveOn(state: State, question: Question, asked: Asked, seen: Seen, now: number): Step {
	const {facts, sent: _, askedAt: __, ...kept} = asked;
	const {drawnAt: ___, ...open} = question;
	if (!facts) return [state, []];
	const {xactStart: ____, ...backend} = facts.backend;
	const moved = {
		...backend,
		...(seen.state !== undefined && {state: seen.state}),
		...(seen.xactStart !== undefined && {xactStart: seen.xactStart}),
	};
	const after: Asked = {...kept, facts: {...facts, backend: moved}, isMoved: true, isOld: true};
	const layer = {...withAsked(open, after), openedAt: now};
	return [changeLayer(state, layer), [{type: 'inspect', pid: moved.pid, isWhole: false}]];
}

/** The facts could not be read. The first time there is nothing to ask; later the question may stay, because the guard checks on the server. */
export function questionFailed(
	state: State,
	question: Question,
	pid: number,
	why: string,
	now: number,
): State {
	const asked = askedOn(question, pid);
	if (!asked) return state;
	return asked.facts
		? changeLayer(state, withAsked(question, {...asked, askedAt: now}))
		: closeByItself(state, `not done: ${why}`, now);
}

/** When the sessions were looked at last; undefined while a look is under way. */
const lookedAtIn = ({asked}: Question): number | undefined => {
	const times = asked.flatMap(({askedAt}) => askedAt ?? []);
	return times.length < asked.length ? undefined : Math.max(...times);
};

/** The sessions are looked at again while the question is open; not while a look is under way. */
export const nextQuestionLook: Deadline = {
	name: 'next look at what is asked about',
	at: ({screen, server: {link}}) => {
		const [layer] = screen.layers;
		if (layer.type !== 'question' || isSent(layer) || link.type !== 'up') return undefined;
		const lookedAt = lookedAtIn(layer);
		return lookedAt === undefined ? undefined : lookedAt + lookEvery;
	},
	act(state) {
		const [layer] = state.screen.layers;
		if (layer.type !== 'question') return [state, []];
		const asked = mapSome(layer.asked, ({askedAt: _, ...one}) => one);
		return [changeLayer(state, {...layer, asked}), readAnew(layer)];
	},
};
