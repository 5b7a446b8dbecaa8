import type {Inspection} from '../../../domain/session/inspection.js';
import type {Seen} from '../../../domain/signal/look.js';
import {targetOf} from '../../../domain/signal/target.js';
import {verdictOn} from '../../../domain/signal/verdict/verdict.js';
import {isSameWork, seenIn} from '../../../domain/signal/work.js';
import {mapSome} from '../../../domain/some.js';
import type {Deadline} from '../../deadline.js';
import {pictureOf} from '../../picture.js';
import type {Asked, Question} from '../../screen/layers.js';
import type {State} from '../../state.js';
import {changeLayer, type Step} from '../../step.js';
import {readAnew, reasonsOf} from './ask.js';
import {isGone, isSent, type Read, withAsked} from './asked.js';
import {leaveOut, sayAnew} from './leave-out.js';

/** How often the sessions are looked at while the question is open, in milliseconds. */
const lookEvery = 1000;

export const verdictOf = (state: State, {signal}: Question, {backend, at, reasons}: Inspection) =>
	verdictOn(signal, backend, pictureOf(state)?.ownPid ?? 0, at, reasons);

/** A question about a query closes when the query ends. One about a session goes on, and says what the session does now. */
export function follow(state: State, question: Question, asked: Read, facts: Inspection, now: number): State {
	const {work = 'session', isOld: _, ...kept} = asked;
	const {pid} = facts.backend;
	const isSame = isSameWork(work, targetOf(asked.facts.backend), seenIn(facts.backend));
	if (question.signal === 'cancel' && !isSame)
		return leaveOut(state, question, asked, `${pid} has ended that query: nothing was sent`, now);
	const reasons = reasonsOf(state, verdictOf(state, question, facts));
	const isMoved = asked.isMoved || !isSame;
	const isNew =
		isMoved !== (asked.isMoved ?? false) ||
		reasons.some(({text}) => asked.reasons.every(before => before.text !== text));
	const after = {...kept, work, reasons, facts, askedAt: now, ...(isMoved && {isMoved})};
	const followed = withAsked(question, after);
	return isNew ? sayAnew(state, followed, now) : changeLayer(state, followed);
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
	return [changeLayer(state, layer), [{type: 'facts', pids: [moved.pid]}]];
}

/** When the sessions were looked at last; undefined while a look is under way. */
function lookedAtIn({asked}: Question): number | undefined {
	const there = asked.filter(one => !isGone(one));
	const times = there.flatMap(({askedAt}) => askedAt ?? []);
	return times.length < there.length ? undefined : Math.max(...times);
}

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
