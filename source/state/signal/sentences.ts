import type {Outcome} from '../../domain/signal/outcome.js';
import {sightingOf, signalledSentenceWithPid} from '../../domain/signal/signalled.js';
import type {State} from '../state.js';

/** The signal has done what was wanted. */
const isGood = ({type}: Outcome) =>
	type === 'ended' || type === 'query ended' || type === 'stopped waiting' || type === 'ended by k';

/** What the status line says of the signal sent last, until another key is pressed. */
export function signalSentence({
	server,
	status,
}: State): {readonly text: string; readonly isBad: boolean} | undefined {
	const signalled = server.signals.find(({order}) => order.number === status.signal);
	if (!signalled) return undefined;
	const sighting = sightingOf(signalled);
	return {
		text: signalledSentenceWithPid(signalled),
		isBad: sighting !== undefined && !isGood(sighting.outcome),
	};
}

/** Number of the signal whose outcome the status line says, if it says one. */
export function saidSignal({server, status: {note, signal}}: State): number | undefined {
	const signalled = server.signals.find(({order}) => order.number === signal);
	const isSaid = server.link.type === 'up' && note?.until === undefined;
	return isSaid && signalled && sightingOf(signalled) ? signal : undefined;
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
