import type {Outcome} from '../../domain/signal/outcome.js';
import {secondsOf, sightingOf} from '../../domain/signal/signalled.js';
import {outcomeSentence} from '../../domain/signal/words.js';
import type {Command} from '../command.js';
import type {State} from '../state.js';

/** A line in the audit file for every outcome that was not known before. That a session is still there is said once. */
export function recordOutcomes(before: State, after: State): readonly Command[] {
	if (before.server.signals === after.server.signals) return [];
	const known = new Map(before.server.signals.map(one => [one.order.number, sightingOf(one)?.outcome]));
	return after.server.signals.flatMap((signalled): readonly Command[] => {
		const {order} = signalled;
		const {number} = order;
		const sighting = sightingOf(signalled);
		if (!sighting) return [];
		const {outcome} = sighting;
		if (outcome.type === 'not sent' || known.get(number) === outcome) return [];
		if (isRepeated(known.get(number), outcome)) return [];
		const seconds = Math.round(secondsOf(signalled, sighting) * 1000) / 1000;
		const facts = {
			pid: order.target.pid,
			outcome: outcome.type,
			sentence: outcomeSentence(outcome, order.signal, seconds),
			seconds,
		};
		return [{type: 'record-outcome', number, facts}];
	});
}

/** Whether a look only shows again what has its line already. */
function isRepeated(before: Outcome | undefined, after: Outcome): boolean {
	if (before?.type === 'not known' && after.type === 'not known') return before.since === after.since;
	return before?.type === 'still there' && after.type === 'still there';
}
