import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {isForeground} from '../../terminal/foreground.js';
import {stopJob} from '../../terminal/stop-job.js';

/** How long after SIGCONT another signal of the same command may come, in milliseconds. */
const heardWithin = 100;

/** What the screen and the program do for it. */
type Given = {
	/** Leaves the screen and the terminal's modes to the shell while `away` runs. */
	lend(away: () => Promise<void>): Promise<void>;
	/** Somebody else than the person at the keys asks to stop. */
	readonly onStop: () => void;
	/** The terminal is ours again: it may have another size. */
	readonly onBack: () => void;
	readonly isEnding: () => boolean;
};

/** The program as a job of a shell, which can be suspended and continued. */
export type Job = {
	/** The shell has the terminal. */
	isAway(): boolean;
	/** Resolves when the job is continued, and the screen is ours again. */
	suspend(): Promise<void>;
	/** SIGTSTP does again what it always does. Resolves when nothing is being suspended any more: what ends the program may have come in the same moment. */
	release(): Promise<void>;
};

export function openJob({lend, onStop, onBack, isEnding}: Given): Job {
	let isAway = false;

	// The default action of SIGTSTP stops the job, so our own handler has to stand aside.
	const stopUntilContinued = async () => {
		process.off('SIGTSTP', onStop);
		isAway = true;
		do {
			await stopJob();
			await new Promise(setImmediate);
			// In the background the job stops again, as every job does that needs the terminal. A signal that comes with SIGCONT, such as one to end, is heard first: a stopped job hears none.
			if (!isEnding() && !isForeground()) await wait(heardWithin);
		} while (!isEnding() && !isForeground());
		if (isEnding()) return;
		process.on('SIGTSTP', onStop);
		isAway = false;
	};

	const suspend = async () => {
		// Windows has no jobs.
		if (process.platform === 'win32') return;
		await lend(stopUntilContinued);
		if (isEnding()) return;
		onBack();
		// While the job was stopped, only the shell was told of a new size.
		process.kill(process.pid, 'SIGWINCH');
	};

	let suspension: Promise<void> | undefined;
	process.on('SIGTSTP', onStop);
	return {
		isAway: () => isAway,
		async suspend() {
			suspension = suspend();
			return suspension;
		},
		async release() {
			process.off('SIGTSTP', onStop);
			// A fault of it has ended the program, and is told as that.
			await suspension?.catch(() => {});
		},
	};
}
