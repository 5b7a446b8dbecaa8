import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import type {Answer, HeldBy} from '../../../source/domain/signal/look.js';
import {sinceUnknown, stillThere} from '../../../source/domain/signal/look-outcome.js';
import {
	type Change,
	expiresAfter,
	type Outcome,
	outcomeOfAnswer,
} from '../../../source/domain/signal/outcome.js';
import {type Order, type Signal, targetOf, type Work} from '../../../source/domain/signal/target.js';
import {workOf} from '../../../source/domain/signal/work.js';
import {backend, idleBackend, invisible, noon, second, seenOf} from '../../helpers/state/backend.js';

const session = backend(4388);

const order = (signal: Signal, one = session, work: Work = workOf(signal, one)): Order => ({
	number: 1,
	signal,
	target: targetOf(one),
	expiresAt: noon + expiresAfter,
	work,
	asked: [],
});

type Facts = Omit<Answer & {type: 'answered'}, 'type' | 'held'>;
const row = (one: Backend, at = noon): Facts => ({at, seen: seenOf(one)});
const answered = (facts: Facts, ...held: readonly HeldBy[]): Answer => ({type: 'answered', held, ...facts});

describe('the deadline', () => {
	test('is 3 s', () => {
		expect(expiresAfter).toBe(3 * second);
	});

	test.each([3.000001, 4.1, 60])(
		'a statement that the server got %d s after the key is too late',
		seconds => {
			const answer = answered(row(session, noon + seconds * second), 'time');
			expect(outcomeOfAnswer(order('terminate'), answer)).toEqual({type: 'too late', seconds});
		},
	);

	test('is told before what has changed, which may have done so after it', () => {
		const answer = answered(row(idleBackend(4388), noon + 9 * second), 'time', 'work', 'standby');
		expect(outcomeOfAnswer(order('cancel'), answer)).toEqual({type: 'too late', seconds: 9});
	});
});

test('behind a pooler the session may be our own by then: that is no lateness, and no other transaction', () => {
	for (const signal of ['cancel', 'terminate'] as const) {
		const answer = answered({...row(session), isOwn: true}, 'work', 'time');
		expect(outcomeOfAnswer(order(signal), answer)).toEqual({
			type: 'failed',
			reason: 'that session carries pgtop itself now. Press it again',
		});
	}
});

test('of another server nothing is said of the session, whatever has its pid there', () => {
	for (const held of [['server'], ['session', 'server', 'time', 'work']] as const) {
		const answer = answered(row(backend(4388, {backendStart: noon})), ...held);
		expect(outcomeOfAnswer(order('terminate'), answer)).toEqual({
			type: 'failed',
			reason: 'another server answers, or it was restarted',
		});
	}
});

describe('of an answer', () => {
	test.each<[what: string, signal: Signal, answer: Answer, outcome: Outcome | undefined]>([
		['sent: only looking shows more', 'terminate', answered({...row(session), sent: true}), undefined],
		[
			'sent, late: it was sent all the same',
			'terminate',
			answered({...row(session, noon + 9 * second), sent: true}),
			undefined,
		],
		['no row', 'cancel', answered({}), {type: 'had ended already', isPidReused: false}],
		[
			'another session with the same pid',
			'cancel',
			answered(row(backend(4388, {backendStart: noon})), 'session', 'work'),
			{type: 'had ended already', isPidReused: true},
		],
		[
			'another session with the same pid, after the deadline',
			'cancel',
			answered(row(backend(4388, {backendStart: noon}), noon + 9 * second), 'session', 'time'),
			{type: 'had ended already', isPidReused: true},
		],
		[
			'the process went in between',
			'terminate',
			answered({...row(session), sent: false, warning: 'PID 4388 is not a PostgreSQL backend process'}),
			{type: 'no such process', warning: 'PID 4388 is not a PostgreSQL backend process'},
		],
		[
			'denied',
			'terminate',
			{type: 'denied', reason: 'must be a superuser'},
			{type: 'denied', reason: 'must be a superuser'},
		],
		[
			'failed',
			'terminate',
			{type: 'failed', reason: 'out of memory'},
			{type: 'failed', reason: 'out of memory'},
		],
		['not known', 'terminate', {type: 'unknown'}, {type: 'not known'}],
		[
			'a reason to ask that has come',
			'terminate',
			answered(row(session), 'standby'),
			{type: 'held back', reasons: ['standby']},
		],
		[
			'more than one',
			'cancel',
			answered(row(session), 'index', 'statement'),
			{type: 'held back', reasons: ['index', 'statement']},
		],
		[
			'a reason to ask, of what is at something else: that is said first',
			'cancel',
			answered(row(idleBackend(4388)), 'work', 'standby'),
			{type: 'changed', what: 'idle', seen: seenOf(idleBackend(4388)), at: noon},
		],
	])('%s', (_, signal, answer, outcome) => {
		expect(outcomeOfAnswer(order(signal), answer)).toEqual(outcome);
	});

	const inState = (state: string, facts = {}) => backend(4388, {state, ...facts});
	const later = {xactStart: noon, queryStart: noon, stateChange: noon};

	test.each<[what: string, signal: Signal, looked: Backend, now: Backend, changed: Change]>([
		['another query runs', 'cancel', session, backend(4388, {...later, query: 'COMMIT'}), 'query'],
		['a fastpath call runs', 'cancel', session, inState('fastpath function call', later), 'query'],
		['the query has ended', 'cancel', session, idleBackend(4388), 'idle'],
		['the query has ended within its transaction', 'cancel', session, inState('idle in transaction'), 'idle'],
		['another transaction runs', 'terminate', session, backend(4388, {xactStart: noon}), 'transaction'],
		['the transaction has ended', 'terminate', session, idleBackend(4388), 'transaction'],
		[
			'what was aborted is over',
			'terminate',
			inState('idle in transaction (aborted)'),
			idleBackend(4388),
			'transaction',
		],
		['what was idle is in a transaction', 'terminate', idleBackend(4388), session, 'transaction begun'],
		[
			'what was idle runs something without a transaction',
			'terminate',
			idleBackend(4388),
			backend(4388, {xactStart: undefined}),
			'statement begun',
		],
		[
			'what ran without a transaction has ended',
			'terminate',
			backend(4388, {xactStart: undefined}),
			idleBackend(4388),
			'statement',
		],
		[
			'the fastpath call has ended',
			'terminate',
			inState('fastpath function call', {xactStart: undefined}),
			idleBackend(4388, {stateChange: noon}),
			'call',
		],
		['the login is done', 'terminate', inState('starting'), idleBackend(4388), 'login'],
	])('held back, because %s', (_, signal, looked, now, what) => {
		expect(outcomeOfAnswer(order(signal, looked), answered(row(now), 'work'))).toEqual({
			type: 'changed',
			what,
			seen: seenOf(now),
			at: noon,
		});
	});
});

describe('rights that were granted or revoked between the look and the key', () => {
	test.each([
		['more', invisible(4388), backend(4388)],
		['less', backend(4388), invisible(4388)],
	])('when %s is to be seen it is neither another session nor has it ended', (_, target, seen) => {
		expect(outcomeOfAnswer(order('terminate', target), answered(row(seen), 'session'))).toEqual({
			type: 'failed',
			reason: 'what this role may see of it has changed. Press it again',
		});
	});
});

describe('of a signal that may have been sent, and of which no answer came', () => {
	test.each<[what: string, signal: Signal, seen: Backend | undefined, since: string]>([
		['it is gone', 'terminate', undefined, 'gone'],
		['another session has its pid', 'terminate', backend(4388, {backendStart: noon}), 'gone'],
		['it is still there', 'terminate', session, 'there'],
		['it runs what it ran', 'cancel', session, 'there'],
		['its query has ended', 'cancel', idleBackend(4388), 'query ended'],
		['it is in another transaction', 'terminate', backend(4388, {xactStart: noon}), 'there'],
	])('%s', (_, signal, seen, since) => {
		const look = {pid: 4388, at: noon, ...(seen && {seen: seenOf(seen)})};
		expect(sinceUnknown(order(signal), look)).toEqual({type: 'not known', since});
	});
});

describe('of a session that is still at it', () => {
	const clientRead = {type: 'Client', name: 'ClientRead'};
	test.each<[what: string, seen: Backend, outcome: Partial<Outcome>]>([
		['its state', session, {state: 'active'}],
		[
			'what it waits for',
			backend(4388, {wait: {type: 'IO', name: 'DataFileRead'}}),
			{state: 'active', wait: {type: 'IO', name: 'DataFileRead'}},
		],
		[
			'that a portal waits for its client',
			backend(4388, {wait: clientRead}),
			{state: 'active', wait: clientRead, isWithClient: true},
		],
		[
			'and not that of what waits for its client with nothing to run',
			backend(4388, {wait: clientRead, state: 'idle in transaction'}),
			{state: 'idle in transaction', wait: clientRead},
		],
		[
			'nor of what is being written to its client',
			backend(4388, {wait: {type: 'Client', name: 'ClientWrite'}}),
			{state: 'active', wait: {type: 'Client', name: 'ClientWrite'}},
		],
		['nothing that may not be seen', invisible(4388), {}],
	])('it tells %s', (_, seen, outcome) => {
		expect(stillThere({pid: 4388, at: noon, seen: seenOf(seen)})).toEqual({type: 'still there', ...outcome});
	});
});

describe('the target', () => {
	test('is what the guard compares, and no text', () => {
		const {id, pid, userId, backendStart, xactStart, queryStart, stateChange, state, hash} = session;
		expect(targetOf(session)).toEqual({
			id,
			pid,
			userId,
			backendStart,
			xactStart,
			queryStart,
			stateChange,
			state,
			hash,
		});
	});

	test('has nothing that may not be seen', () => {
		const hidden = invisible(4388);
		expect(targetOf(hidden)).toEqual({id: hidden.id, pid: 4388, userId: 10});
		expect(hidden.query).toBeUndefined();
	});
});
