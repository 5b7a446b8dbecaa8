import type {Outcome} from '../../domain/signal/outcome.js';
import {sightingOf, signalledSentenceWithPid} from '../../domain/signal/signalled.js';
import type {State} from '../state.js';

/** What was wanted has come of it. */
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
