import {shortState} from '../../domain/session/states.js';
import {timeOf} from '../../domain/session/time.js';
import {shownText} from '../../domain/session/words/shown-text.js';
import {manyWords} from '../../domain/signal/many/many-words.js';
import {orderedAt} from '../../domain/signal/outcome.js';
import {type Signalled, sightingOf, signalledSentence} from '../../domain/signal/signalled.js';
import {keyOf} from '../../domain/signal/target.js';
import {explanationOf} from '../../domain/signal/words.js';
import {age, timeOfDay} from '../../domain/text/format.js';
import {cut} from '../../domain/text/width.js';
import {wrap} from '../../domain/text/wrap.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import type {Page} from './page.js';

/** What was signalled in this run, and what came of it, in lines of `width` cells. */
export function signalsPage(state: State, width: number): Page {
	const {signals} = state.server;
	const zone = pictureOf(state)?.server.zone?.offsetSeconds ?? 0;
	const lines = byKey(signals).flatMap(many => [
		...headLines(many, zone, width),
		...many.toReversed().flatMap(signalled => linesOnce(signalled, zone, width)),
	]);
	return {
		title: 'Signals of this run, newest first',
		fields: [],
		lines: signals.length === 0 ? ['nothing was signalled yet'] : lines,
	};
}

/** Those of the last key first. */
function byKey(signals: readonly Signalled[]): readonly (readonly Signalled[])[] {
	const keys = new Map<number, Signalled[]>();
	for (const one of signals) {
		const same = keys.get(one.pressedAt);
		if (same) same.push(one);
		else keys.set(one.pressedAt, [one]);
	}

	return [...keys.values()].reverse();
}

/** What came of several signals of one key, counted. */
function headLines(many: readonly Signalled[], zone: number, width: number): readonly string[] {
	const [first, other] = many;
	if (!first || !other) return [];
	const {order} = first;
	const at = timeOfDay(orderedAt(order), zone);
	return wrap(`${at} ${keyOf[order.signal]} on ${many.length} sessions: ${manyWords(many)}`, width);
}

type Told = {readonly zone: number; readonly width: number; readonly lines: readonly string[]};

/** There may be thousands of signals, and each key that scrolls asks for their lines. */
const toldBefore = new WeakMap<Signalled, Told>();

function linesOnce(signalled: Signalled, zone: number, width: number): readonly string[] {
	const before = toldBefore.get(signalled);
	if (before?.zone === zone && before.width === width) return before.lines;
	const lines = linesOf(signalled, zone, width);
	toldBefore.set(signalled, {zone, width, lines});
	return lines;
}

function linesOf(signalled: Signalled, zone: number, width: number): readonly string[] {
	const {order, aimed, isUnrecorded, isResent, locks} = signalled;
	const {backend} = aimed;
	const sighting = sightingOf(signalled);
	const at = timeOfDay(orderedAt(order), zone);
	const who = `${backend.user ?? ''}@${backend.database ?? ''} ${backend.application ?? ''}`.trim();
	const time = timeOf(backend, aimed.at);
	const did = [
		...(backend.state === undefined ? [] : [shortState(backend.state)]),
		...(typeof time === 'number' ? [age(time)] : []),
	].join(' ');
	const whom = [who, ...(did === '' ? [] : [did]), ...(locks?.blocks ? [`blocks ${locks.blocks}`] : [])];
	const why = sighting && explanationOf(sighting.outcome, order.signal);
	return [
		...wrap(
			`${at} ${keyOf[order.signal]} ${backend.pid} ${whom.join(', ')}: ${signalledSentence(signalled)}`,
			width - 2,
		).map((line, index) => (index === 0 ? line : `  ${line}`)),
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
