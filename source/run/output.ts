import {fstatSync, writeFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {systemCodeOf} from '../files/system-code.js';
import type {Failure} from '../ports/failure.js';

type Stream = NodeJS.WriteStream & {readonly fd: number};

/** What is written while there is no screen. */
export type Output = {
	/** Resolves when all of the text is written. A reader that has gone, such as `head`, is a quiet end. Rejects with a `Failure`. */
	print(text: string): Promise<void>;
	/** One sentence on standard error. */
	complain(sentence: string): void;
	/** Resolves when standard error has all of it; or soon, where it takes nothing. */
	said(): Promise<void>;
};

/** Files need care: a stream of Node's writes what fits, and says nothing of the rest. */
function isFile({fd, isTTY}: Stream): boolean {
	const stat = fstatSync(fd);
	return !isTTY && !stat.isFIFO() && !stat.isSocket();
}

const writeAll = async (stream: Stream, text: string) =>
	new Promise<void>((resolve, reject) => {
		if (isFile(stream)) {
			writeFileSync(stream.fd, text);
			resolve();
		} else stream.write(text, error => (error ? reject(error) : resolve()));
	});

/** In milliseconds. */
const saidWithin = 1000;

/** The part that a person reads: `no space left on device` of `ENOSPC: no space left on device, write`. */
const reasonOf = (error: unknown) =>
	error instanceof Error ? error.message.replace(/^[A-Z]+: |, \w+$/g, '') : String(error);

/** `drawable` turns any text into one that the terminal can draw. */
export function openOutput(stdout: Stream, stderr: Stream, drawable: (text: string) => string): Output {
	let last = Promise.resolve();
	// Whoever writes learns of an error. When standard error fails, nobody can be told.
	for (const stream of [stdout, stderr]) stream.on('error', () => {});
	return {
		async print(text) {
			try {
				await writeAll(stdout, drawable(text));
			} catch (error) {
				if (systemCodeOf(error) === 'EPIPE') return;
				throw {
					sentence: `standard output can't be written: ${reasonOf(error)}`,
					isLost: false,
				} satisfies Failure;
			}
		},
		complain(sentence) {
			try {
				const text = drawable(`pgtop: ${sentence}\n`);
				last = new Promise(resolve => stderr.write(text, () => resolve()));
			} catch {}
		},
		said: async () => Promise.race([last, wait(saidWithin)]),
	};
}
