import {describe, expect, test} from 'vitest';
import {backend, second} from '../../helpers/state/backend.js';
import {down, lookingAt, type Play, up} from '../../helpers/state/play.js';

const session = backend(4388);
const sent = lookingAt(session).types('k').waits(50);

/** The same key again and again, as from a key that is held down. */
const holds = (moment: Play, key: string, times: number, every = 33): Play =>
	Array.from({length: times}).reduce<Play>(before => before.types(key).waits(every), moment);

test('a k that is held down ends one session once', () => {
	const held = holds(lookingAt(session).types('k').waits(500), 'k', 200);
	expect(held.signals()).toHaveLength(1);
});

test.each(['c', 'k'])('a slow repetition of %s every 660 ms is a held key, too', key => {
	expect(holds(lookingAt(session).types(key).waits(660), key, 20, 660).signals()).toHaveLength(1);
});

test.each([
	[699, 1],
	[700, 2],
])('the same key after %d ms of silence: %d signals', (ms, signals) => {
	const pressed = lookingAt(session).types('k');
	expect(pressed.waits(ms).types('k').waits(50).signals()).toHaveLength(signals);
});

test('the silence counts from the last of the repetitions', () => {
	const held = holds(sent, 'k', 10, 100);
	expect(held.waits(500).types('k').waits(50).signals()).toHaveLength(1);
	expect(held.waits(600).types('k').waits(50).signals()).toHaveLength(2);
});

test.each([
	['sent', (moment: Play) => moment.sends()],
	['held back', (moment: Play) => moment.holdsBack(backend(4388, {state: 'idle', backendStart: 1}))],
	['denied', (moment: Play) => moment.answers({type: 'denied', reason: 'permission denied'})],
	['without an answer', (moment: Play) => moment],
])('the key is dead whatever the guard answered: %s', (_, answer) => {
	expect(answer(sent).waits(300).types('k').waits(50).signals()).toHaveLength(1);
});

describe('a dead key says that it is, at the first of them', () => {
	test.each(['c', 'k'])('%s', key => {
		const dead = lookingAt(session).types(key).waits(300).types(key);
		expect(dead.status()).toMatch(new RegExp(`^${key}: let it go first`));
		expect(dead.waits(33).types(key).status()).toMatch(new RegExp(`^${key}: let it go first`));
	});

	test('with what came of the one that was obeyed', () => {
		const answered = sent.answers({type: 'denied', reason: 'permission denied'});
		const dead = answered.waits(100).types('k');
		expect(dead.status()).toBe('k: let it go first; 4388 was not signalled: permission denied');
		expect(dead.waits(2999).status()).toBe(dead.status());
		expect(dead.waits(3000).status()).toBe(answered.status());
	});

	test('and hammered every 500 ms it does so all the time, until it was silent for 700 ms', () => {
		const hammered = holds(sent.waits(450), 'k', 6, 500);
		expect(hammered.signals()).toHaveLength(1);
		expect(hammered.status()).toMatch(/^k: let it go first/);
		expect(hammered.waits(200).types('k').waits(50).signals()).toHaveLength(2);
	});
});

test('the other key is not dead', () => {
	const both = sent.waits(100).types('c').waits(50);
	expect(both.signals()).toMatchObject([{signal: 'terminate'}, {signal: 'cancel'}]);
});

test('the same key on another session is not dead: ↓ k ↓ k at the speed of a hand', () => {
	const others = [4402, 4403, 4404].map(pid => backend(pid, {age: (4410 - pid) * second}));
	const typed = [1, 2, 3].reduce<Play>(
		before => before.types(down).waits(5).draws().waits(50).types('k').waits(60),
		lookingAt(session, {others}),
	);
	expect(typed.signals().map(({target}) => target.pid)).toEqual([4402, 4403, 4404]);
	expect(typed.now).toBe(1345);
});

test('a movement ends the dead time on the same session, too', () => {
	const moved = sent.waits(50).types(up).waits(60).types('k').waits(50);
	expect(moved.signals()).toHaveLength(2);
});

test('a key that asks for something else does not end it', () => {
	expect(sent.waits(50).types('r').waits(60).types('k').waits(50).signals()).toHaveLength(1);
});

test('a refused key starts no dead time', () => {
	const refused = lookingAt(backend(4403, {state: 'idle'}))
		.types('c')
		.waits(50);
	expect(refused.signals()).toEqual([]);
	const active = refused.picture([backend(4403, {backendStart: session.backendStart})]).draws();
	expect(active.waits(500).types('c').waits(50).signals()).toHaveLength(1);
});
