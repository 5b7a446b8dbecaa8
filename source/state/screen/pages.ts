import {clampTop, pageLines} from '../../domain/list/window.js';
import {shownText} from '../../domain/session/shown-text.js';
import {orderedAt} from '../../domain/signal/outcome.js';
import {type Signalled, sightingOf, signalledSentence} from '../../domain/signal/signalled.js';
import {keyOf} from '../../domain/signal/target.js';
import {explanationOf} from '../../domain/signal/words.js';
import {timeOfDay} from '../../domain/text/format.js';
import {cut} from '../../domain/text/width.js';
import {wrap} from '../../domain/text/wrap.js';
import {alerts, allAlerts, unalarmed} from '../../tables/alerts.js';
import {keyRows} from '../../tables/keymap.js';
import type {State} from '../state.js';
import {detailsPage} from './details-page.js';
import {type Layer, shownLayer} from './layers.js';

/** A name and what stands for it: a row of a still table. */
export type Field = {readonly name: string; readonly value: string};

/** What an overlay shows: rows of a table, and under them lines of text. Both scroll as one. */
export type Page = {
	readonly title: string;
	readonly fields: readonly Field[];
	readonly lines: readonly string[];
};

/** What is on the screen instead of the list, if anything is. */
export function pageOf(state: State): Page | undefined {
	const layer = shownLayer(state.screen.layers);
	const {columns} = state.screen.size;
	switch (layer.type) {
		case 'table':
		case 'password':
		case 'question':
			return undefined;
		case 'help':
			return {
				title: `pgtop ${state.settings.version}  c cancels a query, k ends a session, both through SQL`,
				fields: keyRows.map(({key, does}) => ({name: key, value: does})),
				lines: [],
			};
		case 'signals':
			return {title: 'Signals of this run, newest first', fields: [], lines: signalLines(state, columns)};
		case 'alerts':
			return {title: 'Alerts, the worst first', fields: alertFields(state, columns), lines: []};
		case 'details':
			return detailsPage(layer, columns, state.server);
	}
}

/** The same overlay, scrolled; never further than to its last line. */
export function scrolled(state: State, by: 'line' | 'page' | 'end', direction: 1 | -1): Layer {
	const {size} = state.screen;
	const [layer] = state.screen.layers;
	const page = pageOf(state);
	if (!page || !('top' in layer)) return layer;
	const height = pageLines(size.rows);
	const count = page.fields.length + page.lines.length;
	const far = {line: 1, page: height, end: count}[by];
	return {...layer, top: clampTop(layer.top + direction * far, height, count)};
}

function signalLines(state: State, width: number): readonly string[] {
	const {signals} = state.server;
	if (signals.length === 0) return ['nothing was signalled yet'];
	return [...signals].reverse().flatMap(signalled => linesOf(state, signalled, width));
}

function linesOf({server}: State, signalled: Signalled, width: number): readonly string[] {
	const {order, aimed, isUnrecorded, isResent} = signalled;
	const {backend} = aimed;
	const sighting = sightingOf(signalled);
	const zone = server.snapshot?.server.zone?.offsetSeconds ?? 0;
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

/** One alert may take several rows of the table: what to grant must not be cut. Then what was looked at, and what was not. */
function alertFields(state: State, width: number): readonly Field[] {
	const {inOrder, unchecked} = unalarmed(state);
	const said: readonly (readonly [name: string, text: string, others: readonly string[]])[] = [
		...allAlerts(state).map(
			({name, text, more, next}) => [name, text, [more, next].filter(words => words !== undefined)] as const,
		),
		...(inOrder.length === 0 ? [] : [['in order', inOrder.join('; '), []] as const]),
		...(unchecked.length === 0 ? [] : [['not checked', unchecked.join('; '), []] as const]),
	];
	const nameWidth = Math.max(...alerts.map(({name}) => name.length), ...said.map(([name]) => name.length));
	return said.flatMap(([name, text, others]) =>
		[
			...wrap(text, width - nameWidth - 4),
			...others.flatMap(words => wrap(words, width - nameWidth - 6).map(line => `  ${line}`)),
		].map((value, index) => ({name: index === 0 ? name : '', value})),
	);
}
