import {fstatSync, writeFileSync} from 'node:fs';
import {systemCodeOf} from '../files/system-code.js';
import type {Failure} from '../ports/failure.js';

type Stream = NodeJS.WriteStream & {readonly fd: number};

/** What is written while there is no screen. */
export type Output = {
	/** Resolves when all of the text is written. A reader that has gone, such as `head`, is a quiet end. Rejects with a `Failure`. */
	print(text: string): Promise<void>;
	/** One sentence on standard error. */
	complain(sentence: string): void;
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

/** The part that a person reads: `no space left on device` of `ENOSPC: no space left on device, write`. */
const reasonOf = (error: unknown) =>
	error instanceof Error ? error.message.replace(/^[A-Z]+: |, \w+$/g, '') : String(error);

/** `drawable` turns any text into one that the terminal can draw. */
export function openOutput(stdout: Stream, stderr: Stream, drawable: (text: string) => string): Output {
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
				stderr.write(drawable(`pgtop: ${sentence}\n`));
			} catch {}
		},
	};
}
