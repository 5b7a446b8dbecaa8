import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';

/** How long a stop may take to come into effect, in milliseconds. */
const stopsWithin = 100;

/** Stops the job that this process is of, as Ctrl-Z does. Resolves when the shell continues it; or soon, where no shell could: there it is not stopped at all. */
export async function stopJob(): Promise<void> {
	let go = () => {};
	const continued = new Promise<void>(done => {
		go = done;
	});
	process.once('SIGCONT', go);
	process.kill(0, 'SIGTSTP');
	await Promise.race([continued, wait(stopsWithin)]);
	process.off('SIGCONT', go);
}
