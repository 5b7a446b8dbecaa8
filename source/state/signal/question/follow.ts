import type {Backend} from '../../../domain/session/backend.js';
import type {Inspected, Inspection} from '../../../domain/session/inspection.js';
import {isOfAnotherStart, type Seen} from '../../../domain/signal/look.js';
import {targetOf} from '../../../domain/signal/target.js';
import {verdictOn} from '../../../domain/signal/verdict/verdict.js';
import {isSameWork, workOf} from '../../../domain/signal/work.js';
import type {Deadline} from '../../deadline.js';
import {pictureOf} from '../../picture.js';
import type {Question} from '../../screen/layers.js';
import {ignoreKey} from '../../screen/note.js';
import type {State} from '../../state.js';
import {changeLayer, type Step, withHand} from '../../step.js';
import {closeByItself, reasonsOf} from './ask.js';

/** How often the session is looked at while the question is open, in milliseconds. */
const lookEvery = 1000;

/** Takes in what was read of the session that the question is about. */
export function readForQuestion(
	state: State,
	question: Question,
	{inspection, pid, startedAt, isOwn}: Inspected,
	now: number,
): State {
	// The answer to the signal is due, and says more.
	if (question.sent !== undefined) return state;
	const {facts} = question;
	if (isOfAnotherStart(facts?.startedAt === undefined ? question : facts, {startedAt}))
		return closeByItself(state, 'another server answers, or it was restarted: nothing was sent', now);
	if (isOwn) {
		return facts
			? changeLayer(state, {...question, askedAt: now})
			: closeByItself(state, 'that session carries pgtop itself now: nothing was sent', now);
	}

	if (inspection?.backend.id !== question.backend.id) {
		const ended = facts ? `${pid} has ended: nothing was sent` : `${pid} had ended already`;
		return closeByItself(state, ended, now);
	}

	return facts
		? follow(state, {...question, facts}, inspection, now)
		: openQuestion(state, question, inspection, now);
}

const verdictOf = (state: State, {signal}: Question, {backend, at, reasons}: Inspection) =>
	verdictOn(signal, backend, pictureOf(state)?.ownPid ?? 0, at, reasons);

/** The first facts have come, of the same session. They may leave nothing to ask. */
function openQuestion(state: State, question: Question, inspection: Inspection, now: number): State {
	const {signal, others} = question;
	const {backend} = inspection;
	const verdict = verdictOf(state, question, inspection);
	if (verdict.type === 'refuse') return closeByItself(state, verdict.why, now);
	const reasons = reasonsOf(state, verdict);
	if (reasons.length + others.length === 0 && state.settings.confirm !== 'always') {
		const why = question.backend.isUnread
			? `the query of ${backend.pid} can be read by now`
			: `${backend.pid} does something else by now`;
		return closeByItself(state, `${why}: nothing was sent, press it again`, now);
	}

	return changeLayer(state, {
		...question,
		reasons,
		facts: inspection,
		work: workOf(signal, backend),
		openedAt: now,
		askedAt: now,
	});
}

const seenOf = ({pid, xactStart, queryStart, stateChange, state, hash}: Backend): Seen => ({
	pid,
	...(xactStart !== undefined && {xactStart}),
	...(queryStart !== undefined && {queryStart}),
	...(stateChange !== undefined && {stateChange}),
	...(state !== undefined && {state}),
	...(hash !== undefined && {hash}),
});

type Open = Question & {readonly facts: Inspection};

/** A question about a query closes when the query ends. One about a session goes on, and says what the session does now. */
function follow(state: State, question: Open, inspection: Inspection, now: number): State {
	const {signal, facts, work = 'session'} = question;
	const {pid} = inspection.backend;
	const isSame = isSameWork(work, targetOf(facts.backend), seenOf(inspection.backend));
	if (signal === 'cancel' && !isSame)
		return closeByItself(state, `${pid} has ended that query: nothing was sent`, now);
	const reasons = reasonsOf(state, verdictOf(state, question, inspection));
	const isMoved = question.isMoved || !isSame;
	const isNew =
		isMoved !== (question.isMoved ?? false) ||
		reasons.some(({text}) => question.reasons.every(before => before.text !== text));
	const {isOld: _, drawnAt, ...kept} = question;
	const {armed} = state.hand;
	const heard = isNew && armed ? ignoreKey(state, armed.key, 'the question has just changed', now) : state;
	return changeLayer(isNew ? withHand(heard, {armed: undefined}) : heard, {
		...kept,
		reasons,
		facts: inspection,
		askedAt: now,
		...(isMoved && {isMoved}),
		// The question says something new: the time to read begins anew.
		...(!isNew && drawnAt !== undefined && {drawnAt}),
	});
}

/** When y came the session was at something else, so nothing was sent. The question stays, and asks about what the session does now. */
export function moveOn(state: State, question: Question, {state: shown, xactStart}: Seen, now: number): Step {
	const {facts, sent: _, drawnAt: __, askedAt: ___, ...open} = question;
	if (!facts) return [state, []];
	const {xactStart: ____, ...backend} = facts.backend;
	const moved = {
		...backend,
		...(shown !== undefined && {state: shown}),
		...(xactStart !== undefined && {xactStart}),
	};
	const layer: Question = {
		...open,
		facts: {...facts, backend: moved},
		isMoved: true,
		isOld: true,
		openedAt: now,
	};
	return [changeLayer(state, layer), [{type: 'inspect', pid: moved.pid, isWhole: false}]];
}

/** The facts could not be read. The first time there is nothing to ask; later the question may stay, because the guard checks on the server. */
export function questionFailed(state: State, question: Question, why: string, now: number): State {
	return question.facts
		? changeLayer(state, {...question, askedAt: now})
		: closeByItself(state, `not done: ${why}`, now);
}

/** The session is looked at again while the question is open; not while a look is under way. */
export const nextQuestionLook: Deadline = {
	name: 'next look at what is asked about',
	at: ({screen, server: {link}}) => {
		const [layer] = screen.layers;
		return layer.type === 'question' &&
			layer.askedAt !== undefined &&
			layer.sent === undefined &&
			link.type === 'up'
			? layer.askedAt + lookEvery
			: undefined;
	},
	act(state) {
		const [layer] = state.screen.layers;
		if (layer.type !== 'question') return [state, []];
		const {askedAt: _, ...question} = layer;
		return [changeLayer(state, question), [{type: 'inspect', pid: question.backend.pid, isWhole: false}]];
	},
};
