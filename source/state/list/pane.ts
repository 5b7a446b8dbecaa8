import {layoutFor} from '../../domain/list/window.js';
import type {State} from '../state.js';
import {withScreen} from '../step.js';
import {keepWindow} from './cursor.js';

/** How many lines the pane under the list has; 0 where there is none. */
export const paneHeight = ({screen: {size, showsPane}}: State) => layoutFor(size.rows, showsPane).paneLines;

/** Shows or hides the pane. From then on the height of the terminal does not decide. */
export const togglePane = (state: State): State =>
	keepWindow(state, withScreen(state, {showsPane: paneHeight(state) === 0}));
