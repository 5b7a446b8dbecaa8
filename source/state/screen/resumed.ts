import {passwordLineGone} from '../keys/password-line.js';
import {identifyingWhileHeld} from '../server/link.js';
import {questionOnReturn} from '../signal/question/question-drawn.js';
import type {State} from '../state.js';
import {withHand, withScreen, withServer} from '../step.js';

/** The screen was another one's: nothing on it counts as looked at before a new picture is drawn. */
export function resumed(state: State, now: number): State {
	const blind = withScreen(passwordLineGone(questionOnReturn(state)), {drawn: undefined, blindSince: now});
	return withServer(withHand(blind, {armed: undefined}), {nextSampleAt: now, ...identifyingWhileHeld(state)});
}
