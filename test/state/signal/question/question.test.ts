import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import {backend, idleBackend, invisible, noon, processOf} from '../../../helpers/state/backend.js';
import {down, esc, lookingAt, type Play} from '../../../helpers/state/play.js';
import {asks, committing, isOpen, kinds, layer, sender, words, works} from '../../questions.js';

const asked = asks(sender);
const ready = asked.waits(500);

describe.each(['c', 'k'] as const)('%s asks first', key => {
	test.each(kinds)('%s: the facts are read, shown, and only y sends', (_, session, why) => {
		const pressed = lookingAt(session).types(key);
		expect(pressed.given('facts')).toEqual([]);
		const reading = pressed.waits(50);
		expect(reading.given('facts')).toEqual([{type: 'facts', pids: [session.pid]}]);
		expect(reading.question()).toBe('');
		const open = reading.waits(40).reads(session);
		expect(words(open)).toMatch(why);
		expect(open.question()).toContain('any other key: no');
		expect(open.waits(29_000).signals()).toEqual([]);

		const answered = open.draws().waits(500).types('y');
		expect(answered.waits(49).signals()).toEqual([]);
		const sent = answered.waits(50);
		const signal = key === 'c' ? 'cancel' : 'terminate';
		expect(sent.signals()).toMatchObject([{signal, target: {id: session.id}}]);
		expect(sent.status()).toBe(`${session.pid}: waiting for the server's answer`);
		expect(layer(sent.sends())).toEqual({type: 'table'});
	});
});

describe('the question names what the key does to what', () => {
	const [, , launcher] = kinds.map(([, session]) => session);
	const title = (moment: Play) => moment.question().split('\n')[0]?.trimEnd();

	test.each<[session: Backend, c: string, k: string]>([
		[committing, 'c: cancel the query of 4401?', 'k: end the session of 4401?'],
		[invisible(69), 'c: cancel the query of 69?', 'k: end the session of 69?'],
		// A launcher has no query and no session that anybody would miss.
		[launcher ?? sender, 'c: send a cancel to process 62?', 'k: end process 62?'],
		[processOf(65, 'slotsync worker'), 'c: send a cancel to process 65?', 'k: end process 65?'],
		[sender, 'c: cancel the query of 60?', 'k: end process 60?'],
		[
			processOf(61, 'autovacuum worker', {state: 'active'}),
			'c: cancel the query of 61?',
			'k: end process 61?',
		],
	])('$id', (session, c, k) => {
		expect(title(asks(session, 'c'))).toBe(c);
		expect(title(asks(session, 'k'))).toBe(k);
	});
});

test('what is lost stands in the question', () => {
	const written = lookingAt(committing).types('k').waits(50).reads(committing, {xid: '748'});
	expect(written.question()).toContain('has written');
	expect(written.question()).toContain('api@shop');
	expect(written.question()).toContain('4m13s');
	expect(asks(committing).question()).not.toContain('has written');
});

describe('the query of a session', () => {
	const query = 'SELECT 1 FROM a_table';
	test.each([
		['that runs it', backend(4388, {query}), `     ${query}`],
		['that has ended it', backend(4388, {query, state: 'idle in transaction'}), `     idle 4m: ${query}`],
		['that is idle', idleBackend(4388, {query}), `     idle 4m: ${query}`],
		[
			'in a fastpath call',
			backend(4388, {query, state: 'fastpath function call'}),
			`     fastpath, after: ${query}`,
		],
	])('%s', (_, session, line) => {
		const lines = asks(session, 'k', {confirm: 'always'}).question().split('\n');
		expect(lines.map(text => text.trimEnd())).toContain(line);
	});
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
	test.each([0, 1, 100, 499])('%d ms after the question was drawn is ignored, and that is said', ms => {
		const early = asked.waits(ms).types('y');
		expect(early.status()).toBe('y ignored: the question was not on the screen long enough, press it again');
		expect(isOpen(early)).toBe(true);
		expect(early.waits(20_000).signals()).toEqual([]);
		expect(early.waits(500).types('y').waits(50).signals()).toHaveLength(1);
	});

	test('counts from the first frame, not from the last', () => {
		expect(asked.waits(400).draws().waits(100).types('y').waits(50).signals()).toHaveLength(1);
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
		expect(open.draws().waits(499).types('y').waits(60).signals()).toEqual([]);
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
		const open = lookingAt(sender).types('k').waits(50).reads(later).draws().waits(900).types('y');
		const [order] = open.waits(50).signals();
		expect(order).toMatchObject({target: {queryStart: noon}, work: 'session'});
		expect(order?.expiresAt).toBe(noon + (open.now + 3000) * 1000);
	});

	test.each<[session: Backend, work: string]>([
		[idleBackend(4403), 'idle'],
		[backend(4388), 'transaction'],
		[backend(4388, {state: 'idle in transaction (aborted)'}), 'aborted'],
		[backend(4388, {state: 'disabled'}), 'session'],
	])('demands what the question shows: $0.state', (session, work) => {
		expect(works(asks(session, 'k', {confirm: 'always'}).waits(500).types('y').waits(50))).toEqual([work]);
	});

	test('names what was asked, so that it holds nothing back', () => {
		const asking = (session: Backend, facts = {}) =>
			lookingAt(session)
				.types('k')
				.waits(50)
				.reads(session, facts)
				.draws()
				.waits(500)
				.types('y')
				.waits(50)
				.signals()
				.map(({asked: named}) => named);
		expect(asking(committing)).toEqual([['standby']]);
		// Progress and text tell of one and the same command.
		const index = backend(70, {query: 'CREATE INDEX CONCURRENTLY ON t (a)'});
		expect(asking(index)).toEqual([['index', 'statement']]);
		expect(asking(index, {reasons: ['index', 'statement']})).toEqual([['index', 'statement']]);
		expect(asking(committing, {reasons: ['comment']})).toEqual([['standby', 'comment']]);
		expect(asking(sender)).toEqual([[]]);
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
		expect(ready.types('n').waits(600).draws().waits(600).types('y').waits(60).signals()).toEqual([]);
	});

	test('a y that waits to be alone is not one: a key within 50 ms takes it back', () => {
		expect(ready.types('y').waits(30).types('n').waits(900).signals()).toEqual([]);
	});
});
