import {describe, expect, test} from 'vitest';
import type {Backend} from '../../../../source/domain/session/backend.js';
import type {Answer} from '../../../../source/domain/signal/look.js';
import type {Signal} from '../../../../source/domain/signal/target.js';
import {mapSome, type Some} from '../../../../source/domain/some.js';
import {widthOf} from '../../../../source/domain/text/width.js';
import {questionLines, questionRoom} from '../../../../source/lines/foot/question.js';
import {textOf} from '../../../../source/lines/line.js';
import {ask} from '../../../../source/state/signal/question/ask.js';
import {backend, noon, second, seenOf} from '../../../helpers/state/backend.js';
import {lookingAt, type Play} from '../../../helpers/state/play.js';
import {isOpen, layer} from '../../questions.js';

const [one, other, third] = [backend(4388), backend(4389), backend(4390)];
const others = [{id: 'details', text: 'there are several', short: 'several'}] as const;

const asksAbout = (signal: Signal, sessions: Some<Backend>): Play =>
	lookingAt(one, {others: [other, third]}).steps((state, now) =>
		ask(state, {type: 'ask', signal, aimed: mapSome(sessions, it => ({backend: it, at: noon})), others}, now),
	);

const asking = (signal: Signal = 'terminate'): Play =>
	asksAbout(signal, [one, other]).readsAll([one, other]).draws().waits(500);

const answers = (moment: Play, pid: number, answer: Answer): Play => {
	const number = moment.signals().findLast(({target}) => target.pid === pid)?.number ?? 0;
	return moment.does({type: 'answered', number, answer});
};

const isSent = (pid: number): Answer => ({type: 'answered', at: noon, sent: true, held: [], seen: {pid}});
const isMoved = (session: Backend): Answer => ({
	type: 'answered',
	at: noon,
	held: ['work'],
	seen: seenOf(session),
});
const y = (moment: Play) => moment.types('y').waits(50);
const asked = (moment: Play) => {
	const [top] = moment.state.screen.layers;
	return top.type === 'question' ? top.asked.map(({aimed}) => aimed.backend.pid) : [];
};

describe('a question about two sessions', () => {
	const asks = asksAbout('terminate', [one, other]);

	test('has the facts of both read, and is on the screen once they have come', () => {
		expect(asks.given('facts')).toEqual([{type: 'facts', pids: [4388, 4389]}]);
		expect(asks.status()).toBe('reading 4388, 4389 ...');
		expect(asks.question()).toBe('');
		expect(asks.draws().waits(1000).types('y').waits(50).signals()).toEqual([]);
		expect(asks.readsAll([one, other]).question()).toMatch(/^k: end the session of 4388, 4389\?/);
	});

	test('names both, what they do, and why it is asked, in lines as wide as the screen', () => {
		const [top] = asking().state.screen.layers;
		if (top.type !== 'question') throw new Error('nothing is asked');
		for (const columns of [40, 80, 200]) {
			const lines = questionLines(top, columns, questionRoom(24)).map(textOf);
			for (const line of lines) expect(widthOf(line)).toBe(columns);
			expect(lines.join('\n')).toContain('there are several');
			expect(lines.at(-1)).toContain('y: yes, end them');
		}
	});

	test('is answered by y with an order for each, in one command', () => {
		const sent = y(asking());
		const [{orders} = {orders: []}, ...more] = sent.given('signal');
		expect(more).toEqual([]);
		expect(orders.map(({order}) => [order.number, order.target.pid, order.work])).toEqual([
			[1, 4388, 'transaction'],
			[2, 4389, 'transaction'],
		]);
		expect(orders.map(({facts}) => facts.pid)).toEqual([4388, 4389]);
		expect(sent.state.server.nextNumber).toBe(3);
	});

	test('is answered with no by any other key', () => {
		const closed = asking().types('n').waits(50);
		expect(closed.signals()).toEqual([]);
		expect(closed.status()).toBe('k: no, nothing was sent to 4388, 4389');
	});

	test('goes on about the other one when one has ended, and says so', () => {
		const gone = asking().until('facts').readsAll([other]);
		expect(gone.status()).toBe('4388 has ended: nothing was sent');
		expect(asked(gone)).toEqual([4389]);
		expect(isOpen(gone.until('facts').readsAll([]))).toBe(false);
	});

	test('goes on about the other one when one has ended before it could be asked about', () => {
		const begun = asks.readsAll([other]);
		expect(asked(begun)).toEqual([4389]);
		expect(begun.question()).toMatch(/^k: end the session of 4389\?/);
	});

	test('about queries goes on without the one whose query has ended', () => {
		const next = backend(4388, {queryStart: noon + second, xactStart: noon + second});
		const left = asking('cancel').until('facts').readsAll([next, other]);
		expect(left.status()).toBe('4388 has ended that query: nothing was sent');
		expect(asked(left)).toEqual([4389]);
	});

	test('takes no y that was just typed when one has ended in the same moment', () => {
		const typed = asking().until('facts').types('y');
		const gone = typed.readsAll([other]).waits(50);
		expect(gone.signals()).toEqual([]);
		expect(gone.status()).toBe('y ignored: 4388 has ended: nothing was sent, press it again');
		expect(
			y(gone.draws().waits(500))
				.signals()
				.map(({target}) => target.pid),
		).toEqual([4389]);
	});

	test('takes no y before what is left of it was on the screen long enough', () => {
		const gone = asking().until('facts').readsAll([other]).draws();
		expect(y(gone).signals()).toEqual([]);
		expect(y(gone.waits(500)).signals()).toHaveLength(1);
	});

	test('looks at both again, in one message', () => {
		const again = asking().until('facts');
		expect(again.given('facts').slice(1)).toEqual([{type: 'facts', pids: [4388, 4389]}]);
		expect(again.waits(5000).given('facts')).toHaveLength(2);
		expect(again.readsAll([one, other]).waits(1000).given('facts')).toHaveLength(3);
	});

	test('that moves on in one of them has to be read anew', () => {
		const next = backend(4389, {xactStart: noon + second, queryStart: noon + second});
		const moved = asking().until('facts').readsAll([one, next]).draws();
		expect(moved.question()).toMatch(/4389: on its next transaction/);
		expect(moved.types('y').waits(50).signals()).toEqual([]);
		const works = y(moved.waits(500))
			.signals()
			.map(({work}) => work);
		expect(works).toEqual(['transaction', 'session']);
	});
});

describe('two signals of one key', () => {
	const sent = y(asking());
	const next = backend(4389, {xactStart: noon + second, queryStart: noon + second});

	test('each have their outcome, and the status line counts them', () => {
		const both = answers(answers(sent, 4389, {type: 'denied', reason: 'no'}), 4388, isSent(4388));
		expect(isOpen(both)).toBe(false);
		const looked = both.until('look').sees(other);
		expect(looked.status()).toBe('2 signals: 1 ended, 1 denied - L');
		expect(looked.given('record-outcome').map(({facts}) => [facts.pid, facts.outcome])).toEqual([
			[4389, 'denied'],
			[4388, 'ended'],
		]);
		expect(looked.types('L').page()).toMatch(/k 4389 .*\n(?:.*\n)*.*k 4388 /);
	});

	test('keep the question open for the one that has moved on, until every answer is there', () => {
		const half = answers(sent, 4389, isMoved(next));
		expect(asked(half)).toEqual([4388, 4389]);
		expect(half.types('y').waits(50).status()).toMatch(/^y ignored: the server has not answered yet/);
		const whole = answers(half, 4388, isSent(4388));
		expect(asked(whole)).toEqual([4389]);
		const read = whole.readsAll([next]).draws().waits(500);
		expect(read.question()).toMatch(/^k: end the session of 4389\?/);
		expect(y(read).signals().slice(2)).toMatchObject([{number: 3, work: 'session', target: {pid: 4389}}]);
	});

	test('leave 30 s, and time to read, for the one that has moved on, from the last answer on', () => {
		const half = answers(sent, 4389, isMoved(next)).readsAll([next]).draws().waits(8000);
		const whole = answers(half, 4388, isSent(4388));
		expect(y(whole).signals()).toHaveLength(2);
		expect(isOpen(whole.waits(29_999))).toBe(true);
		expect(isOpen(whole.waits(30_000))).toBe(false);
		expect(y(whole.draws().waits(500)).signals()).toHaveLength(3);
	});

	test('say of one that is held back why, and do not ask about it while another is asked about', () => {
		const half = answers(sent, 4389, isMoved(next));
		const held: Answer = {type: 'answered', at: noon, held: ['standby'], seen: seenOf(one)};
		expect(asked(answers(half, 4388, held))).toEqual([4389]);
	});

	test('are not asked about when both are held back', () => {
		const held = (session: Backend): Answer => ({
			type: 'answered',
			at: noon,
			held: ['standby'],
			seen: seenOf(session),
		});
		const both = answers(answers(sent, 4388, held(one)), 4389, held(other));
		expect(isOpen(both)).toBe(false);
		expect(both.status()).toBe('2 signals: 2 went into SyncRep - L');
	});

	test('are held down for both', () => {
		expect(sent.state.hand.obeyed).toMatchObject({signal: 'terminate', ids: [one.id, other.id]});
	});

	test('that can not be written down are not sent, and both are asked about again', () => {
		const unwritten = sent.does({type: 'unrecorded', numbers: [1, 2], why: 'full'});
		expect(unwritten.state.server.signals).toEqual([]);
		expect(asked(unwritten)).toEqual([4388, 4389]);
		const read = unwritten.readsAll([one, other]).draws().waits(1500);
		expect(read.question()).toMatch(/audit file can't be written/);
		expect(y(read).given('signal').at(-1)).toMatchObject({isUnrecorded: true, orders: {length: 2}});
		expect(layer(read)).toMatchObject({isUnrecorded: true});
	});

	test('may or may not have been sent when the connection is lost before the answers', () => {
		const lost = sent.does({type: 'lost', why: 'gone'});
		expect(lost.state.server.signals.map(({phase}) => phase.type)).toEqual(['watched', 'watched']);
		expect(isOpen(lost)).toBe(false);
	});
});
