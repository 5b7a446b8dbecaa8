import {closeSync, constants, openSync, writeSync} from 'node:fs';
import {setTimeout} from 'node:timers/promises';

/** A terminal draws nothing for it. */
const zeros = Buffer.alloc(1024);

/** How long there has to be no room, in milliseconds: a reader that was told to stop takes some more, and so does the system. */
const settled = 200;

function hasRoom(fd: number): boolean {
	try {
		writeSync(fd, zeros);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
		return false;
	}
}

/** Writes to a terminal that nobody reads until it takes no byte more. */
export async function fill(terminal: string): Promise<void> {
	const {O_WRONLY, O_NONBLOCK, O_NOCTTY} = constants;
	const fd = openSync(terminal, O_WRONLY | O_NONBLOCK | O_NOCTTY);
	try {
		for (let since = performance.now(); performance.now() - since < settled; ) {
			while (hasRoom(fd)) since = performance.now();
			await setTimeout(10);
		}
	} finally {
		closeSync(fd);
	}
}
