import {describe, expect, test} from 'vitest';
import type {Backend} from '../../source/domain/backend.js';
import type {Question} from '../../source/state/state.js';
import {backend, idleBackend, invisible, minute, noon, processOf, second} from '../helpers/backend.js';
import {down, esc, lookingAt, type Play, play} from '../helpers/play.js';

const commit = {query: 'COMMIT', wait: {type: 'IPC', name: 'SyncRep'}};
const sender = processOf(60, 'walsender', {state: 'active'});
const committing = backend(4401, commit);
const layer = ({state}: Play) => state.screen.layer;
const isOpen = (moment: Play) => layer(moment).type === 'question';

/** The question about this session is on the screen since now. */
const asks = (session: Backend, key: 'c' | 'k' = 'k', start: Parameters<typeof lookingAt>[1] = {}) =>
	lookingAt(session, start).types(key).waits(50).reads(session).draws();
const asked = asks(sender);
const ready = asked.waits(300);

const kinds: readonly (readonly [what: string, session: Backend, why: RegExp])[] = [
	['a walsender', sender, /a walsender: /],
	['an autovacuum worker', processOf(61, 'autovacuum worker', {state: 'active'}), /autovacuum worker/],
	['the autovacuum launcher', processOf(62, 'autovacuum launcher'), /the autovacuum launcher/],
	['a logical replication worker', processOf(63, 'logical replication apply worker'), /subscription/],
	['an extension’s worker', processOf(64, 'pg_cron launcher'), /pg_cron launcher/],
	['a type that pgtop does not know', processOf(65, 'slotsync worker'), /slotsync worker/],
	['a process without a type', processOf(66, ''), /no client session/],
	['a state that pgtop does not know', backend(67, {state: 'dreaming'}), /dreaming/],
	['a session without a state', backend(68, {state: undefined}), /state/],
	['a session that this role may not see', invisible(69), /pg_read_all_stats/],
	['a commit that waits for its standby', committing, /committed here/],
	['CREATE INDEX CONCURRENTLY', backend(70, {query: 'CREATE INDEX CONCURRENTLY ON t (a)'}), /CONCURRENTLY/],
	['COMMIT PREPARED', backend(71, {query: "COMMIT PREPARED 'a'"}), /prepared transaction/],
];

describe.each(['c', 'k'] as const)('%s asks first', key => {
	test.each(kinds)('%s: the facts are read, shown, and only y sends', (_, session, why) => {
		const pressed = lookingAt(session).types(key);
		expect(pressed.given('inspect')).toEqual([]);
		const reading = pressed.waits(50);
		expect(reading.given('inspect')).toEqual([{type: 'inspect', pid: session.pid, isWhole: false}]);
		expect(reading.question()).toBe('');
		const open = reading.waits(40).reads(session);
		const verb = key === 'c' ? 'cancel the query of' : 'end the session of';
		expect(open.question().split('\n')[0]?.trimEnd()).toBe(`${key}: ${verb} ${session.pid}?`);
		expect(open.question().replace(/\s+/g, ' ')).toMatch(why);
		expect(open.question()).toContain('any other key: no');
		expect(open.waits(29_000).signals()).toEqual([]);

		const answered = open.draws().waits(300).types('y');
		expect(answered.waits(49).signals()).toEqual([]);
		const sent = answered.waits(50);
		const signal = key === 'c' ? 'cancel' : 'terminate';
		expect(sent.signals()).toMatchObject([{signal, target: {id: session.id}}]);
		expect(layer(sent)).toEqual({type: 'table'});
		expect(sent.status()).toBe(`${session.pid}: waiting for the server's answer`);
	});
});

test('c on one that is not tracked asks, k does not', () => {
	const disabled = backend(72, {state: 'disabled'});
	expect(isOpen(asks(disabled, 'c'))).toBe(true);
	expect(lookingAt(disabled).types('k').waits(50).signals()).toHaveLength(1);
});

test('what is lost stands in the question', () => {
	const written = lookingAt(committing).types('k').waits(50).reads(committing, {xid: '748'});
	expect(written.question()).toContain('has written');
	expect(written.question()).toContain('api@shop');
	expect(written.question()).toContain('4m13s');
	expect(asks(committing).question()).not.toContain('has written');
});

test('of autovacuum to prevent wraparound it says that it starts again, and how near the limit is', () => {
	const vacuum = processOf(61, 'autovacuum worker', {
		state: 'active',
		database: 'shop',
		query: 'autovacuum: VACUUM public.t (to prevent wraparound)',
	});
	const question = lookingAt(vacuum).types('k').waits(50).reads(vacuum, {wraparound: 0.91}).question();
	expect(question).toContain('it starts again at once');
	expect(question).toMatch(/91\S*%/);
});

describe('y', () => {
	test.each([0, 1, 100, 299])('%d ms after the question was drawn is ignored, and that is said', ms => {
		const early = asked.waits(ms).types('y');
		expect(early.status()).toBe('y ignored: the question was not on the screen long enough, press it again');
		expect(isOpen(early)).toBe(true);
		expect(early.waits(20_000).signals()).toEqual([]);
		expect(early.waits(300).types('y').waits(50).signals()).toHaveLength(1);
	});

	test('counts from the first frame, not from the last', () => {
		expect(asked.waits(200).draws().waits(100).types('y').waits(50).signals()).toHaveLength(1);
	});

	test('before the question is drawn is ignored, however late', () => {
		const undrawn = lookingAt(sender).types('k').waits(50).reads(sender).waits(5000).types('y');
		expect(undrawn.waits(60).signals()).toEqual([]);
		expect(isOpen(undrawn)).toBe(true);
	});

	test('before the facts have come is ignored', () => {
		const reading = lookingAt(sender).types('k').waits(50).draws().waits(1000).types('y');
		expect(reading.waits(60).signals()).toEqual([]);
		const open = reading.waits(60).reads(sender);
		expect(open.types('y').waits(60).signals()).toEqual([]);
		expect(open.draws().waits(299).types('y').waits(60).signals()).toEqual([]);
	});

	test.each<[what: string, types: (moment: Play) => Play]>([
		['twice in one read', moment => moment.types('yy')],
		['with Enter', moment => moment.types('y\r')],
		['twice within 50 ms', moment => moment.types('y').waits(49).types('y')],
		['after half a sequence', moment => moment.types('\u001BO').waits(300).types('y')],
	])('%s is no answer, and nothing is sent', (_, types) => {
		const typed = types(ready);
		expect(typed.waits(20_000).signals()).toEqual([]);
		expect(typed.status()).toMatch(/^y ignored: /);
	});

	test.each<[what: string, bytes: string]>([
		['y with another key before it', 'xy'],
		['Alt-y', '\u001By'],
		['a pasted y', '\u001B[200~y\u001B[201~'],
		['Y', 'Y'],
		['Ctrl-Y', '\u0019'],
	])('%s sends nothing', (_, bytes) => {
		expect(ready.types(bytes).waits(20_000).signals()).toEqual([]);
	});

	test('orders for the session as the question shows it, 3 s from this key', () => {
		const later = {...sender, queryStart: noon};
		const open = lookingAt(sender).types('k').waits(50).reads(later).draws().waits(9000).types('y');
		const [order] = open.waits(50).signals();
		expect(order).toMatchObject({target: {queryStart: noon}, transaction: 'any'});
		expect(order?.deadline).toBe(noon + (open.now + 3000) * 1000);
	});

	test('on a row without a transaction demands that it still has none', () => {
		const idle = idleBackend(4403);
		const sent = asks(idle, 'k', {confirm: 'always'}).waits(300).types('y').waits(50);
		expect(sent.signals()).toMatchObject([{transaction: 'none'}]);
	});
});

describe('every other key is no', () => {
	const keys = ['k', 'c', 'q', '\u0003', '\r', 'n', 'Y', ' ', down, '?', '\u001A', '\u000C', 'r', 'é'];
	test.each(keys)('%j', key => {
		const no = ready.types(key).waits(60);
		expect(layer(no)).toEqual({type: 'table'});
		expect(no.waits(900).signals()).toEqual([]);
		expect(no.status()).toBe('k: no, nothing was sent to 60');
		expect(no.given('quit')).toEqual([]);
		expect(no.selected()).toBe(60);
	});

	test('Esc, once it has proven to be alone', () => {
		const no = ready.types(esc).waits(200);
		expect(layer(no)).toEqual({type: 'table'});
		expect(no.selected()).toBe(60);
		expect(no.signals()).toEqual([]);
	});

	test('a y after it answers nothing', () => {
		expect(ready.types('n').waits(400).draws().waits(400).types('y').waits(60).signals()).toEqual([]);
	});

	test('before the facts have come: they open nothing any more', () => {
		const gone = lookingAt(sender).types('k').waits(50).types('n').waits(50).reads(sender);
		expect(layer(gone)).toEqual({type: 'table'});
	});

	test('a y that waits to be alone is not one: a key within 50 ms takes it back', () => {
		expect(ready.types('y').waits(30).types('n').waits(900).signals()).toEqual([]);
	});
});

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
		expect(held.given('inspect')).toHaveLength(1);
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
		expect(closed.draws().waits(400).types('y').waits(60).signals()).toEqual([]);
	});

	test('of a session that the key is refused for now: the reason', () => {
		const idle = backend(4401, {state: 'idle'});
		const closed = lookingAt(committing).types('c').waits(50).reads(idle);
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('nothing to cancel: 4401 is idle. k ends the session');
	});

	test('that can not be read: nothing is done', () => {
		const closed = reading.does({type: 'inspect-failed', why: 'canceling statement'});
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('not done: canceling statement');
	});

	test('of another pid open nothing', () => {
		const other = reading.does({
			type: 'inspected',
			inspected: {pid: 1, inspection: {at: noon, backend: backend(1)}},
		});
		expect(other.state).toBe(reading.state);
	});
});

describe('it closes with no', () => {
	test('after 30 s', () => {
		expect(isOpen(asked.waits(29_999))).toBe(true);
		const closed = asked.waits(30_000);
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('no answer for 30s: nothing was sent');
		expect(closed.types('y').waits(60).signals()).toEqual([]);
	});

	test('after 30 s without facts, too', () => {
		expect(layer(lookingAt(sender).types('k').waits(30_050))).toEqual({type: 'table'});
	});

	test('on a lost connection, and takes back a y that waits', () => {
		const lost = ready.types('y').waits(30).does({type: 'lost', why: 'gone'});
		expect(layer(lost)).toEqual({type: 'table'});
		expect(lost.waits(100).signals()).toEqual([]);
		expect(lost.until('connect').does({type: 'linked'}).status()).toBe(
			'the connection was lost: nothing was sent',
		);
	});

	const inTransaction = backend(4211, {state: 'idle in transaction'});
	const aborted = backend(4402, {state: 'idle in transaction (aborted)'});
	test.each<[what: string, session: Backend, now: readonly Backend[], says: string | undefined]>([
		['the session is gone', inTransaction, [], '4211 has ended: nothing was sent'],
		[
			'another session has its pid',
			inTransaction,
			[backend(4211, {backendStart: noon})],
			'4211 has ended: nothing was sent',
		],
		[
			'its transaction is over',
			inTransaction,
			[idleBackend(4211)],
			'4211 has ended that transaction: nothing was sent',
		],
		[
			'it is in another transaction',
			inTransaction,
			[backend(4211, {xactStart: noon})],
			'4211 has ended that transaction: nothing was sent',
		],
		[
			'its aborted transaction is over',
			aborted,
			[idleBackend(4402)],
			'4402 has ended that transaction: nothing was sent',
		],
		[
			'it has begun a transaction',
			idleBackend(4403),
			[backend(4403)],
			'4403 has begun a transaction: nothing was sent',
		],
		['nothing has changed', inTransaction, [inTransaction], undefined],
		['its next query runs in the same transaction', inTransaction, [backend(4211)], undefined],
		['it is aborted still', aborted, [aborted], undefined],
		['it is idle still', idleBackend(4403), [idleBackend(4403)], undefined],
		['a walsender has another transaction', sender, [{...sender, xactStart: noon}], undefined],
		['one that may not be seen is still there', invisible(69), [invisible(69)], undefined],
	])('with a picture in which %s', (_, session, now, says) => {
		const open = asks(session, 'k', {confirm: 'always'}).waits(300);
		const after = open.types('y').waits(20).picture(now);
		expect(isOpen(after)).toBe(says === undefined);
		expect(after.waits(50).signals()).toHaveLength(says === undefined ? 1 : 0);
		if (says !== undefined) expect(after.status()).toBe(says);
	});
});

describe('--confirm', () => {
	const ordinary = backend(4388);
	test.each(['c', 'k'] as const)('always: %s asks for an ordinary session, too', key => {
		const open = asks(ordinary, key, {confirm: 'always'});
		expect(isOpen(open)).toBe(true);
		expect((layer(open) as Question).reasons).toEqual([]);
		expect(open.waits(300).types('y').waits(50).signals()).toHaveLength(1);
		expect(open.waits(300).types('n').waits(50).signals()).toEqual([]);
	});

	test.each(kinds.map(([what, session]) => [what, session] as const))('always: %s', (_, session) => {
		expect(isOpen(asks(session, 'k', {confirm: 'always'}))).toBe(true);
	});

	test.each(kinds.slice(0, 7).map(([what, session]) => [what, session] as const))(
		'never leaves out the question for what is no client session: %s',
		(_, session) => {
			expect(lookingAt(session, {confirm: 'never'}).types('k').waits(50).signals()).toHaveLength(1);
		},
	);

	test.each(kinds.slice(7).map(([what, session]) => [what, session] as const))(
		'never leaves in that for %s',
		(_, session) => {
			expect(isOpen(asks(session, 'k', {confirm: 'never'}))).toBe(true);
		},
	);

	test('never leaves in that for a process that can not be verified', () => {
		const hidden = {...invisible(69), kind: 'unknown'} as const;
		expect(isOpen(asks(hidden, 'k', {confirm: 'never'}))).toBe(true);
	});

	test('never sends nothing that is refused', () => {
		const checkpointer = lookingAt(processOf(51, 'checkpointer'), {confirm: 'never'});
		expect(checkpointer.types('k').waits(60).signals()).toEqual([]);
		expect(play({confirm: 'never'}).picture([sender]).types('k').waits(60).signals()).toEqual([]);
	});
});

describe('a second k', () => {
	const before = backend(4211, {state: 'idle in transaction'});
	const next = backend(4211, {xactStart: noon + 2 * second, queryStart: noon + 2 * second});

	test('after a question whose transaction was over asks again, and ends the session', () => {
		const heldBack = asks(before, 'k', {confirm: 'always'}).waits(300).types('y').waits(50).holdsBack(next);
		expect(heldBack.status()).toMatch(/^4211 has ended that transaction, now active/);
		const again = heldBack.picture([next]).draws().waits(750).types('k').waits(50).reads(next).draws();
		expect(again.signals()).toHaveLength(1);
		expect(again.waits(300).types('y').waits(50).signals()[1]).toMatchObject({transaction: 'any'});
	});
});

describe('a question in a terminal that has become too small for it', () => {
	const small = {type: 'resized', size: {columns: 38, rows: 12}} as const;

	test('is answered with no', () => {
		const shrunk = ready.does(small);
		expect(isOpen(shrunk)).toBe(false);
		expect(shrunk.draws().waits(400).types('y').waits(50).signals()).toEqual([]);
		expect(shrunk.status()).toBe('no room for the question: nothing was sent');
	});

	test('is not asked when its facts come afterwards', () => {
		const reading = lookingAt(sender).types('k').waits(50).does(small);
		const read = reading.reads(sender).draws().waits(400).types('y').waits(50);
		expect(isOpen(read)).toBe(false);
		expect(read.signals()).toEqual([]);
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

	test('one that has come up since is given', () => {
		const reading = lookingAt(backend(4401), {confirm: 'always'}).types('k').waits(50);
		expect(reading.reads(committing).question()).toContain('committed here');
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
	const second = first.types(down).looksAtIt().types('k').waits(50).reads(committing).draws();
	const told = second.waits(400).sees(committing);
	expect(told.types('n').status()).toBe('k: no, nothing was sent to 4401');
});

describe('--confirm=never', () => {
	test.each([
		['waits for the standby', {wait: {type: 'IPC', name: 'SyncRep'}}, /committed here/],
		['works concurrently', {state: 'active', query: 'REINDEX INDEX CONCURRENTLY i'}, /CONCURRENTLY/],
	] as const)('still asks where a background worker %s', (_, facts, why) => {
		const worker = processOf(64, 'pg_cron', facts);
		const asking = lookingAt(worker, {confirm: 'never'}).types('k').waits(50).reads(worker);
		expect(asking.question()).toMatch(why);
		expect(asking.signals()).toEqual([]);
	});
});

test('q does not end the program over the question why a signal can not be written down', () => {
	const pressed = lookingAt(backend(4388)).types('k').waits(50).types('q');
	const {number} = pressed.signals()[0] ?? {number: 0};
	const unwritten = pressed.does({type: 'unrecorded', number, why: 'the disk is full'});
	const read = unwritten.reads(backend(4388)).draws().waits(5000);
	expect(read.given('quit')).toEqual([]);
	expect(read.question()).toContain('the disk is full');
});

test('a signal that was not written down keeps its number to itself', () => {
	const pressed = lookingAt(backend(4388)).types('k').waits(50);
	const [first] = pressed.signals();
	const asked2 = pressed.does({type: 'unrecorded', number: first?.number ?? 0, why: 'the disk is full'});
	const sent = asked2.reads(backend(4388)).draws().waits(400).types('y').waits(50);
	const numbers = sent.signals().map(({number}) => number);
	expect(new Set(numbers).size).toBe(2);
});
