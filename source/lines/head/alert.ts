import {lockGraphOf} from '../../domain/locks/lock-graph.js';
import {cut, widthOf} from '../../domain/text/width.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import {rootFromHere} from '../../state/tree/root-from-here.js';
import {openAlerts} from '../../tables/alerts.js';
import {fitLine, type Line} from '../line.js';
import {alertSpan} from './alert-span.js';

/** The worst alert, and at the right end the key that leads to it, where there is room, and how many more there are. */
export function alertLine(state: State, width: number): Line {
	const [worst, ...others] = openAlerts(state);
	if (!worst) return fitLine([], width);
	const more = others.length === 0 ? 'more: ' : `+${others.length} more: `;
	const room = width - gap - widthOf(`${more}!`);
	const hint = worst.name === 'blocked' ? rootHint(state) : '';
	const taken = hint === '' ? 0 : widthOf(`b${hint}`) + gap;
	const whole = alertSpan(state, worst);
	const isWhole = worst.short === undefined || widthOf(whole.text) + taken <= room;
	const {text, ...looks} = isWhole ? whole : alertSpan(state, {...worst, text: worst.short});
	const hasHint = hint !== '' && widthOf(text) + taken <= room;
	const shown = cut(text, room);
	const blanks = ' '.repeat(room - widthOf(shown) - (hasHint ? taken - gap : -gap));
	const key: Line = [{text: 'b', styles: ['key']}, {text: `${hint}${' '.repeat(gap)}`}];
	return [
		{text: shown, ...looks},
		...(hasHint ? [{text: blanks}, ...key, {text: more}] : [{text: blanks + more}]),
		{text: '!', styles: ['key']},
	];
}

/** Blanks before what stands at the right end. */
const gap = 3;

/** What b does now. */
function rootHint(state: State): string {
	const picture = pictureOf(state);
	const root = rootFromHere(state);
	if (!picture || !root) return '';
	const {selected} = state.screen;
	// There is no other root.
	if (root.id === selected) return '';
	const pid = picture.backends.find(({id}) => id === root.id)?.pid;
	const isOnRoot = selected !== undefined && lockGraphOf(picture).roots.includes(selected);
	return `: ${isOnRoot ? 'next' : 'select'} ${pid ?? 'prepared'}`;
}
