import {shownText} from '../../domain/session/words/shown-text.js';
import {orderedAt} from '../../domain/signal/outcome.js';
import {type Signalled, sightingOf, signalledSentence} from '../../domain/signal/signalled.js';
import {keyOf} from '../../domain/signal/target.js';
import {explanationOf} from '../../domain/signal/words.js';
import {timeOfDay} from '../../domain/text/format.js';
import {cut} from '../../domain/text/width.js';
import {wrap} from '../../domain/text/wrap.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import type {Page} from './page.js';

/** What was signalled in this run, and what came of it, in lines of `width` cells. */
export function signalsPage(state: State, width: number): Page {
	const {signals} = state.server;
	const lines =
		signals.length === 0
			? ['nothing was signalled yet']
			: [...signals].reverse().flatMap(signalled => linesOf(state, signalled, width));
	return {title: 'Signals of this run, newest first', fields: [], lines};
}

function linesOf(state: State, signalled: Signalled, width: number): readonly string[] {
	const {order, aimed, isUnrecorded, isResent} = signalled;
	const {backend} = aimed;
	const sighting = sightingOf(signalled);
	const zone = pictureOf(state)?.server.zone?.offsetSeconds ?? 0;
	const at = timeOfDay(orderedAt(order), zone);
	const who = `${backend.user ?? ''}@${backend.database ?? ''} ${backend.application ?? ''}`.trim();
	const why = sighting && explanationOf(sighting.outcome, order.signal);
	return [
		...wrap(`${at} ${keyOf[order.signal]} ${backend.pid} ${who}: ${signalledSentence(signalled)}`, width),
		...(why === undefined ? [] : wrap(why, width - 2).map(line => `  ${line}`)),
		...(isUnrecorded ? ['  not written to the audit file'] : []),
		...(isResent ? ["  sent once more, because the server's clock had jumped"] : []),
		...(backend.query ? twoLines(shownText(backend.query), width - 2).map(line => `  ${line}`) : []),
	];
}

function twoLines(text: string, width: number): readonly string[] {
	const [first = '', second, ...others] = wrap(text, width);
	if (second === undefined) return [first];
	return [first, others.length === 0 ? second : cut(`${second}~`, width)];
}
