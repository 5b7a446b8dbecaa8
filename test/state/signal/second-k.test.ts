import {describe, expect, test} from 'vitest';
import {backend, idleBackend, noon, second} from '../../helpers/state/backend.js';
import {down, esc, lookingAt, type Play, up} from '../../helpers/state/play.js';

const before = backend(4211, {state: 'idle in transaction'});
const next = backend(4211, {xactStart: noon + 750_000, queryStart: noon + 750_000});
const other = backend(4388, {age: second});

/** The guard found another transaction: nothing was sent, at 1050 ms, and that was drawn. */
const pressed = lookingAt(before, {others: [other]})
	.types('k')
	.waits(50);
const heldBack = pressed.holdsBack(next).draws();
const works = (moment: Play) => moment.signals().map(({work}) => work);
const says = '4211 has ended that transaction, now active 0.3s. k again ends the session';

describe('a k that found its transaction over', () => {
	test('sends nothing, and says so', () => {
		expect(heldBack.status()).toBe(says);
		expect(heldBack.given('record-outcome').at(-1)?.facts.outcome).toBe('changed');
	});

	test('says how the session is, when it has no transaction now', () => {
		expect(lookingAt(before).types('k').waits(50).holdsBack(idleBackend(4211)).status()).toBe(
			'4211 has ended that transaction, now idle. k again ends the session',
		);
	});

	test.each([
		[700, 'session'],
		[5000, 'session'],
		[10_000, 'session'],
		[10_001, 'transaction'],
	])('a second k %d ms after that was drawn demands the %s', (ms, work) => {
		const again = heldBack.waits(ms).types('k').waits(50);
		expect(again.signals()).toHaveLength(2);
		expect(again.signals()[1]).toMatchObject({signal: 'terminate', work, target: {pid: 4211}});
	});

	test('one sooner than 700 ms after it is none, and may be pressed again', () => {
		const answered = pressed.waits(600).holdsBack(next).draws();
		const early = answered.waits(699).types('k').waits(60);
		expect(early.signals()).toHaveLength(1);
		expect(early.status()).toMatch(/^k ignored: what has changed was just said, press it again/);
		expect(works(early.types('k').waits(50))).toEqual(['transaction', 'session']);
	});

	test('the time counts from when it was drawn, not from the answer', () => {
		const late = pressed.holdsBack(next).waits(5000).draws();
		expect(late.waits(699).types('k').waits(50).signals()).toHaveLength(1);
		expect(works(late.waits(9900).types('k').waits(50))).toEqual(['transaction', 'session']);
	});

	test('the time counts from the first frame that says it, not from the last', () => {
		const twice = heldBack.waits(600).draws().waits(100);
		expect(works(twice.types('k').waits(50))).toEqual(['transaction', 'session']);
	});

	test('the second k before any frame has said it sends nothing', () => {
		const undrawn = pressed.holdsBack(next).waits(5000).types('k').waits(50);
		expect(undrawn.signals()).toHaveLength(1);
		expect(undrawn.status()).toBe(says);
		expect(works(undrawn.draws().waits(700).types('k').waits(50))).toEqual(['transaction', 'session']);
	});

	test('a frame that says only that another session is read has not said it', () => {
		const asked = backend(4402, {query: 'COMMIT', wait: {type: 'IPC', name: 'SyncRep'}, age: second});
		const first = lookingAt(before, {others: [asked]})
			.types('k')
			.waits(50);
		const reading = first.types(down).draws().waits(500).types('k').waits(50);
		expect(reading.status()).toBe('reading 4402 ...');
		const back = reading
			.holdsBack(next)
			.draws()
			.waits(1000)
			.types(esc)
			.waits(250)
			.types(up)
			.draws()
			.waits(500);
		const again = back.types('k').waits(50);
		expect(again.signals()).toHaveLength(1);
		expect(again.status()).toMatch(/^4211 has ended that transaction/);
	});

	test('a k that is held down is no second one', () => {
		expect(heldBack.waits(300).types('k').waits(300).types('k').waits(50).signals()).toHaveLength(1);
	});

	test('keys that were pressed before it was said do not keep it from being said', () => {
		const impatient = pressed.waits(200).types('k').waits(300).holdsBack(next).draws();
		expect(impatient.status()).toMatch(/^k: let it go first; 4211 has ended that transaction/);
		const asked = impatient.waits(1000).types('k').waits(60).draws();
		expect(asked.status()).toBe(says.replace('0.3s', '0.8s'));
		expect(works(asked.waits(700).types('k').waits(50))).toEqual(['transaction', 'session']);
	});

	test('is asked for once: a third k is guarded again', () => {
		const third = heldBack.waits(700).types('k').waits(50).sends().waits(700).types('k').waits(50);
		expect(works(third)).toEqual(['transaction', 'session', 'transaction']);
	});

	test('does nothing for another session', () => {
		const moved = heldBack.types(down).draws().waits(1000).types('k').waits(50);
		expect(moved.signals()[1]).toMatchObject({target: {pid: 4388}, work: 'transaction'});
	});

	test('does nothing for c, which is for a query', () => {
		const active = heldBack.picture([next, other]).draws().waits(800);
		expect(active.types('c').waits(50).signals()[1]).toMatchObject({signal: 'cancel', work: 'query'});
	});

	test('holds for its own session after a look at another one', () => {
		const back = heldBack.types(down).draws().waits(300).types(up).draws().waits(500);
		expect(back.types('k').waits(50).signals()[1]).toMatchObject({target: {pid: 4211}, work: 'session'});
	});

	test('holds back for what must be asked about, and a question is opened', () => {
		const again = heldBack.waits(800).types('k').waits(50).holdsBack(next, ['standby']);
		expect(again.state.screen.layers[0]).toMatchObject({type: 'question', signal: 'terminate'});
		expect(again.given('facts')).toEqual([{type: 'facts', pids: [4211]}]);
	});
});

describe('what k was for, and was over', () => {
	const fastpath = 'fastpath function call';
	test.each([
		[
			'nothing',
			idleBackend(4211),
			backend(4211, {state: 'idle in transaction', age: 0}),
			'has begun a transaction, now idle-tx',
		],
		['nothing', idleBackend(4211), backend(4211, {xactStart: undefined}), 'has begun a query, now active'],
		['a query', backend(4211, {xactStart: undefined}), idleBackend(4211), 'has ended that query, now idle'],
		[
			'a call',
			backend(4211, {state: fastpath, xactStart: undefined}),
			idleBackend(4211),
			'has ended that call, now idle',
		],
	] as const)('%s: it says so, and that k again ends the session', (_, looked, now, words) => {
		const held = lookingAt(looked).types('k').waits(50).holdsBack(now).draws();
		expect(held.status()).toBe(`4211 ${words}. k again ends the session`);
		expect(held.waits(700).types('k').waits(50).signals()[1]?.work).toBe('session');
	});
});

test('when c was missed twice, it says what helps', () => {
	const [second_, third] = [2, 1].map(age => backend(4388, {age: age * second}));
	const missed = lookingAt(backend(4388)).types('c').waits(50).holdsBack(second_);
	expect(missed.status()).toBe('4388 runs another query now, not cancelled');
	const twice = missed.waits(1000).types('c').waits(50).holdsBack(third);
	expect(twice.status()).toBe('4388 sends short queries: k ends the session');
});
