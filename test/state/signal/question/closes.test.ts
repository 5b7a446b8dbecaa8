import {describe, expect, test} from 'vitest';
import {backend, idleBackend, noon, second} from '../../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';
import {asks, isOpen, layer, reread, sender, works} from '../../questions.js';

const always = {confirm: 'always'} as const;
const session = backend(4388);
const before = backend(4211, {state: 'idle in transaction'});
const next = backend(4211, {xactStart: noon + 750_000, queryStart: noon + 750_000});
const asked = asks(before, 'k', always);
const ready = asked.waits(500);
const y = (moment: Play) => moment.types('y').waits(50);

describe('it closes with no, by itself', () => {
	test('after 30 s', () => {
		const stays = (moment: Play, until: number) => {
			let open = moment;
			while (open.now < moment.now + until - 1000) open = reread(open, before);
			return open.at(moment.now + until);
		};

		expect(isOpen(stays(asked, 29_999))).toBe(true);
		const closed = stays(asked, 30_000);
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('no answer for 30s: nothing was sent');
		expect(y(closed.waits(1000)).signals()).toEqual([]);
	});

	test('and not at 30 s when y has sent it and the server is slow to answer', () => {
		let open = asked;
		while (open.now < asked.now + 29_000) open = reread(open, before);
		const slow = y(open).waits(1500);
		expect(slow.now).toBeGreaterThan(asked.now + 30_000);
		expect(isOpen(slow)).toBe(true);
		expect(slow.sends().status()).toBe('4211 was signalled, not seen to end yet');
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

	test.each([
		['the session is gone', undefined],
		['another session has its pid', backend(4211, {backendStart: noon})],
	])('when %s', (_, now) => {
		const closed = reread(ready, now);
		expect(layer(closed)).toEqual({type: 'table'});
		expect(closed.status()).toBe('4211 has ended: nothing was sent');
		expect(closed.waits(5000).signals()).toEqual([]);
	});

	test('and not because of a picture, which is older than what it was asked about', () => {
		const open = ready.picture([next]).draws();
		expect(isOpen(open)).toBe(true);
		expect(works(y(open))).toEqual(['transaction']);
		expect(isOpen(ready.picture([]))).toBe(true);
	});
});

describe('for 1 s after it closed by itself y does nothing, and that is said', () => {
	const closed = reread(ready, undefined);

	test.each([0, 100, 999])('%d ms after it', ms => {
		const late = closed.waits(ms).types('y');
		expect(late.status()).toBe('y ignored: the question has closed');
		expect(late.waits(60).signals()).toEqual([]);
	});

	test('and then it is a key like any other, and copies the query', () => {
		const late = closed.waits(1000);
		expect(late.types('y').given('inspect').at(-1)).toEqual({type: 'inspect', pid: 4211});
	});

	test('but a y in the next question, opened within that second, is an answer', () => {
		const over = reread(asks(session, 'c', always), idleBackend(4388));
		expect(over.status()).toBe('4388 has ended that query: nothing was sent');
		const again = over.types('k').waits(50).reads(idleBackend(4388)).draws().waits(500);
		expect(again.now).toBeLessThan(over.now + 1000);
		expect(y(again).signals()).toMatchObject([{signal: 'terminate', target: {pid: 4388}}]);
	});

	test('after a no of the person it is that half a second later', () => {
		expect(ready.types('ny').status()).toMatch(/^y ignored: the question has closed/);
		expect(ready.types('ny').given('copy')).toEqual([]);
		const no = ready.types('n').waits(500);
		expect(no.types('y').given('inspect').at(-1)).toEqual({type: 'inspect', pid: 4211});
	});
});

describe('a y that comes when the session has moved on', () => {
	const sent = y(ready);
	const heldBack = sent.holdsBack(next);

	test('the question is there until the server has answered, and takes no second y', () => {
		expect(isOpen(sent)).toBe(true);
		const again = sent.waits(60).types('y');
		expect(again.status()).toMatch(/^y ignored: the server has not answered yet/);
		expect(again.waits(60).signals()).toHaveLength(1);
	});

	test('it goes when the server has sent it, and any other key takes it away', () => {
		expect(layer(sent.sends())).toEqual({type: 'table'});
		expect(layer(sent.waits(60).types('n'))).toEqual({type: 'table'});
		expect(sent.waits(60).types('n').sends().until('look').sees().status()).toBe('4211 ended 0.1s after k');
	});

	test('sends nothing, and the question stays and says so', () => {
		expect(isOpen(heldBack)).toBe(true);
		expect(heldBack.question().split('\n')[1]?.trim()).toBe('on its next transaction');
		expect(heldBack.status()).toMatch(
			/^4211 has ended that transaction, now active .*\. y ends the session$/,
		);
	});

	test('the facts are read anew at once, once, and then every second', () => {
		expect(heldBack.given('facts')).toHaveLength(2);
		expect(heldBack.waits(900).given('facts')).toHaveLength(2);
		const read = heldBack.waits(100).reads(next);
		expect(read.waits(999).given('facts')).toHaveLength(2);
		expect(read.waits(1000).given('facts')).toHaveLength(3);
	});

	test('it has 30 s from then on, however old the question was', () => {
		let old = ready;
		while (old.now < ready.now + 28_000) old = reread(old, before);
		const late = y(old).waits(2500).holdsBack(next).draws();
		expect(isOpen(late)).toBe(true);
		expect(isOpen(late.waits(29_999))).toBe(true);
		expect(isOpen(late.waits(30_000))).toBe(false);
	});

	test('the time to read it begins anew, when the new facts are drawn', () => {
		expect(y(heldBack.draws().waits(5000)).signals()).toHaveLength(1);
		const read = heldBack.draws().waits(300).reads(next).draws();
		expect(y(read.waits(499)).signals()).toHaveLength(1);
		expect(works(y(read.waits(500)))).toEqual(['transaction', 'session']);
	});

	test('with nothing begun since it says that, and y demands the session alone', () => {
		const over = sent.holdsBack(idleBackend(4211)).reads(idleBackend(4211)).draws();
		expect(over.question().split('\n')[1]?.trim()).toBe('has ended that transaction since');
		expect(works(y(over.waits(500)))).toEqual(['transaction', 'session']);
	});

	test('a busy session is ended by the second y: no loop of queries outruns it', () => {
		const nth = (n: number) => backend(4211, {xactStart: noon + n * second, queryStart: noon + n * second});
		let busy = sent.holdsBack(nth(1)).reads(nth(2)).draws();
		for (let n = 3; n < 6; n++) busy = reread(busy, nth(n));
		const ended = y(busy).sends();
		expect(works(ended)).toEqual(['transaction', 'session']);
		expect(layer(ended)).toEqual({type: 'table'});
		expect(ended.until('look').sees().status()).toBe('4211 ended 0.1s after k');
	});

	test('of c that says what came of it, and closes', () => {
		const cancelled = y(asks(session, 'c', always).waits(500));
		expect(layer(cancelled)).toEqual({type: 'table'});
		expect(cancelled.holdsBack(idleBackend(4388)).status()).toBe(
			'4388 has ended that query, idle now: nothing to cancel',
		);
	});
});

describe('a y that the server did not act on otherwise', () => {
	test.each<[what: string, answer: (moment: Play) => Play, says: string]>([
		['gone', moment => moment.holdsBack(), '4211 had ended already'],
		[
			'denied',
			moment => moment.answers({type: 'denied', reason: 'permission denied'}),
			'4211 was not signalled: permission denied',
		],
		['unknown', moment => moment.answers({type: 'unknown'}), '4211 may or may not have been signalled'],
	])('%s: the question goes, and it is said', (_, answer, says) => {
		const after = answer(y(ready));
		expect(layer(after)).toEqual({type: 'table'});
		expect(after.status()).toBe(says);
	});

	test('a lost connection takes the question with it, and what was sent is not known', () => {
		const lost = y(ready).does({type: 'lost', why: 'gone'});
		expect(layer(lost)).toEqual({type: 'table'});
		expect(lost.until('connect').does({type: 'linked'}).status()).toBe(
			'4211 may or may not have been signalled',
		);
	});
});
