import {expect, test} from 'vitest';
import {openClock} from '../../source/run/clock.js';

/** A clock over two that are told how far they have gone, in milliseconds. */
function opened() {
	const at = {monotonic: 500, wall: 1_764_500_000_000};
	const clock = openClock(
		() => at.monotonic,
		() => at.wall,
	);
	const go = (monotonic: number, wall = monotonic) => {
		at.monotonic += monotonic;
		at.wall += wall;
	};
	return {...clock, go};
}

test('time passes as it does for both, and small corrections are none', () => {
	const {now, hasSlept, go} = opened();
	expect(now()).toBe(500);
	go(2000);
	expect(now()).toBe(2500);
	go(2000, 1100);
	go(2000, 2900);
	expect(now()).toBe(6500);
	expect(hasSlept()).toBe(false);
});

test('hours in which the machine was suspended have passed, and are told of once', () => {
	const {now, hasSlept, go} = opened();
	go(200, 3_600_200);
	expect(hasSlept()).toBe(true);
	expect(hasSlept()).toBe(false);
	expect(now()).toBe(500 + 3_600_200);
	go(100);
	expect(now()).toBe(500 + 3_600_300);
});

test('a wall clock that is set back takes nothing from the time', () => {
	const {now, hasSlept, go} = opened();
	go(100, -3_600_000);
	expect(now()).toBe(600);
	go(100);
	expect(now()).toBe(700);
	expect(hasSlept()).toBe(false);
});
