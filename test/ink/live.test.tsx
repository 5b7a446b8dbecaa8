import {render} from 'ink-testing-library';
import {describe, expect, test} from 'vitest';
import {App} from '../../source/ink/app.js';
import type {State} from '../../source/state/state.js';
import {backend} from '../helpers/state/backend.js';
import {down, play} from '../helpers/state/play.js';

/** A screen over a state that the test changes by hand. */
function screenOf(first: State) {
	let state = first;
	const listeners = new Set<() => void>();
	const shown: State[] = [];
	const {lastFrame, unmount, stdin} = render(
		<App
			subscribe={listener => {
				listeners.add(listener);
				return () => listeners.delete(listener);
			}}
			getState={() => state}
			colours='none'
			onShow={one => void shown.push(one)}
		/>,
	);
	return {
		frame: () => lastFrame() ?? '',
		shown,
		listeners,
		stdin,
		unmount,
		set(next: State) {
			state = next;
			for (const listener of listeners) listener();
		},
	};
}

const started = play().picture([backend(4388)]);

describe('the screen', () => {
	test('draws what the state says, whenever it changes', async () => {
		const {frame, set, unmount} = screenOf(started.state);
		await expect.poll(frame).toContain(' 4388 ');
		set(started.types(down).state);
		await expect.poll(frame).toContain('>    4388 ');
		set(started.types('?').state);
		await expect.poll(frame).toContain('pg_terminate_backend');
		expect(frame()).not.toContain(' 4388 ');
		unmount();
	});

	test('tells which state the frame shows', async () => {
		const {shown, set, unmount} = screenOf(started.state);
		const selected = started.types(down).state;
		set(selected);
		await expect.poll(() => shown.at(-1)).toBe(selected);
		expect(shown[0]).toBe(started.state);
		unmount();
	});

	test('takes no keys: they are decoded elsewhere', async () => {
		const {frame, stdin, set, unmount} = screenOf(started.state);
		stdin.write('?');
		stdin.write(down);
		set(started.types('p').state);
		await expect.poll(frame).toContain('p goes on');
		expect(frame()).not.toContain('pg_terminate_backend');
		expect(frame()).not.toContain('>    4388 ');
		unmount();
	});

	test('leaves the store when it ends', () => {
		const {listeners, unmount} = screenOf(started.state);
		expect(listeners.size).toBe(1);
		unmount();
		expect(listeners.size).toBe(0);
	});
});
