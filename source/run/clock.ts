/** In milliseconds. Clocks are corrected all the time: what is less is no sleep. */
const leastSleep = 1000;

/** Time as it passes for the server, too. */
export type Clock = {
	/** Never goes back, and counts the time in which the machine was suspended. In milliseconds. */
	now(): number;
	/** Whether the machine was suspended since this was asked last. */
	hasSlept(): boolean;
};

/**
A clock for what has to be in time. Of the two that there are, in milliseconds, `monotonic` stands still while a Linux machine is suspended: a signal on its way would count as just sent. `wall` goes on, but may be set.

Where the wall clock is set forward, it seems that the machine had slept. That does no harm: a new picture is waited for.
*/
export function openClock(monotonic: () => number, wall: () => number): Clock {
	let slept = 0;
	let wasAsleep = false;
	let ahead = wall() - monotonic();
	const now = () => {
		const passed = monotonic();
		const before = ahead;
		ahead = wall() - passed;
		if (ahead - before >= leastSleep) {
			slept += ahead - before;
			wasAsleep = true;
		}

		return passed + slept;
	};

	return {
		now,
		hasSlept() {
			now();
			const was = wasAsleep;
			wasAsleep = false;
			return was;
		},
	};
}
