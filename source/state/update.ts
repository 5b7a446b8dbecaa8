import type {Action} from './action.js';
import {ifDue} from './deadline.js';
import {wake} from './deadlines.js';
import {pressEarly, typed} from './keys/press.js';
import {copied} from './screen/details/copy.js';
import {inspected, inspectFailed, readDetails} from './screen/details/details.js';
import {formatted} from './screen/details/formatted.js';
import {drawn} from './screen/drawn.js';
import {quitting} from './screen/quit.js';
import {resized, resumed} from './screen/terminal.js';
import {linked, linkFailed, linkLost} from './server/link.js';
import {rightsFailed, rightsRead} from './server/rights.js';
import {namesFailed, namesRead} from './server/rules/names.js';
import {sampled, sampleFailed} from './server/sample.js';
import {processesRead, readProcesses} from './server/sessions/processes.js';
import {answered, unanswered} from './signal/answered.js';
import {recordOutcomes} from './signal/audit-lines.js';
import {closeIfTooSmall} from './signal/question/ask.js';
import {factsFailed, factsRead} from './signal/question/facts-read.js';
import {unrecorded} from './signal/question/unrecorded.js';
import {locksRead, withoutLocks} from './signal/watch/locks.js';
import {lookFailed} from './signal/watch/looks.js';
import {waitingRead} from './signal/watch/waiters.js';
import {looked, notSeen} from './signal/watch/watch.js';
import type {State} from './state.js';
import {andThen, type Step, withHand, withScreen} from './step.js';

/**
The only place where the state changes: what happened at `now`, and what is to be carried out because of it.

Returns the same state when nothing changed.
*/
export function update(state: State, action: Action, now: number): Step {
	const [after, commands] = andThen(happen(state, action, now), next => pressEarly(next, now));
	const records = recordOutcomes(state, after);
	const told = untaggedNow(state, action, after, now);
	return [counted(state, told, now), records.length === 0 ? commands : [...commands, ...records]];
}

/** No key has untagged what was tagged until now. */
const untaggedNow = (before: State, {type}: Action, after: State, now: number): State =>
	type !== 'bytes' && before.screen.tags.size > 0 && after.screen.tags.size === 0
		? withHand(after, {untaggedAt: now})
		: after;

/** What the screen says of the connection is counted from now on: until now, it may have counted hours. */
const counted = (before: State, after: State, now: number): State =>
	after.server.link === before.server.link ? after : withScreen(after, {clock: now});

function happen(state: State, action: Action, now: number): Step {
	switch (action.type) {
		case 'wake':
			return wake(state, now);
		case 'bytes':
			return withDue(typed(state, action.bytes, now), now);
		case 'drawn':
			return [drawn(state, action.frame, now), []];
		case 'resized':
			return [closeIfTooSmall(resized(state, action.size), now), []];
		case 'resumed':
			return withDue([resumed(state, now), []], now);
		case 'linked':
			return withDue([linked(state, action, now), []], now);
		case 'link-failed':
			return [linkFailed(state, action, now), []];
		case 'lost':
			return [linkLost(state, action, now), []];
		case 'sampled':
			return andThen(andThen(sampled(state, action.snapshot, now), readDetails), readProcesses);
		case 'sample-failed':
			return [sampleFailed(state, action, now), []];
		case 'processes-read':
			return [processesRead(state, action.uses), []];
		case 'rights-read':
			return [rightsRead(state, action.rights, now), []];
		case 'rights-failed':
			return [rightsFailed(state, action.why, now), []];
		case 'names-read':
			return [namesRead(state, action.names), []];
		case 'names-failed':
			return [namesFailed(state), []];
		case 'answered':
			// This may be the answer that q waited for.
			return ifDue(answered(state, action.number, action.answer, now), quitting, now);
		case 'unrecorded':
			return unrecorded(state, action.numbers, action.why, now);
		case 'inspected':
			return inspected(state, action.inspected);
		case 'inspect-failed':
			return [inspectFailed(state, action.pid, action.why), []];
		case 'facts-read':
			return [factsRead(state, action.facts, now), []];
		case 'facts-failed':
			return [factsFailed(state, action.why, now), []];
		case 'formatted':
			return [formatted(state, action.of, action.text), []];
		case 'copied':
			return [copied(state, action), []];
		case 'looked':
			return looked(state, action.looks, now);
		case 'look-failed':
			return [lookFailed(state, now), []];
		case 'locks-read':
			return [locksRead(state, action.number, action.locks), []];
		case 'waiting-read':
			return [waitingRead(state, action.numbers, action.locks, action.looks), []];
		case 'leaving':
			return [left(state, now), []];
	}
}

/** Gives an outcome to every signal that nobody will look at any more. */
const left = (state: State, now: number): State => notSeen(unanswered(withoutLocks(state), now), now);

/** A refresh that was asked for starts now, not at the next wake. An armed key waits for its wake all the same. */
function withDue(step: Step, now: number): Step {
	return andThen(step, after => (after.hand.armed ? [after, []] : wake(after, now)));
}
