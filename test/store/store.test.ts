import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {describe, expect, test} from 'vitest';
import type {Command} from '../../source/state/command.js';
import {initialState} from '../../source/state/initial.js';
import {frameOf} from '../../source/state/screen/frame-of.js';
import type {State} from '../../source/state/state.js';
import {createStore, type Dispatch} from '../../source/store/store.js';
import {backend, seenOf, snapshot} from '../helpers/state/backend.js';
import {lookingAt} from '../helpers/state/play.js';
import {usualNames, usualSettings} from '../helpers/state/settings.js';

const start = (): State =>
	initialState(usualSettings, {columns: 80, rows: 24}, 0, {parts: [], names: usualNames});
const bytes = (text: string) => ({type: 'bytes', bytes: new TextEncoder().encode(text)}) as const;

/** A store on a clock of its own, and the commands that it gave. */
function opened(carryOut: (command: Command, dispatch: Dispatch) => void = () => {}) {
	const given: Command['type'][] = [];
	const store = createStore(start(), {
		now: () => 0,
		carryOut(command, dispatch) {
			given.push(command.type);
			carryOut(command, dispatch);
		},
	});
	return {store, given};
}

describe('a store', () => {
	test('does nothing before it is started, and what is due when it is', () => {
		const {store, given} = opened();
		expect(given).toEqual([]);
		store.start();
		expect(given).toEqual(['sample']);
		store.stop();
	});

	test('gives its commands after the state that asks for them', () => {
		const seen: (number | undefined)[] = [];
		const {store} = opened(() => seen.push(store.getState().server.sampledAt));
		store.start();
		expect(seen).toEqual([0]);
		store.stop();
	});

	test('tells listeners of a change, once, and not when nothing changed', () => {
		const {store} = opened();
		let told = 0;
		const leave = store.subscribe(() => told++);
		store.dispatch(bytes('i'));
		expect(told).toBe(1);
		store.dispatch({type: 'resized', size: {columns: 80, rows: 24}});
		expect(told).toBe(1);
		leave();
		store.dispatch(bytes('i'));
		expect(told).toBe(1);
	});

	test('tells nobody of a frame that was drawn: it would be drawn again and again', () => {
		const {state} = lookingAt(backend(4388));
		const {drawn: _, ...screen} = state.screen;
		const store = createStore({...state, screen}, {now: () => 5000, carryOut: () => {}});
		let told = 0;
		store.subscribe(() => told++);
		store.dispatch({type: 'drawn', frame: frameOf(state)});
		expect(store.getState().screen.drawn?.highlighted).toEqual({id: state.screen.selected, since: 5000});
		expect(told).toBe(0);
	});

	test('tells nobody that a refresh was sent, which is not on the screen', () => {
		let now = 5000;
		const {state} = lookingAt(backend(4388));
		const store = createStore(state, {now: () => now, carryOut: () => {}});
		let told = 0;
		store.subscribe(() => told++);
		now = state.server.nextSampleAt;
		store.dispatch({type: 'wake'});
		expect(store.getState().server.sampledAt).toBe(now);
		expect(told).toBe(0);
		store.dispatch({type: 'sampled', snapshot: snapshot([backend(4388)])});
		expect(told).toBe(1);
	});

	test('takes an action that a command gives back at once', () => {
		const {store} = opened((command, dispatch) => {
			if (command.type === 'sample') dispatch({type: 'sampled', snapshot: snapshot([backend(4388)])});
		});
		store.start();
		expect(store.getState().screen.rows).toHaveLength(1);
		store.stop();
	});

	test.each(['a key that waits to be alone', 'the answer that it was too late'])(
		'after a suspension of the machine %s sends nothing',
		what => {
			let slept = 0;
			const looking = lookingAt(backend(4388));
			const {state, now} = what.startsWith('a key') ? looking.types('k') : looking.presses('k');
			const given: Command['type'][] = [];
			const store = createStore(state, {
				now: () => now + slept,
				hasSlept: () => slept > 0,
				carryOut: ({type}) => given.push(type),
			});
			slept = 3_600_000;
			const [sent] = state.server.signals;
			const at = (sent?.order.expiresAt ?? 0) + 3_600_000_000;
			if (sent)
				store.dispatch({
					type: 'answered',
					number: sent.order.number,
					answer: {type: 'answered', at, held: ['time'], seen: seenOf(backend(4388))},
				});
			else store.dispatch({type: 'wake'});
			expect(given).not.toContain('signal');
			store.stop();
		},
	);

	test('a listener that unsubscribes while it is told takes nothing from the others', () => {
		const {store} = opened();
		const told: string[] = [];
		const leave = store.subscribe(() => {
			told.push('first');
			leave();
		});
		store.subscribe(() => told.push('second'));
		store.dispatch(bytes('i'));
		expect(told).toEqual(['first', 'second']);
	});
});

/** On the real clock, from a second's look at 4388 on; `until` resolves when such a command is given. */
function running() {
	const {state, now} = lookingAt(backend(4388)).picture([backend(4388)]);
	const from = performance.now();
	const given: Command['type'][] = [];
	let told = () => {};
	const store = createStore(state, {
		now: () => now + performance.now() - from,
		carryOut({type}) {
			given.push(type);
			told();
		},
	});
	const until = (type: Command['type']) =>
		new Promise<void>(resolve => {
			told = () => given.includes(type) && resolve();
			told();
		});
	return {store, given, until, passed: () => performance.now() - from};
}

const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;

describe('its only timer', () => {
	test('wakes the state when it wants to: a lone key after 50 ms', async () => {
		const {store, given, until, passed} = running();
		store.start();
		store.dispatch(bytes('k'));
		expect(given).toEqual([]);
		await until('signal');
		expect(passed()).toBeGreaterThanOrEqual(50);
		store.stop();
	});

	test('is one, however much happens, and none after the stop', () => {
		const before = timers();
		const {store} = running();
		store.start();
		for (const key of 'iaRik') store.dispatch(bytes(key));
		expect(timers()).toBe(before + 1);
		store.stop();
		expect(timers()).toBe(before);
		store.dispatch(bytes('i'));
		expect(timers()).toBe(before);
	});

	test('bytes that wait to be read come before a lone key is taken for one', async () => {
		const listening = createServer().listen(0, '127.0.0.1');
		await once(listening, 'listening');
		const keyboard = connect((listening.address() as AddressInfo).port, '127.0.0.1');
		const [terminal] = (await once(listening, 'connection')) as [Socket];
		const {store, given, passed} = running();
		const read = once(terminal, 'data');
		terminal.on('data', chunk => store.dispatch({type: 'bytes', bytes: chunk}));
		store.start();
		store.dispatch(bytes('k'));
		keyboard.write('x');
		// A loop that is too busy to read: the 50 ms are over when it comes to it.
		while (passed() < 100);
		await read;
		await new Promise(resolve => setImmediate(resolve));
		expect(given).not.toContain('signal');
		store.stop();
		keyboard.destroy();
		terminal.destroy();
		listening.close();
	});
});
