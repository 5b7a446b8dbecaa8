import {cut, widthOf} from '../../domain/text/width.js';
import type {State} from '../../state/state.js';
import {openAlerts} from '../../tables/alerts.js';
import {fitLine, type Line} from '../line.js';
import {alertSpan} from './alert-span.js';

/** The worst alert, and at the right end how many more there are. */
export function alertLine(state: State, width: number): Line {
	const [worst, ...others] = openAlerts(state);
	if (!worst) return fitLine([], width);
	const more = others.length === 0 ? 'more: ' : `+${others.length} more: `;
	const room = width - gap - widthOf(`${more}!`);
	const {text, ...looks} = alertSpan(state, worst);
	const shown = cut(text, room);
	return [
		{text: shown, ...looks},
		{text: ' '.repeat(room - widthOf(shown) + gap) + more},
		{text: '!', styles: ['key']},
	];
}

/** Blanks before what stands at the right end. */
const gap = 3;
