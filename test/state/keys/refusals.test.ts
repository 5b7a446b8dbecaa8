import {describe, expect, test} from 'vitest';
import {backend, idleBackend, minute, noon, ownPid, processOf, second} from '../../helpers/state/backend.js';
import {esc, lookingAt, type Play, play} from '../../helpers/state/play.js';

const session = backend(4388);
const looking = lookingAt(session);
const keys = ['c', 'k'] as const;
const signals = (moment: Play) => moment.waits(60_000).signals();

describe.each(keys)('%s does nothing and says why', key => {
	test('while nothing is selected', () => {
		const pressed = play().picture([session]).draws().waits(1000).types(key);
		expect(pressed.status()).toBe('select a session first: the arrows move');
		expect(signals(pressed)).toEqual([]);
	});

	test('with --read-only', () => {
		const pressed = lookingAt(session, {isReadOnly: true}).types(key);
		expect(pressed.status()).toMatch(/^read-only: /);
		expect(signals(pressed)).toEqual([]);
	});

	test('when the session has ended', () => {
		const pressed = looking.picture([]).draws().waits(1000).types(key);
		expect(pressed.status()).toBe('4388 has ended already');
		expect(signals(pressed)).toEqual([]);
	});

	test('in a terminal under 40x10', () => {
		const small = looking
			.does({type: 'resized', size: {columns: 39, rows: 10}})
			.draws()
			.waits(1000);
		expect(small.types(key).status()).toBe('this terminal is too small for c and k');
		expect(signals(small.types(key))).toEqual([]);
	});

	test('in the help', () => {
		const pressed = looking.types('?').draws().waits(1000).types(key);
		expect(pressed.status()).toBe('c and k act on the list only: Esc goes back');
		expect(signals(pressed)).toEqual([]);
	});

	test('when the row is not in the window, and names its line', () => {
		const others = Array.from({length: 30}, (_, index) => backend(5000 + index, {age: minute}));
		const sunk = lookingAt(session, {others})
			.waits(3000)
			.picture([backend(4388, {age: second}), ...others]);
		expect(sunk.draws().waits(1000).types(key).status()).toBe(
			`4388: ${key} ignored, it is in line 31 now: an arrow goes there`,
		);
		expect(signals(sunk.types(key))).toEqual([]);
	});

	test('when Esc has left the session', () => {
		expect(signals(looking.types(esc).waits(800).types(key))).toEqual([]);
	});
});

describe('a lost connection', () => {
	const lost = looking.does({type: 'lost', why: 'the server closed the connection'});

	test.each(keys)('makes %s do nothing, and the status line says that it is lost', key => {
		const pressed = lost.draws().waits(1000).types(key);
		expect(pressed.status()).toBe('not connected: nothing can be signalled');
		expect(pressed.waits(3000).status()).toMatch(/^lost 4s ago, /);
		expect(signals(pressed)).toEqual([]);
	});

	test.each(keys)('keeps %s off until a new picture was drawn and looked at', key => {
		const linked = lost.until('connect').waits(100).does({type: 'linked'});
		expect(linked.draws().waits(1000).types(key).waits(50).signals()).toEqual([]);
		const seen = linked.picture([session]);
		expect(seen.types(key).waits(50).signals()).toEqual([]);
		expect(seen.draws().waits(499).types(key).waits(50).signals()).toEqual([]);
		expect(seen.draws().waits(500).types(key).waits(50).signals()).toHaveLength(1);
	});
});

describe('back from the shell', () => {
	test('a picture that was on its way before is not new', () => {
		const back = looking.until('sample').waits(10).does({type: 'resumed'});
		const old = back.waits(10).picture([session]).draws().waits(600);
		expect(old.types('k').waits(50).signals()).toEqual([]);
		const fresh = old.until('sample').picture([session]).draws().waits(500);
		expect(fresh.types('k').waits(50).signals()).toHaveLength(1);
	});

	test('a picture is asked for at once', () => {
		const answered = looking.picture([session]).waits(100);
		expect(answered.does({type: 'resumed'}).times('sample').at(-1)).toBe(answered.now);
	});

	test('when the picture is held, too: it stays, and may be looked at anew', () => {
		const held = looking.picture([session]).types('p').waits(5000).does({type: 'resumed'});
		expect(held.times('sample').at(-1)).toBe(held.now);
		const early = held.draws().waits(600).types('k').waits(50);
		expect(early.signals()).toEqual([]);
		expect(early.status()).toBe('4388: k ignored, a new picture is to come');
		const other = held.waits(20).picture([session, backend(4402)]);
		expect(other.rows()).toEqual(['4388']);
		const fresh = held.waits(20).picture([session]).draws().waits(500);
		expect(fresh.types('k').waits(50).signals()).toHaveLength(1);
	});
});

describe.each(keys)('%s is refused, with the reason, and nothing is ever sent or asked', key => {
	test.each([
		['pgtop itself', backend(ownPid), /^9999 is pgtop itself$/],
		[
			'a parallel worker',
			processOf(4402, 'parallel worker', {leaderPid: 4388, state: 'active'}),
			/^4402 is a worker of 4388: select 4388$/,
		],
		['the checkpointer', processOf(51, 'checkpointer'), /^51 is the checkpointer: SQL can't signal it$/],
		['the background writer', processOf(52, 'background writer'), /^52 is the background writer: /],
		['the walwriter', processOf(53, 'walwriter'), /^53 is the walwriter: /],
		['the archiver', processOf(54, 'archiver'), /^54 is the archiver: /],
		['the walsummarizer', processOf(55, 'walsummarizer'), /^55 is the walsummarizer: /],
		['startup', processOf(56, 'startup'), /^56 is the startup: /],
		['walreceiver', processOf(57, 'walreceiver'), /^57 is the walreceiver: /],
		['an io worker', processOf(58, 'io worker'), /^58 is the io worker: /],
	])('%s', (_, target, says) => {
		const pressed = lookingAt(target).types(key);
		expect(pressed.status()).toMatch(says);
		expect(signals(pressed)).toEqual([]);
		expect(pressed.waits(1000).times('inspect')).toEqual([]);
		// Again and again changes nothing.
		expect(signals(pressed.waits(1000).types(key).waits(1000).types(key))).toEqual([]);
	});
});

describe('c with nothing to cancel says so', () => {
	test.each([
		[
			'idle in transaction',
			backend(4211, {state: 'idle in transaction', xactStart: noon - 14 * minute - 2 * second}),
			'nothing to cancel: idle in transaction for 14m02s. k ends the session',
		],
		['idle', idleBackend(4403), 'nothing to cancel: 4403 is idle. k ends the session'],
	])('%s', (_, target, says) => {
		const pressed = lookingAt(target).types('c');
		expect(pressed.status()).toBe(says);
		expect(signals(pressed)).toEqual([]);
	});

	test('aborted', () => {
		const pressed = lookingAt(backend(4402, {state: 'idle in transaction (aborted)'})).types('c');
		expect(pressed.status()).toMatch(/^nothing to cancel: .*aborted.* k ends the session$/);
		expect(signals(pressed)).toEqual([]);
	});

	test.each(['idle', 'idle in transaction', 'idle in transaction (aborted)'])(
		'k ends one that is %s',
		state => {
			expect(lookingAt(backend(4388, {state})).types('k').waits(50).signals()).toHaveLength(1);
		},
	);
});

test.each([
	['j', 'k ends a session here; the arrows move'],
	['C', 'Caps Lock? keys are lower case'],
	['K', 'Caps Lock? keys are lower case'],
])('%s says: %s', (key, says) => {
	expect(looking.types(key).status()).toBe(says);
	expect(signals(looking.types(key))).toEqual([]);
	expect(looking.types(key).selected()).toBe(4388);
});
