import type {Outcome} from '../../domain/signal/outcome.js';
import {sightingOf, signalledSentenceWithPid} from '../../domain/signal/signalled.js';
import type {State} from '../state.js';

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

/** Nobody has seen how it ended. */
const isOpen = ({type}: Outcome) => type === 'still there' || type === 'not known' || type === 'not seen';
