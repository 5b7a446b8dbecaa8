import type {Outcome} from '../../domain/signal/outcome.js';
import {secondsOf, sightingOf} from '../../domain/signal/signalled.js';
import {outcomeSentence} from '../../domain/signal/words.js';
import type {Command} from '../command.js';
import type {State} from '../state.js';

/** A line in the audit file for every outcome that was not known before. That a session is still there is said once. */
export function recordOutcomes(before: State, after: State): readonly Command[] {
	if (before.server.signals === after.server.signals) return [];
	const earlier = before.server.signals;
	const lines: Command[] = [];
	let index = 0;
	for (const signalled of after.server.signals) {
		const {order} = signalled;
		const {number} = order;
		// Both are in the order of their numbers, and in one of them some may be missing.
		while ((earlier[index]?.order.number ?? Infinity) < number) index++;
		const known = earlier[index];
		if (known === signalled) continue;
		const sighting = sightingOf(signalled);
		if (!sighting) continue;
		const {outcome} = sighting;
		const said = known?.order.number === number ? sightingOf(known)?.outcome : undefined;
		if (outcome.type === 'not sent' || said === outcome || isRepeated(said, outcome)) continue;
		const seconds = Math.round(secondsOf(signalled, sighting) * 1000) / 1000;
		const facts = {
			pid: order.target.pid,
			outcome: outcome.type,
			sentence: outcomeSentence(outcome, order.signal, seconds),
			seconds,
		};
		lines.push({type: 'record-outcome', number, facts});
	}

	return lines;
}

/** Whether a look only shows again what has its line already. */
function isRepeated(before: Outcome | undefined, after: Outcome): boolean {
	if (before?.type === 'not known' && after.type === 'not known') return before.since === after.since;
	return before?.type === 'still there' && after.type === 'still there';
}
