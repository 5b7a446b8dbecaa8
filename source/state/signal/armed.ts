import type {Aimed} from '../../domain/signal/aimed.js';
import {keyOf, type Signal, type Work} from '../../domain/signal/target.js';
import type {Verdict} from '../../domain/signal/verdict/verdict.js';
import type {Some} from '../../domain/some.js';
import {whyNoSignals} from '../../tables/why-no-signals.js';
import type {Deadline} from '../deadline.js';
import {ignoreKey, sayFirst} from '../screen/note.js';
import type {State} from '../state.js';
import {withHand} from '../step.js';
import type {Aim} from './aim.js';
import {aloneFor} from './alone.js';
import {ask, closeByItself, reasonsOf} from './question/ask.js';
import {orderAll, send} from './send.js';
import type {InSight} from './sight.js';

/** Makes a key wait: when nothing follows it, it acts or asks first. */
export function arm(
	state: State,
	signal: Signal,
	{aimed, others}: InSight,
	verdict: Verdict,
	work: Work,
	now: number,
): State {
	const isAsked = reasonsOf(state, verdict).length + others.length > 0 || state.settings.confirm === 'always';
	const aim: Aim = isAsked
		? {type: 'ask', signal, aimed: [aimed], others}
		: {type: 'send', ordered: orderAll(state, signal, [{aimed, work, asked: []}], now)};
	return withHand(state, {armed: {key: keyOf[signal], at: now, aim}});
}

/** The same for all that is tagged, which is always asked about. */
export const armTagged = (state: State, signal: Signal, aimed: Some<Aimed>, now: number): State =>
	withHand(state, {
		armed: {key: keyOf[signal], at: now, aim: {type: 'ask', signal, aimed, others: [], isTagged: true}},
	});

/** Something followed the key at once, so it was not alone. */
export function disarm(state: State, now: number): State {
	const {armed} = state.hand;
	if (!armed) return state;
	return ignoreKey(withHand(state, {armed: undefined}), armed.key, 'it came together with other keys', now);
}

/** The rules are others than when the key was pressed: the server has changed in between. */
const notSent = (state: State, why: string, now: number): State =>
	state.screen.layers[0].type === 'question'
		? closeByItself(state, `${why}: nothing was sent`, now)
		: sayFirst(state, why, now);

/** Nothing has followed the key: it was pressed alone, and acts. */
export const armedKey: Deadline = {
	name: 'armed key',
	at: ({hand: {armed}}) => armed && armed.at + aloneFor,
	act(state, now) {
		const {armed} = state.hand;
		const fired = withHand(state, {armed: undefined});
		if (!armed || state.server.link.type !== 'up') return [fired, []];
		const whyNot = whyNoSignals(state);
		if (whyNot !== undefined) return [notSent(fired, whyNot, now), []];
		return armed.aim.type === 'send' ? send(fired, armed.aim, armed.at, now) : ask(fired, armed.aim, now);
	},
};
