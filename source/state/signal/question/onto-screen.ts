import type {Question} from '../../screen/layers.js';
import type {State} from '../../state.js';
import {changeLayer} from '../../step.js';
import {closeByItself} from './ask.js';
import {hasCome, reasonsIn} from './asked.js';

/** With the last of the first facts the question comes to the screen. They may leave nothing to ask. */
export function ontoScreen(state: State, before: Question, question: Question, now: number): State {
	if (!hasCome(question) || hasCome(before)) return changeLayer(state, question);
	const isAsked = question.isTagged || reasonsIn(question).length + question.others.length > 0;
	if (isAsked || state.settings.confirm === 'always') return changeLayer(state, {...question, openedAt: now});
	const whys = question.asked.map(({aimed: {backend}}) =>
		backend.isUnread
			? `the query of ${backend.pid} can be read by now`
			: `${backend.pid} does something else by now`,
	);
	return closeByItself(state, `${whys.join(', ')}: nothing was sent, press it again`, now);
}
