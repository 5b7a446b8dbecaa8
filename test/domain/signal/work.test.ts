import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../source/domain/session/backend.js';
import {targetOf, type Work} from '../../../source/domain/signal/target.js';
import {isSameQuery, isSameWork, workOf} from '../../../source/domain/signal/work.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	processOf,
	second,
	seenOf,
} from '../../helpers/state/backend.js';

const aborted = 'idle in transaction (aborted)';
const fastpath = 'fastpath function call';

describe('what a session is at', () => {
	test.each<[what: string, one: Backend, work: Work]>([
		['in a fastpath call', backend(1, {state: fastpath}), 'call'],
		[
			'in a fastpath call outside of a transaction',
			backend(1, {state: fastpath, xactStart: undefined}),
			'call',
		],
		['aborted', backend(1, {state: aborted}), 'aborted'],
		['aborted behind a savepoint', backend(1, {state: aborted, xactStart: noon}), 'aborted'],
		['active in a transaction', backend(1), 'transaction'],
		['idle in a transaction', backend(1, {state: 'idle in transaction'}), 'transaction'],
		['active without one', backend(1, {xactStart: undefined}), 'statement'],
		['idle', idleBackend(1), 'idle'],
		['logging in', backend(1, {state: 'starting'}), 'login'],
		['not tracked', backend(1, {state: 'disabled'}), 'session'],
		['in a state that is not known', backend(1, {state: 'dreaming'}), 'session'],
		['without a state', backend(1, {state: undefined}), 'session'],
		['not to be seen', invisible(1), 'session'],
		['a walsender', processOf(1, 'walsender', {state: 'active'}), 'session'],
		[
			'an autovacuum worker, which commits all the time',
			processOf(1, 'autovacuum worker', {state: 'active', xactStart: noon}),
			'session',
		],
	])('%s', (_, one, work) => {
		expect(workOf('terminate', one)).toBe(work);
		// A cancel is for the query, whatever else goes on.
		expect(workOf('cancel', one)).toBe('query');
	});
});

describe('the same text', () => {
	const batch = backend(1);
	const next = {...batch, queryStart: noon};
	const {hash: _, ...untold} = batch;
	const {hash: __, ...untoldNext} = next;

	test.each<[what: string, looked: Backend, seen: Backend, isSame: boolean]>([
		['is the same query inside of a transaction', batch, next, true],
		['is not, where the picture could not tell it', untold, next, false],
		['is not, where neither can tell it', untold, untoldNext, false],
		['need not be known while the query has not ended', untold, untold, true],
	])('%s', (__, looked, seen, isSame) => {
		expect(isSameQuery(targetOf(looked), seenOf(seen))).toBe(isSame);
	});
});

/** The table of the specification, row by row: what was looked at, and what is seen of the same session later. */
describe('k holds for', () => {
	const call = backend(1, {state: fastpath, stateChange: noon - second});
	const bareCall = backend(1, {state: fastpath, xactStart: undefined, stateChange: noon - second});
	const failed = backend(1, {state: aborted});
	const failedLater = backend(1, {state: aborted, xactStart: noon - minute});
	const inBlock = backend(1, {state: 'idle in transaction'});
	const busy = backend(1);
	const bare = backend(1, {xactStart: undefined});
	const idle = idleBackend(1);
	const login = backend(1, {state: 'starting', xactStart: undefined, queryStart: undefined});
	const later = {xactStart: noon, queryStart: noon, stateChange: noon};
	const {xactStart} = busy;

	test.each<[what: string, looked: Backend, seen: Backend, isSame: boolean]>([
		['a fastpath call: the same one', bareCall, bareCall, true],
		['a fastpath call: the next one', bareCall, {...bareCall, stateChange: noon}, false],
		['a fastpath call: its transaction, at a query by now', call, backend(1, {...later, xactStart}), true],
		['a fastpath call: one in another transaction', call, backend(1, {state: fastpath, ...later}), false],
		[
			'a fastpath call without a transaction: none has begun since',
			bareCall,
			idleBackend(1, {stateChange: noon}),
			false,
		],

		['an aborted transaction: still aborted', failed, {...failed, stateChange: noon}, true],
		['an aborted transaction: over', failed, idle, false],
		['an aborted transaction: another one', failed, backend(1, later), false],
		['an aborted transaction behind a savepoint: the same', failedLater, failedLater, true],
		[
			'an aborted transaction behind a savepoint: back in it after ROLLBACK TO',
			failedLater,
			backend(1, {state: 'idle in transaction', xactStart: noon - minute}),
			true,
		],
		[
			'an aborted transaction behind a savepoint: another one',
			failedLater,
			backend(1, {state: aborted, xactStart: noon}),
			false,
		],
		['an aborted transaction behind a savepoint: aborted as a whole', failedLater, failed, false],

		['idle in a transaction: the same', inBlock, inBlock, true],
		[
			'idle in a transaction: its next query',
			inBlock,
			backend(1, {queryStart: noon, stateChange: noon}),
			true,
		],
		[
			'idle in a transaction: the next one',
			inBlock,
			backend(1, {state: 'idle in transaction', ...later}),
			false,
		],
		['idle in a transaction: over', inBlock, idle, false],
		[
			'idle in a transaction: another one that runs, with the same query_start',
			inBlock,
			backend(1, {xactStart: noon}),
			false,
		],

		['active in a transaction: the same query', busy, busy, true],
		['active in a transaction: its next query', busy, backend(1, {queryStart: noon}), true],
		['active in a transaction: idle in it by now', busy, inBlock, true],
		['active in a transaction: aborted', busy, failed, false],
		[
			'a procedure that commits on the way: one query, and the next transaction',
			busy,
			backend(1, {xactStart: noon}),
			true,
		],
		['a procedure between two transactions', busy, bare, true],
		[
			'active in a transaction: over, and its query_start is kept',
			busy,
			idleBackend(1, {queryStart: busy.queryStart}),
			false,
		],
		['active in a transaction: another query in another one', busy, backend(1, later), false],

		['active without a transaction: the same query', bare, bare, true],
		['active without a transaction: the same query, in one by now', bare, busy, true],
		[
			'active without a transaction: another query',
			bare,
			backend(1, {...later, xactStart: undefined}),
			false,
		],
		['active without a transaction: over', bare, idleBackend(1, {queryStart: bare.queryStart}), false],
		[
			'active without any start: active without any',
			backend(1, {xactStart: undefined, queryStart: undefined}),
			backend(1, {xactStart: undefined, queryStart: undefined, stateChange: noon}),
			true,
		],

		['idle: idle', idle, idleBackend(1, {queryStart: noon, stateChange: noon}), true],
		[
			'idle: in a transaction that may be writing by now',
			idle,
			backend(1, {state: 'idle in transaction', ...later}),
			false,
		],
		[
			'idle: active before it has a transaction',
			idle,
			backend(1, {xactStart: undefined, queryStart: noon}),
			false,
		],
		['idle: active in a transaction', idle, backend(1, later), false],
		['idle: in a fastpath call without a transaction', idle, bareCall, true],
		['idle: in a fastpath call in a transaction', idle, call, false],

		['a login: still logging in', login, login, true],
		['a login: done', login, idle, false],
		['what is not tracked: whatever it does', backend(1, {state: 'disabled'}), backend(1, later), true],
		['what can not be seen: whatever it does', invisible(1), invisible(1), true],
	])('%s', (_, looked, seen, isSame) => {
		expect(isSameWork(workOf('terminate', looked), targetOf(looked), seenOf(seen))).toBe(isSame);
	});

	test('the session alone, whatever it does, where no more is demanded', () => {
		for (const seen of [busy, idle, call, failed, login])
			expect(isSameWork('session', targetOf(inBlock), seenOf(seen))).toBe(true);
	});
});

describe('c holds for', () => {
	const query = backend(1);
	const call = backend(1, {state: fastpath, stateChange: noon - second});

	test.each<[what: string, looked: Backend, seen: Backend, isSame: boolean]>([
		['the same query', query, query, true],
		['the same query, which has been at it for longer', query, {...query, stateChange: noon}, true],
		['a portal that is fetched in pieces', query, backend(1, {queryStart: noon}), true],
		['the same text in another transaction', query, backend(1, {queryStart: noon, xactStart: noon}), false],
		['another text in the same transaction', query, backend(1, {queryStart: noon, query: 'COMMIT'}), false],
		['one query of a procedure that commits on the way', query, backend(1, {xactStart: noon}), true],
		[
			'one that has ended and keeps its query_start',
			query,
			backend(1, {state: 'idle in transaction'}),
			false,
		],
		['one that was followed by a fastpath call', query, backend(1, {state: fastpath}), false],
		['the same fastpath call', call, call, true],
		['the next fastpath call, behind the same query', call, {...call, stateChange: noon}, false],
		['a fastpath call that was followed by a query', call, query, false],
		[
			'the same text outside of a transaction, run anew',
			backend(1, {xactStart: undefined}),
			backend(1, {xactStart: undefined, queryStart: noon}),
			false,
		],
		['one that may not be seen', invisible(1), invisible(1), true],
		['one that may be seen since', invisible(1), query, false],
	])('%s', (_, looked, seen, isSame) => {
		expect(isSameQuery(targetOf(looked), seenOf(seen))).toBe(isSame);
		expect(isSameWork('query', targetOf(looked), seenOf(seen))).toBe(isSame);
	});
});
