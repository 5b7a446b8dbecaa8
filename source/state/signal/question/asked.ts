import type {Inspection} from '../../../domain/session/inspection.js';
import type {Reason} from '../../../domain/signal/verdict/reason.js';
import {mapSome, type Some, someOf} from '../../../domain/some.js';
import type {Asked, Question} from '../../screen/layers.js';
import type {ScreenState} from '../../state.js';

/** A session whose facts have come. */
export type Read = Asked & {readonly facts: Inspection};

const isRead = (asked: Asked): asked is Read => asked.facts !== undefined;

/** Why a tagged session gets no signal: it is not there any more. */
export const gone = 'gone';

/** A tagged session that is not there any more. */
export const isGone = ({leftOut}: Asked): boolean => leftOut === gone;

/** The facts of all have come, as far as there are any. Before that the question is not on the screen. */
export const hasCome = ({asked}: Question): boolean =>
	asked.every(one => isRead(one) || one.leftOut !== undefined);

/** The sessions that a yes signals, once the facts of all have come. */
export const aimedIn = (question: Question): Some<Read> | undefined =>
	hasCome(question)
		? someOf(question.asked.filter((one): one is Read => isRead(one) && one.leftOut === undefined))
		: undefined;

/** The question whose facts have not all come. The status line says so, and nothing else. */
export const unreadQuestion = ({layers: [layer]}: ScreenState): Question | undefined =>
	layer.type === 'question' && !hasCome(layer) ? layer : undefined;

/** y was pressed, and not every answer has come. */
export const isSent = ({asked}: Question): boolean => asked.some(({sent}) => sent !== undefined);

/** The facts of a session have to be read anew before the question can be answered. */
export const isOld = ({asked}: Question): boolean => asked.some(one => one.isOld);

/** Every reason once, by the facts of all sessions. */
export const reasonsIn = ({asked}: Question): readonly Reason[] => {
	const all = asked.flatMap(({reasons, leftOut}) => (leftOut === undefined ? reasons : []));
	return all.filter(({text}, index) => all.findIndex(one => one.text === text) === index);
};

/** As sentences name the sessions of a question. */
export const whoIn = ({asked, isTagged}: Question): string =>
	isTagged ? `${asked.length} tagged` : asked.map(({aimed}) => aimed.backend.pid).join(', ');

/** The session of a question with this pid. */
export const askedOn = ({asked}: Question, pid: number): Asked | undefined =>
	asked.find(({aimed}) => aimed.backend.pid === pid);

/** The question with another state of one of its sessions. */
export const withAsked = (question: Question, after: Asked): Question => ({
	...question,
	asked: mapSome(question.asked, one => (one.aimed.backend.id === after.aimed.backend.id ? after : one)),
});

/** The question without one of its sessions; undefined where no other is left. */
export const withoutAsked = (question: Question, {aimed}: Asked): Question | undefined => {
	const others = someOf(question.asked.filter(one => one.aimed.backend.id !== aimed.backend.id));
	return others && {...question, asked: others};
};
