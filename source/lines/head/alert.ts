import {cut, widthOf} from '../../domain/text/width.js';
import type {State} from '../../state/state.js';
import {openAlerts} from '../../tables/alerts.js';
import {fitLine, type Line} from '../line.js';

/** The worst alert, and how many more there are. */
export function alertLine(state: State, width: number): Line {
	const [worst, ...others] = openAlerts(state);
	if (!worst) return fitLine([], width);
	const more =
		others.length === 0 ? '   more: !' : `   +${others.length} alert${others.length === 1 ? '' : 's'}: !`;
	const text = `! ${cut(worst.text, width - 2 - widthOf(more))}`;
	return fitLine([{text: `${text}${more}`, styles: ['bold', 'open']}], width);
}
