import type {Outcome} from '../../domain/signal/outcome.js';
import {outcomeSentence} from '../../domain/signal/words.js';
import type {Command} from '../command.js';
import type {State} from '../state.js';
import type {Signalled} from './signalled.js';

/** From the key to what was seen, in seconds. */
export const secondsOf = ({pressedAt, seenAt = pressedAt}: Signalled) => (seenAt - pressedAt) / 1000;

/** A line in the audit file for every outcome that was not known before. That a session is still there is said once. */
export function recordOutcomes(before: State, after: State): readonly Command[] {
	if (before.server.signals === after.server.signals) return [];
	const known = new Map(before.server.signals.map(({order, outcome}) => [order.number, outcome]));
	return after.server.signals.flatMap((signalled): readonly Command[] => {
		const {order, outcome} = signalled;
		const {number} = order;
		if (!outcome || outcome.type === 'not sent' || known.get(number) === outcome) return [];
		if (isRepeated(known.get(number), outcome)) return [];
		const seconds = Math.round(secondsOf(signalled) * 1000) / 1000;
		const facts = {
			pid: order.target.pid,
			outcome: outcome.type,
			sentence: outcomeSentence(outcome, order.signal, seconds),
			seconds,
		};
		return [{type: 'record-outcome', number, facts}];
	});
}

/** What every look shows again is said once. */
function isRepeated(before: Outcome | undefined, after: Outcome): boolean {
	if (before?.type === 'not known' && after.type === 'not known') return before.since === after.since;
	return before?.type === 'still there' && after.type === 'still there';
}
