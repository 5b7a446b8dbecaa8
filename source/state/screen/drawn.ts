import type {Frame} from '../list/frame.js';
import {drawnAfter} from '../list/seats.js';
import {questionDrawn} from '../signal/question/question-drawn.js';
import type {State} from '../state.js';
import {withHand, withScreen} from '../step.js';
import {namedAfter} from '../tree/select-root.js';
import {passwordLineDrawn, passwordLineGone} from './password-line.js';

/** A frame has reached the terminal. */
export function drawn(state: State, frame: Frame, now: number): State {
	const {secondK} = state.hand;
	const after = drawnAfter(state.screen, frame, now);
	const worst = namedAfter(state.screen.worst, frame.alerts, now);
	const isSame = after === state.screen.drawn && worst === state.screen.worst;
	const seen = isSame ? state : withScreen(state, {drawn: after, worst});
	const isRead = secondK && secondK.drawnAt === undefined && frame.signals?.includes(secondK.number);
	const read = isRead ? withHand(seen, {secondK: {...secondK, drawnAt: now}}) : seen;
	// A frame from before a change of size may be reported only after it. The next frame says what is there.
	const asked = frame.hasPasswordLine ? passwordLineDrawn(read) : passwordLineGone(read);
	return frame.hasQuestion ? questionDrawn(asked, frame.says, now) : asked;
}
