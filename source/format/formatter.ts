import {Worker} from 'node:worker_threads';
import type {Format} from '../ports/format.js';

/** How long a text may take, with the start of the thread, in milliseconds: whoever wrote it may have wanted it to take for ever. */
const usuallyWithin = 10_000;

/** After so long without a text the thread ends, in milliseconds. */
const restsFor = 30_000;

/** A thread that does not keep the program from its end, and does not end it by an error. */
function started(file: URL): Worker {
	const thread = new Worker(file, {resourceLimits: {maxOldGenerationSizeMb: 128}});
	thread.unref();
	return thread.on('error', () => {});
}

/** Formats in a thread of its own, so that no text holds up the keys. `file` is the script of the thread, which is started for the first text. */
export function openFormatter(file: URL, answersWithin = usuallyWithin): Format {
	let thread: Worker | undefined;
	let resting: NodeJS.Timeout | undefined;
	let last: Promise<unknown> = Promise.resolve();

	const end = () => {
		void thread?.terminate();
		thread = undefined;
	};

	const ask = async (text: string): Promise<string | undefined> => {
		clearTimeout(resting);
		thread ??= started(file);
		const asked = thread;
		return new Promise(resolve => {
			const answer = (formatted?: string) => {
				clearTimeout(late);
				asked.off('message', answer).off('error', fail).off('exit', fail);
				resting = setTimeout(end, restsFor).unref();
				resolve(formatted);
			};
			const fail = () => {
				answer();
				clearTimeout(resting);
				end();
			};
			const late = setTimeout(fail, answersWithin);
			asked.on('message', answer).on('error', fail).on('exit', fail);
			asked.postMessage(text);
		});
	};

	return async text => {
		const answer = last.then(async () => ask(text));
		last = answer;
		return answer;
	};
}
