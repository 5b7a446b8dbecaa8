import {isTooSmall} from '../../domain/list/window.js';
import {secret} from '../../domain/text/secrets/secret.js';
import type {State} from '../state.js';
import {changeLayer, openLayer, withHand, withStatus} from '../step.js';
import type {PasswordLine} from './layers.js';

/** Asks for a password in the status line, but not over what a person has opened since `r` was pressed. */
export function askForPassword(state: State, who: string): State {
	const {size} = state.screen;
	const [layer] = state.screen.layers;
	if (layer.type !== 'table' || isTooSmall(size)) return state;
	const line: PasswordLine = {type: 'password', who, typed: secret('')};
	return openLayer(withStatus(withHand(state, {armed: undefined}), {note: undefined}), line);
}

/** What was typed before the line is on the screen was not meant for it. */
export function passwordLineDrawn(state: State): State {
	const [layer] = state.screen.layers;
	return layer.type === 'password' && !layer.isDrawn ? changeLayer(state, {...layer, isDrawn: true}) : state;
}

/** The line has left the screen, so what is typed is not meant for it. */
export function passwordLineGone(state: State): State {
	const [layer] = state.screen.layers;
	if (layer.type !== 'password' || !layer.isDrawn) return state;
	const {isDrawn: _, ...line} = layer;
	return changeLayer(state, line);
}
