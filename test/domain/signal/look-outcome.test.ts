import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {outcomeOfLook} from '../../../source/domain/signal/look-outcome.js';
import {expiresAfter, type Now} from '../../../source/domain/signal/outcome.js';
import {type Order, type Signal, targetOf} from '../../../source/domain/signal/target.js';
import {workOf} from '../../../source/domain/signal/work.js';
import {backend, idleBackend, invisible, noon, second, seenOf} from '../../helpers/state/backend.js';

const session = backend(4388);

const order = (signal: Signal, one = session): Order => ({
	number: 1,
	signal,
	target: targetOf(one),
	expiresAt: noon + expiresAfter,
	work: workOf(signal, one),
	asked: [],
});

const lookAt = (ordered: Order, seen: Backend | undefined) =>
	outcomeOfLook(ordered, {...(seen && {seen: seenOf(seen)})});

const inClientRead = {wait: {type: 'Client', name: 'ClientRead'}};

describe('of a look after c', () => {
	const portal = {queryStart: noon};
	const call = backend(4388, {state: 'fastpath function call', stateChange: noon - second});

	test.each<[what: string, seen: Backend | undefined, now: Now | undefined]>([
		['the same query still runs', session, undefined],
		['the same text in the same transaction, from a portal or a batch', backend(4388, portal), undefined],
		['the same text in the next transaction', backend(4388, {...portal, xactStart: noon}), 'next query'],
		['another text in the same transaction', backend(4388, {...portal, query: 'COMMIT'}), 'next query'],
		['one query of a procedure, in its next transaction', backend(4388, {xactStart: noon}), undefined],
		['a fastpath call of its transaction', call, 'next query'],
		['idle', idleBackend(4388), 'idle'],
		[
			'idle, and its query_start is still that of the query',
			idleBackend(4388, {queryStart: session.queryStart}),
			'idle',
		],
		['idle in transaction', backend(4388, {state: 'idle in transaction'}), 'in transaction'],
		[
			'idle in its next transaction',
			backend(4388, {state: 'idle in transaction', xactStart: noon}),
			'next transaction',
		],
		['aborted as a whole', backend(4388, {state: 'idle in transaction (aborted)'}), 'aborted'],
		[
			'aborted behind a savepoint, which keeps its start and its locks',
			backend(4388, {state: 'idle in transaction (aborted)', xactStart: session.xactStart}),
			'in transaction',
		],
		[
			'aborted in its next transaction, behind a savepoint',
			backend(4388, {state: 'idle in transaction (aborted)', xactStart: noon}),
			'next transaction',
		],
		[
			'active, without a transaction, waiting for its client: the driver holds back its Sync',
			backend(4388, {...inClientRead, xactStart: undefined}),
			'client waits',
		],
		[
			'the same, with a new start of a query',
			backend(4388, {...inClientRead, xactStart: undefined, queryStart: noon}),
			'client waits',
		],
		[
			'active, in its transaction, waiting for its client: a portal that is fetched in pieces',
			backend(4388, inClientRead),
			undefined,
		],
		[
			'active without a transaction, at something else',
			backend(4388, {...portal, xactStart: undefined}),
			'other',
		],
		['a state that is not known', backend(4388, {state: 'dreaming'}), 'other'],
		['what it runs may not be seen', {...session, ...invisible(4388), id: session.id}, undefined],
		['what it runs is not tracked any more', backend(4388, {state: 'disabled'}), undefined],
	])('%s', (_, seen, now) => {
		expect(lookAt(order('cancel'), seen)).toEqual(now === undefined ? undefined : {type: 'query ended', now});
	});

	test('the next fastpath call is not the one that was cancelled', () => {
		const cancelled = order('cancel', call);
		expect(lookAt(cancelled, call)).toBeUndefined();
		expect(lookAt(cancelled, {...call, stateChange: noon})).toEqual({type: 'query ended', now: 'next query'});
	});
});

describe.each<Signal>(['cancel', 'terminate'])('of a look after a %s the session has ended', signal => {
	test.each<[what: string, seen: Backend | undefined]>([
		['when no backend has its pid', undefined],
		['when one with another start has it', backend(4388, {backendStart: noon})],
		['when one of another role has it', backend(4388, {userId: 11})],
	])('%s', (_, seen) => {
		expect(lookAt(order(signal), seen)).toEqual({type: 'ended'});
	});
});

test('after k nothing but its end is an outcome', () => {
	for (const seen of [session, idleBackend(4388), backend(4388, {queryStart: noon, xactStart: noon})])
		expect(lookAt(order('terminate'), seen)).toBeUndefined();
});

test.each([
	['more', invisible(4388), backend(4388)],
	['less', backend(4388), invisible(4388)],
])(
	'a session of which %s is to be seen by now has not ended, another role’s with its pid has',
	(_, target, seen) => {
		expect(lookAt(order('terminate', target), seen)).toBeUndefined();
		expect(lookAt(order('terminate', target), {...seen, userId: 99})).toEqual({type: 'ended'});
	},
);

test('a session whose login was not done is the same one when it has an owner', () => {
	const login = backend(4388, {state: 'starting', userId: undefined, user: undefined});
	expect(lookAt(order('terminate', login), session)).toBeUndefined();
	expect(lookAt(order('terminate', login), backend(4388, {backendStart: noon}))).toEqual({type: 'ended'});
});
