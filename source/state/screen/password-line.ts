import {isTooSmall} from '../../domain/list/window.js';
import {secret} from '../../domain/server/login-again.js';
import type {State} from '../state.js';
import {changeLayer, openLayer, withHand, withStatus} from '../step.js';
import type {PasswordLine} from './layers.js';

/** A password is asked for in the status line; not over what was opened since somebody wanted that. */
export function askForPassword(state: State, who: string): State {
	const {size} = state.screen;
	const [layer] = state.screen.layers;
	if (layer.type !== 'table' || isTooSmall(size)) return state;
	const line: PasswordLine = {type: 'password', who, typed: secret('')};
	return openLayer(withStatus(withHand(state, {armed: undefined}), {note: undefined}), line);
}

/** Until the line is on the screen what is typed was not meant for it. */
export function passwordLineDrawn(state: State): State {
	const [layer] = state.screen.layers;
	return layer.type === 'password' && !layer.isDrawn ? changeLayer(state, {...layer, isDrawn: true}) : state;
}

/** It has left the screen. */
export function passwordLineGone(state: State): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'password' || !layer.isDrawn) return state;
	const {isDrawn: _, ...line} = layer;
	return changeLayer(state, line);
}
