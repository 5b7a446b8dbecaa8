import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import type {Question} from '../../../../source/state/screen/layers.js';
import {backend, invisible, minute, noon, processOf, second, unread} from '../../../helpers/state/backend.js';
import {down, lookingAt, type Play, play} from '../../../helpers/state/play.js';
import {asks, commit, committing, isOpen, kinds, layer, sender, words} from '../../questions.js';

const ready = asks(sender).waits(500);

describe('while a question is open', () => {
	const others = [backend(1, {age: second}), backend(2, {age: minute})];
	const open = asks(committing, 'k', {others}).waits(5000);

	test('the order is held, values go on, and new sessions are counted', () => {
		const before = open.rows();
		const later = open.picture([
			backend(1, {age: 9000 * second}),
			backend(3),
			backend(4401, {...commit, application: 'later'}),
		]);
		expect(isOpen(later)).toBe(true);
		expect(later.rows().map(row => row.split(' ')[0])).toEqual(before);
		expect(later.rows()).toContain('2 gone');
		expect(later.state.screen.newSessions).toBe(1);
	});

	test('the order is renewed with the next picture once it is closed', () => {
		const sessions = [backend(1, {age: 9000 * second}), committing, backend(2, {age: minute})];
		const closed = open.picture(sessions).types('n').waits(60);
		expect(closed.picture(sessions).rows()[0]).toBe('1');
	});

	test('a held k answers it with no, once, and asks nothing again', () => {
		let held = lookingAt(sender).types('k').waits(50).reads(sender).draws();
		for (let times = 0; times < 60; times++) held = held.waits(33).types('k');
		expect(held.signals()).toEqual([]);
		expect(held.given('facts')).toHaveLength(1);
	});
});

describe('the facts', () => {
	const reading = lookingAt(committing).types('k').waits(50);

	test.each<[what: string, found: Backend | undefined]>([
		['nobody', undefined],
		['another session with its pid', backend(4401, {...commit, backendStart: noon})],
	])('of %s: it had ended already', (_, found) => {
		const closed = reading.reads(found);
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('4401 had ended already');
		expect(closed.draws().waits(2000).types('y').waits(60).signals()).toEqual([]);
	});

	test('of a session that the key is refused for now: the reason', () => {
		const idle = backend(4401, {state: 'idle'});
		const closed = lookingAt(committing).types('c').waits(50).reads(idle);
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('nothing to cancel: 4401 is idle. k ends the session');
	});

	test('that can not be read: nothing is done', () => {
		const closed = reading.does({type: 'facts-failed', why: 'canceling statement'});
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('not done: canceling statement');
	});

	test('of another pid open nothing', () => {
		const other = reading.does({
			type: 'facts-read',
			facts: [{pid: 1, inspection: {at: noon, reasons: [], backend: backend(1)}}],
		});
		expect(other.state).toBe(reading.state);
	});

	test('of the session that carries pgtop itself by now, behind a pooler: nothing is asked of it', () => {
		const own = reading.does({
			type: 'facts-read',
			facts: [
				{
					pid: 4401,
					isOwn: true,
					inspection: {at: noon, reasons: [], backend: committing, isOwn: true},
				},
			],
		});
		expect(layer(own)).toEqual({type: 'table'});
		expect(own.status()).toBe('that session carries pgtop itself now: nothing was sent');
	});
});

describe('the reason is that of the facts that were read', () => {
	test('one that is over is not given any more, and without one nothing is asked', () => {
		const reading = lookingAt(committing).types('k').waits(50);
		const read = reading.reads(backend(4401, {query: 'SELECT 1'}));
		expect(isOpen(read)).toBe(false);
		expect(read.status()).toBe('4401 does something else by now: nothing was sent, press it again');
		expect(read.signals()).toEqual([]);
	});

	test('that a query could not be read is over when it can be', () => {
		const read = lookingAt(unread(backend(4388)))
			.presses('k')
			.reads(backend(4388));
		expect(isOpen(read)).toBe(false);
		expect(read.status()).toBe('the query of 4388 can be read by now: nothing was sent, press it again');
		expect(read.signals()).toEqual([]);
	});

	test('one that has come up since is given', () => {
		const reading = lookingAt(backend(4401), {confirm: 'always'}).types('k').waits(50);
		expect(reading.reads(committing).question()).toContain('committed here');
	});

	test('one that only the server can see is given', () => {
		const reading = lookingAt(backend(4401), {confirm: 'always'}).types('k').waits(50);
		const behind = reading.reads(backend(4401), {reasons: ['comment']});
		expect(words(behind)).toContain('its command stands behind a comment longer than the server keeps');
		expect(words(reading.reads(backend(4401), {reasons: ['index']}))).toContain('CONCURRENTLY');
	});

	test('that the details are open stays one', () => {
		const session = backend(4401);
		const details = lookingAt(session).types('\r').reads(session).waits(1000);
		const question = details.types('k').waits(50).reads(session).question();
		expect(question).toContain('the details are open');
	});
});

test('what came of an earlier signal does not hide what is said of a question', () => {
	const first = lookingAt(backend(4388), {others: [committing]})
		.types('k')
		.waits(50)
		.sends();
	const second_ = first.types(down).looksAtIt().types('k').waits(50).reads(committing).draws();
	const told = second_.waits(400).sees(committing);
	expect(told.types('n').status()).toBe('k: no, nothing was sent to 4401');
});

describe('a question in a terminal that has become too small for it', () => {
	const small = {type: 'resized', size: {columns: 38, rows: 12}} as const;

	test('is answered with no', () => {
		const shrunk = ready.does(small);
		expect(isOpen(shrunk)).toBe(false);
		expect(shrunk.draws().waits(2000).types('y').waits(50).signals()).toEqual([]);
		expect(shrunk.status()).toBe('no room for the question: nothing was sent');
	});

	test('is not asked when its facts come afterwards', () => {
		const reading = lookingAt(sender).types('k').waits(50).does(small);
		const read = reading.reads(sender).draws().waits(2000).types('y').waits(50);
		expect(isOpen(read)).toBe(false);
		expect(read.signals()).toEqual([]);
	});
});

describe('--confirm', () => {
	const ordinary = backend(4388);
	test.each(['c', 'k'] as const)('always: %s asks for an ordinary session, too', key => {
		const open = asks(ordinary, key, {confirm: 'always'});
		expect(isOpen(open)).toBe(true);
		expect((layer(open) as Question).asked[0].reasons).toEqual([]);
		expect(open.waits(500).types('y').waits(50).signals()).toHaveLength(1);
		expect(open.waits(500).types('n').waits(50).signals()).toEqual([]);
	});

	test.each(kinds.map(([what, session]) => [what, session] as const))('always: %s', (_, session) => {
		expect(isOpen(asks(session, 'k', {confirm: 'always'}))).toBe(true);
	});

	const streaming = processOf(60, 'walsender', {state: 'active', query: 'START_REPLICATION 0/1'});
	const others = kinds.slice(1, 7).map(([what, session]) => [what, session] as const);
	test.each([['a walsender that streams', streaming] as const, ...others])(
		'never leaves out the question for what is no client session: %s',
		(_, session) => {
			expect(lookingAt(session, {confirm: 'never'}).types('k').waits(50).signals()).toHaveLength(1);
		},
	);

	const asked: readonly (readonly [string, Backend])[] = [
		// It may be a base backup, which does not come again by itself.
		['a walsender that shows no command', sender],
		...kinds.slice(7).map(([what, session]) => [what, session] as const),
		['a process that can not be verified', {...invisible(69), kind: 'unknown'}],
	];
	test.each(asked)('never leaves in that for %s', (_, session) => {
		expect(isOpen(asks(session, 'k', {confirm: 'never'}))).toBe(true);
	});

	test.each([
		['waits for the standby', {state: 'active', wait: {type: 'IPC', name: 'SyncRep'}}, /committed here/],
		['works concurrently', {state: 'active', query: 'REINDEX INDEX CONCURRENTLY i'}, /CONCURRENTLY/],
	] as const)('never still asks where a background worker %s', (_, facts, why) => {
		const worker = processOf(64, 'pg_cron', facts);
		const asking = lookingAt(worker, {confirm: 'never'}).types('k').waits(50).reads(worker);
		expect(asking.question()).toMatch(why);
		expect(asking.signals()).toEqual([]);
	});

	test('never sends nothing that is refused', () => {
		const checkpointer = lookingAt(processOf(51, 'checkpointer'), {confirm: 'never'});
		expect(checkpointer.types('k').waits(60).signals()).toEqual([]);
		const unselected: Play = play({confirm: 'never'}).picture([sender]);
		expect(unselected.types('k').waits(60).signals()).toEqual([]);
	});
});
