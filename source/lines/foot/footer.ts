import {widthOf} from '../../domain/text/width.js';
import type {State} from '../../state/state.js';
import {keymap} from '../../tables/keymap.js';
import {fitLine, type Line} from '../line.js';

/** While the facts of a question are read. */
const takeBackHint = 'Esc Ctrl-C q  no, nothing is sent';

/** While a password is typed. */
const passwordHint = 'Enter log in  Esc back  Ctrl-C quit  Ctrl-U erase it  Ctrl-W a word';

/** The keys that do something now. Where not all fit, those before help and quit go first. */
export function footerLine(state: State, width: number): Line {
	const [layer] = state.screen.layers;
	if (layer.type === 'question') return fitLine([{text: takeBackHint, styles: ['dim']}], width);
	if (layer.type === 'password') return fitLine([{text: passwordHint, styles: ['dim']}], width);
	const hints = keymap
		.filter(({layers}) => layers.includes(layer.type))
		.map(({hint}) => hint?.(state))
		.filter(hint => hint !== undefined);
	while (hints.length > 2 && widthOf(hints.join('  ')) > width) hints.splice(-3, 1);
	return fitLine([{text: hints.join('  '), styles: ['dim']}], width);
}
