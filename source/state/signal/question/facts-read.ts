import type {Inspected, Inspection} from '../../../domain/session/inspection.js';
import {isOfAnotherStart} from '../../../domain/signal/look.js';
import {workOf} from '../../../domain/signal/work.js';
import {mapSome} from '../../../domain/some.js';
import type {Asked, Question} from '../../screen/layers.js';
import type {State} from '../../state.js';
import {changeLayer} from '../../step.js';
import {closeByItself, reasonsOf} from './ask.js';
import {askedOn, hasCome, withAsked} from './asked.js';
import {follow, verdictOf} from './follow.js';
import {leaveOut} from './leave-out.js';
import {ontoScreen} from './onto-screen.js';
import {readTagged} from './tagged/read-tagged.js';

/** Takes in what was read of the sessions that a question is about. It may have closed since. */
export function factsRead(state: State, facts: readonly Inspected[], now: number): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question') return state;
	const asking = new Map(layer.asked.map(one => [one.aimed.backend.pid, one]));
	const isOther = facts.some(({pid, startedAt}) => {
		const asked = asking.get(pid);
		return (
			asked?.sent === undefined &&
			isOfAnotherStart(asked?.facts?.startedAt === undefined ? asked?.aimed : asked.facts, {startedAt})
		);
	});
	if (isOther)
		return closeByItself(state, 'another server answers, or it was restarted: nothing was sent', now);
	if (layer.isTagged) return readTagged(state, layer, facts, now);
	return facts.reduce((before, one) => {
		const [question] = before.screen.layers;
		return question.type === 'question' ? readOne(before, question, one, now) : before;
	}, state);
}

function readOne(state: State, question: Question, {inspection, pid, isOwn}: Inspected, now: number): State {
	const asked = askedOn(question, pid);
	// Once y was pressed the answer to the signal is due, and says more.
	if (!asked || asked.sent !== undefined) return state;
	const {aimed, facts} = asked;
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

/** The first facts of a session have come. */
function begin(state: State, question: Question, asked: Asked, facts: Inspection, now: number): State {
	const verdict = verdictOf(state, question, facts);
	if (verdict.type === 'refuse') return leaveOut(state, question, asked, verdict.why, now);
	const work = workOf(question.signal, facts.backend);
	const read = {...asked, reasons: reasonsOf(state, verdict), facts, work, askedAt: now};
	return ontoScreen(state, question, withAsked(question, read), now);
}

/** The facts could not be read. The first time there is nothing to ask; later the question may stay, because the guard checks on the server. */
export function factsFailed(state: State, why: string, now: number): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'question') return state;
	return hasCome(layer)
		? changeLayer(state, {
				...layer,
				asked: mapSome(layer.asked, one => ({...one, askedAt: one.askedAt ?? now})),
			})
		: closeByItself(state, `not done: ${why}`, now);
}
