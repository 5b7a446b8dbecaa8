import type {Ordered} from './aimed.js';
import type {Seen} from './look.js';
import {isUnsent, type Outcome} from './outcome.js';
import type {Freed} from './waiters/freed.js';
import {outcomeSentence, sentenceWithPid} from './words.js';

/** What was seen last of a signal's effect, and when, in milliseconds of the store's clock. */
export type Sighting<Of extends Outcome = Outcome> = {readonly outcome: Of; readonly seenAt: number};

/** The server said that the signal was sent, or nobody knows whether it was. */
export type Watched = {
	readonly type: 'watched';
	/** Looks are counted from here: the key; where no answer came, the loss of the connection, and then its return. */
	readonly since: number;
	/** How many looks were asked for; undefined when no more are, and pictures alone tell. */
	readonly looks?: number;
	/** No answer has come: nobody knows whether it was sent. */
	readonly isUnknown: boolean;
	/** What the server saw of the session when it sent the signal. */
	readonly found?: Seen;
	/** When the session was last seen to be still at it; at first, when the answer came or the connection was lost. */
	readonly lastSeenAt: number;
	/** What was said of the signal so far; may change. */
	readonly sighting?: Sighting;
};

/** A look has shown the outcome. What that has done to locks is being read. */
export type ReadingLocks = {
	readonly type: 'locks';
	/** The outcome, still without what is to be read. */
	readonly ended: Sighting<Extract<Outcome, {type: 'ended' | 'query ended'}>>;
	/** The locks that an aborted transaction still holds are being read. */
	readonly isHeldAwaited?: true;
	/** When those who had waited for the session are looked at. */
	readonly lookAt?: number;
	/** When that look was asked for. */
	readonly askedAt?: number;
	/** What was said of the signal before. */
	readonly sighting?: Sighting;
};

export type SignalPhase =
	/** The server has not answered yet. */
	| {readonly type: 'asked'}
	| Watched
	| ReadingLocks
	/** Nothing more is looked for. */
	| {readonly type: 'over'; readonly sighting: Sighting};

/** A signal of this run, from the key until nothing more is looked for. Times are milliseconds of the store's clock. */
export type Signalled = Ordered & {
	/** When the key that sends was pressed. */
	readonly pressedAt: number;
	/** The audit file could not be written. */
	readonly isUnrecorded?: true;
	/** It was tagged: the signal came of a question about all that were. */
	readonly isTagged?: true;
	/** Of the first of several that one key was for: what was seen last of all who had waited for those that have ended. */
	readonly freedByAll?: Freed;
	/** Sent once more, because the server's clock had jumped. */
	readonly isResent?: true;
	/** How much is known of what came of the signal. */
	readonly phase: SignalPhase;
};

export const sightingOf = ({phase}: Signalled): Sighting | undefined =>
	phase.type === 'asked' ? undefined : phase.sighting;

/** The server has sent the signal, as far as anybody knows, or may still send it. */
export const mayBeSent = ({phase}: Signalled): boolean =>
	phase.type !== 'over' || !isUnsent(phase.sighting.outcome);

/** An end was seen, and those who had waited for that session count among those that the same key has set free. */
export function keepsWaiters({isTagged, phase}: Signalled): boolean {
	if (!isTagged) return false;
	const type = phase.type === 'over' ? phase.sighting.outcome.type : undefined;
	return phase.type === 'locks' || type === 'ended' || type === 'query ended';
}

/** The same signal once nothing more is looked for: this outcome was seen. */
export function concluded({locks, ...signalled}: Signalled, outcome: Outcome, seenAt: number): Signalled {
	const over: Signalled = {...signalled, phase: {type: 'over', sighting: {outcome, seenAt}}};
	return locks ? {...over, locks: keepsWaiters(over) ? locks : {...locks, blocked: []}} : over;
}

/** From the key to what was seen, in seconds. */
export const secondsOf = ({pressedAt}: Signalled, {seenAt}: Sighting): number => (seenAt - pressedAt) / 1000;

/** The sentence on what came of a signal, or on the wait while nothing has. */
export function signalledSentence(signalled: Signalled): string {
	const {order, phase} = signalled;
	const sighting = sightingOf(signalled);
	if (sighting) return outcomeSentence(sighting.outcome, order.signal, secondsOf(signalled, sighting));
	return phase.type === 'asked' ? "waiting for the server's answer" : 'was signalled, not seen to end yet';
}

/** The same without what became of others: a row has room for its own fate. */
export function ownSentence(signalled: Signalled): string {
	const sighting = sightingOf(signalled);
	if (sighting?.outcome.type !== 'ended') return signalledSentence(signalled);
	const {freed: _, ...outcome} = sighting.outcome;
	return outcomeSentence(outcome, signalled.order.signal, secondsOf(signalled, sighting));
}

/** The same with the pid, for where the sentence stands alone. */
export function signalledSentenceWithPid(signalled: Signalled): string {
	const {order, phase} = signalled;
	const {pid} = order.target;
	const sighting = sightingOf(signalled);
	if (sighting) return sentenceWithPid(pid, sighting.outcome, order.signal, secondsOf(signalled, sighting));
	return `${pid}${phase.type === 'asked' ? ':' : ''} ${signalledSentence(signalled)}`;
}
