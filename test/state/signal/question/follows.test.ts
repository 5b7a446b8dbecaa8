import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {backend, idleBackend, noon, processOf, second} from '../../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';
import {asks, committing, isOpen, layer, reread, sender, words, works} from '../../questions.js';

const always = {confirm: 'always'} as const;

/** The `n`th of the queries that a busy client sends, each in a transaction of its own. */
const nth = (n: number, facts: Parameters<typeof backend>[1] = {}) =>
	backend(4211, {xactStart: noon + n * second, queryStart: noon + n * second, ...facts});

const y = (moment: Play) => moment.types('y').waits(50);

describe('a question is kept up to date by a look of its own, every second', () => {
	const inspects = (moment: Play) => moment.given('facts');
	const asked = lookingAt(nth(0), always).types('k').waits(50).reads(nth(0)).draws();

	/** Each look is answered at once. */
	const looks = (from: Play, times: number): readonly number[] => {
		let moment = from;
		for (let time = 0; time < times; time++) moment = reread(moment, nth(0));
		return moment.times('facts').map(at => at - from.now);
	};

	test('of its pid alone, without the whole text', () => {
		expect(inspects(reread(asked, nth(0)))).toEqual([1, 2].map(() => ({type: 'facts', pids: [4211]})));
	});

	test.each<[what: string, moment: Play]>([
		['at the usual interval', asked],
		['at an interval of a minute', asks(nth(0), 'k', {...always, interval: 60_000})],
		[
			'while the picture is held',
			lookingAt(nth(0), always).types('p').waits(60).types('k').waits(50).reads(nth(0)).draws(),
		],
	])('%s', (_, moment) => {
		expect(looks(moment, 5).slice(1)).toEqual([1000, 2000, 3000, 4000, 5000]);
	});

	test('and never while one is on its way, however long that takes', () => {
		const slow = asked.until('facts').waits(9000);
		expect(inspects(slow)).toHaveLength(2);
		expect(slow.reads(nth(0)).waits(999).given('facts')).toHaveLength(2);
		expect(slow.reads(nth(0)).waits(1000).given('facts')).toHaveLength(3);
	});

	test('a look that failed leaves it open, and is made again', () => {
		const failed = asked.until('facts').does({type: 'facts-failed', why: 'timeout'});
		expect(isOpen(failed)).toBe(true);
		expect(failed.waits(1000).given('facts')).toHaveLength(3);
		expect(works(y(failed.waits(500)))).toEqual(['transaction']);
	});

	test('and shows what there is now', () => {
		const later = nth(0, {query: 'SELECT later', application: 'later'});
		expect(reread(asked, later).question()).toContain('SELECT later');
		expect(reread(asked, nth(0), {xid: '77'}).question()).toContain('has written');
	});

	test('and no more once it is closed, or y has sent', () => {
		expect(inspects(asked.waits(600).types('n').waits(5000))).toHaveLength(1);
		expect(inspects(y(asked.waits(600)).waits(5000))).toHaveLength(1);
	});
});

describe('a question about k follows the session', () => {
	const asked = asks(nth(0), 'k', always);
	const moved = reread(asked, nth(1));

	test('while it shows the transaction that it was opened about y demands that one', () => {
		const still = reread(asked, nth(0, {queryStart: noon + 9 * second}));
		expect(words(still)).not.toContain('next transaction');
		expect(y(still.waits(500)).signals()).toMatchObject([
			{work: 'transaction', target: {xactStart: nth(0).xactStart}},
		]);
	});

	test('one that has gone on to its next transaction says so, and stays', () => {
		expect(isOpen(moved)).toBe(true);
		expect(moved.question().split('\n')[1]?.trim()).toBe('on its next transaction');
		expect(y(moved.waits(500)).signals()).toMatchObject([{work: 'session', target: {pid: 4211}}]);
	});

	test('then y demands the session alone, whatever it does by then: no comparison with a picture', () => {
		let busy = moved;
		for (let n = 2; n < 12; n++) busy = reread(busy, nth(n));
		expect(isOpen(busy)).toBe(true);
		expect(works(y(busy))).toEqual(['session']);
	});

	test('the time to read it begins anew, once', () => {
		expect(y(moved.waits(499)).signals()).toEqual([]);
		expect(moved.waits(499).types('y').status()).toMatch(/^y ignored: the question was not on the screen/);
		expect(works(y(reread(moved.waits(400), nth(2)).waits(100)))).toEqual(['session']);
		// Before it is drawn nobody has read it.
		const undrawn = asked.until('facts').reads(nth(1));
		expect(y(undrawn.waits(700)).signals()).toEqual([]);
	});

	test('a y that waits to be alone when it changes is not one', () => {
		const caught = asked.waits(960).types('y').until('facts').reads(nth(1));
		expect(caught.waits(600).signals()).toEqual([]);
		expect(caught.status()).toBe('y ignored: the question has just changed, press it again');
		expect(isOpen(caught)).toBe(true);
	});

	test('a reason that was not on it is read anew, and named in the order', () => {
		const waiting = reread(asked, nth(0, {wait: {type: 'IPC', name: 'SyncRep'}}));
		expect(words(waiting)).toContain('committed here');
		expect(y(waiting.waits(499)).signals()).toEqual([]);
		expect(y(waiting.waits(500)).signals()).toMatchObject([{asked: ['standby']}]);
	});

	test('a reason that is over is not named any more', () => {
		const over = reread(asks(committing), backend(4401, {query: 'SELECT 1'}));
		expect(isOpen(over)).toBe(true);
		expect(y(over.waits(500)).signals()).toMatchObject([{asked: []}]);
	});

	test('a reason with other words is read anew, too', () => {
		const prepared = backend(71, {query: "COMMIT PREPARED 'a'"});
		const changed = reread(asks(prepared), backend(71, {query: 'REINDEX TABLE CONCURRENTLY t'}));
		expect(words(changed)).toContain('CONCURRENTLY');
		expect(y(changed.waits(499)).signals()).toEqual([]);
	});

	test.each<[what: string, looked: Backend, now: Backend, says: string | undefined]>([
		['a transaction that is over', nth(0), idleBackend(4211), 'has ended that transaction since'],
		['its next query in the same one', nth(0), nth(0, {queryStart: noon}), undefined],
		[
			'a procedure that commits on the way, which is one query',
			backend(4211),
			backend(4211, {xactStart: noon}),
			undefined,
		],
		['what was idle and has begun a transaction', idleBackend(4211), nth(1), 'has begun a transaction since'],
		['what was idle and is idle', idleBackend(4211), idleBackend(4211, {queryStart: noon}), undefined],
		[
			'what was aborted and is over',
			backend(4211, {state: 'idle in transaction (aborted)'}),
			idleBackend(4211),
			'has ended that transaction since',
		],
		[
			'what is aborted still',
			backend(4211, {state: 'idle in transaction (aborted)'}),
			backend(4211, {state: 'idle in transaction (aborted)', stateChange: noon}),
			undefined,
		],
		[
			'a statement without a transaction, and the next one',
			backend(4211, {xactStart: undefined}),
			backend(4211, {xactStart: undefined, queryStart: noon}),
			'on its next query',
		],
		['a walsender, in whatever transaction', sender, {...sender, xactStart: noon}, undefined],
		[
			'an autovacuum worker, at its next table',
			processOf(61, 'autovacuum worker', {state: 'active', xactStart: noon}),
			processOf(61, 'autovacuum worker', {state: 'active', xactStart: noon + second}),
			undefined,
		],
	])('%s', (_, looked, now, says) => {
		const open = reread(asks(looked, 'k', always), now);
		const line = open.question().split('\n')[1]?.trim();
		if (says === undefined) expect(layer(open)).not.toHaveProperty('isMoved');
		else expect(line).toBe(says);
		expect(isOpen(open)).toBe(true);
	});

	test('at each step only what was shown counts: a procedure that goes on and on is one work', () => {
		let call = asks(backend(4211), 'k', always);
		for (let n = 1; n < 6; n++) call = reread(call, backend(4211, {xactStart: noon + n * second}));
		const [order] = y(call).signals();
		expect(order).toMatchObject({work: 'transaction', target: {xactStart: noon + 5 * second}});
	});

	test('the record is of what was shown last', () => {
		const facts = y(reread(asked, nth(0, {query: 'SELECT 9'})).waits(500)).given('signal')[0];
		expect(facts?.orders[0].facts.query).toBe('SELECT 9');
	});
});

describe('a question about c is about one query', () => {
	const call = backend(4211, {query: 'CALL commits_on_the_way()'});

	test('a CALL that commits on the way stays the same', () => {
		let open = asks(call, 'c', always);
		for (let n = 1; n < 4; n++) open = reread(open, {...call, xactStart: noon + n * second});
		expect(y(open).signals()).toMatchObject([{signal: 'cancel', work: 'query'}]);
	});

	test.each<[what: string, now: Backend, says: string]>([
		['another one runs', nth(1), '4211 has ended that query: nothing was sent'],
		['it is idle', idleBackend(4211), '4211 has ended that query: nothing was sent'],
		[
			'it is idle in its transaction, and its query_start is kept',
			backend(4211, {state: 'idle in transaction', query: 'CALL commits_on_the_way()'}),
			'4211 has ended that query: nothing was sent',
		],
	])('it closes when that is over: %s', (_, now, says) => {
		const open = reread(asks(call, 'c', always), now);
		expect(isOpen(open)).toBe(false);
		expect(open.status()).toBe(says);
		expect(open.signals()).toEqual([]);
	});
});
