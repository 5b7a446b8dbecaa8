import {manySentence} from '../../domain/signal/many/many-words.js';
import type {Outcome} from '../../domain/signal/outcome.js';
import {type Signalled, sightingOf, signalledSentenceWithPid} from '../../domain/signal/signalled.js';
import {someOf} from '../../domain/some.js';
import type {State} from '../state.js';
import {withStatus} from '../step.js';
import {unreadQuestion} from './question/asked.js';

/** The signal has done what was wanted. */
const isGood = ({type}: Outcome) =>
	type === 'ended' || type === 'query ended' || type === 'stopped waiting' || type === 'ended by k';

function lastSignals({server, status}: State): readonly Signalled[] {
	const said = new Set(status.signals);
	return server.signals.filter(({order}) => said.has(order.number));
}

/** What the status line says of the signals sent last, until another key is pressed. */
export function signalSentence(state: State): {readonly text: string; readonly isBad: boolean} | undefined {
	const signals = lastSignals(state);
	const [first, other] = signals;
	if (!first) return undefined;
	return {
		text: other ? manySentence(signals) : signalledSentenceWithPid(first),
		isBad: signals.map(sightingOf).some(sighting => sighting && !isGood(sighting.outcome)),
	};
}

/** From now on the status line says what came of this signal, and of the others of the same key. */
export function tell(state: State, number: number): State {
	if (state.status.signals?.includes(number)) return state;
	const {signals} = state.server;
	const told = signals.find(({order}) => order.number === number);
	const same = signals.flatMap(one => (one.pressedAt === told?.pressedAt ? [one.order.number] : []));
	return withStatus(state, {signals: someOf(same)});
}

/** Numbers of the signals whose outcome the status line says. */
export function saidSignals(state: State): readonly number[] {
	const {server, status, screen} = state;
	const isFree = server.link.type === 'up' && status.note?.firstUntil === undefined;
	const isSaid = isFree && !unreadQuestion(screen);
	return isSaid ? lastSignals(state).flatMap(one => (sightingOf(one) ? [one.order.number] : [])) : [];
}

/** One sentence for every signal that was not seen to its end, for when the screen is gone. */
export const lastSentences = ({server}: State): readonly string[] =>
	server.signals
		.filter(signalled => {
			const sighting = sightingOf(signalled);
			return !sighting || isOpen(sighting.outcome);
		})
		.map(signalled => {
			if (sightingOf(signalled)) return signalledSentenceWithPid(signalled);
			const {phase, order} = signalled;
			const words =
				phase.type === 'asked' ? 'may or may not have been signalled' : 'was signalled, not seen to end';
			return `${order.target.pid} ${words}`;
		});

/** Nobody has seen what came of the signal. */
const isOpen = ({type}: Outcome) => type === 'still there' || type === 'not known' || type === 'not seen';
