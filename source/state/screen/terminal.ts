import {isTooSmall, type Size} from '../../domain/list/window.js';
import {keepWindow} from '../list/cursor.js';
import {grown, ungrown} from '../list/shown-columns.js';
import {identifyingWhileHeld} from '../server/link.js';
import {questionOnReturn} from '../signal/question/question-drawn.js';
import type {State} from '../state.js';
import {withHand, withScreen, withServer} from '../step.js';
import {passwordLineGone} from './password-line.js';

export function resized(state: State, size: Size): State {
	const {size: before} = state.screen;
	if (size.columns === before.columns && size.rows === before.rows) return state;
	const isSmall = isTooSmall(size);
	const ready = isSmall ? withHand(passwordLineGone(state), {armed: undefined}) : state;
	// At another width columns grow anew.
	const sized =
		size.columns === before.columns
			? withScreen(ready, {size})
			: grown(withScreen(ready, {size, grown: ungrown}));
	return keepWindow(state, sized);
}

/** The screen was another program's: nothing on it counts as looked at before a new picture is drawn. */
export function resumed(state: State, now: number): State {
	const blind = withScreen(passwordLineGone(questionOnReturn(state)), {drawn: undefined, blindSince: now});
	return withServer(withHand(blind, {armed: undefined}), {nextSampleAt: now, ...identifyingWhileHeld(state)});
}
