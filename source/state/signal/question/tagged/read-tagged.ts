import type {Backend} from '../../../../domain/session/backend.js';
import type {Inspected, Inspection} from '../../../../domain/session/inspection.js';
import {whyNotSignalled} from '../../../../domain/session/rights.js';
import {isWithoutQuery} from '../../../../domain/session/states.js';
import {targetOf} from '../../../../domain/signal/target.js';
import type {Reason} from '../../../../domain/signal/verdict/reason.js';
import {isSameWork, seenIn, workOf} from '../../../../domain/signal/work.js';
import {mapSome} from '../../../../domain/some.js';
import {matchesIn} from '../../../find/filter-of.js';
import {pictureOf} from '../../../picture.js';
import type {Asked, Question} from '../../../screen/layers.js';
import type {State} from '../../../state.js';
import {closeByItself, reasonsOf} from '../ask.js';
import {aimedIn, gone, hasCome, isGone} from '../asked.js';
import {verdictOf} from '../follow.js';
import {sayAnew} from '../leave-out.js';
import {ontoScreen} from '../onto-screen.js';
import {kindsIn} from './kinds-in.js';
import {notPermitted, notSignalledWords, whyNotPermitted} from './not-signalled-words.js';

/** Takes in what was read of tagged sessions. Those that get no signal stay, and the question tells how many they are. A tag is on the session: what that does is told, and does not have to be read anew. */
export function readTagged(
	state: State,
	question: Question,
	facts: readonly Inspected[],
	now: number,
): State {
	const read = new Map(facts.map(one => [one.pid, one]));
	const asked = mapSome(question.asked, one => {
		const found = read.get(one.aimed.backend.pid);
		return found ? taken(state, question, one, found, now) : one;
	});
	const after = {...question, asked};
	if (hasCome(after) && !aimedIn(after)) {
		const why = whyNotPermitted(after, state.server.rights);
		const words = [...notSignalledWords(asked), ...(why === undefined ? [] : [why])];
		return closeByItself(state, `nothing was sent: ${words.join(', ')}`, now);
	}

	const isNew = kindsIn(after).some(id => !kindsIn(question).includes(id));
	return hasCome(question) && isNew ? sayAnew(state, after, now) : ontoScreen(state, question, after, now);
}

function taken(
	state: State,
	question: Question,
	asked: Asked,
	{inspection, isOwn}: Inspected,
	now: number,
): Asked {
	const {aimed, leftOut} = asked;
	const {isOld: _, ...read} = {...asked, askedAt: now};
	if (isGone(asked) || (question.signal === 'cancel' && leftOut !== undefined)) return read;
	if (isOwn) return {...read, leftOut: 'pgtop has it from a pooler'};
	if (inspection?.backend.id === aimed.backend.id) return followed(state, question, read, inspection, now);
	return {
		...read,
		leftOut: isSeenOtherwise(aimed.backend, inspection?.backend) ? 'seen otherwise now' : gone,
	};
}

/** Rights were granted or revoked since: then it can't be told whether it is the same session. */
const isSeenOtherwise = (before: Backend, after: Backend | undefined) =>
	after !== undefined && after.isVisible !== before.isVisible && after.userId === before.userId;

/** Who is listed against the filter may have been tagged for one that matches. */
const notInFilter: Reason = {
	id: 'filter',
	text: 'not in the filter: it was listed all the same',
	short: 'not in the filter',
};

function isOutOfFilter(state: State, backend: Backend): boolean {
	const picture = pictureOf(state);
	return picture !== undefined && matchesIn(state)?.(backend, picture) === false;
}

const isRefused = ({server: {rights}}: State, {signal}: Question, backend: Backend) =>
	rights !== undefined && whyNotSignalled(backend, rights, signal) !== undefined;

function followed(
	state: State,
	question: Question,
	{leftOut: _, isElsewhere: __, ...asked}: Asked,
	facts: Inspection,
	now: number,
): Asked {
	const {backend} = facts;
	const {signal} = question;
	const verdict = verdictOf(state, question, facts);
	const isOver =
		signal === 'cancel' &&
		asked.facts !== undefined &&
		!isSameWork('query', targetOf(asked.facts.backend), seenIn(backend));
	if (isOver) return {...asked, leftOut: 'that query is over'};
	if (verdict.type === 'refuse') {
		const leftOut = signal === 'cancel' && isWithoutQuery(backend.state) ? 'without a query' : verdict.why;
		return {...asked, facts, reasons: [], leftOut};
	}

	if (isRefused(state, question, backend)) return {...asked, facts, reasons: [], leftOut: notPermitted};
	const reasons = [...reasonsOf(state, verdict), ...(isOutOfFilter(state, backend) ? [notInFilter] : [])];
	const isAdded =
		asked.facts !== undefined && reasons.some(({id}) => asked.reasons.every(before => before.id !== id));
	const tagged = state.screen.tags.get(backend.id)?.backend ?? asked.aimed.backend;
	const isSame = isSameWork(workOf('terminate', tagged), targetOf(tagged), seenIn(backend));
	return {
		...asked,
		facts,
		reasons,
		work: signal === 'cancel' ? 'query' : 'session',
		...(isAdded && {added: {at: now, before: asked.reasons}}),
		...(!isSame && {isElsewhere: true}),
	};
}
