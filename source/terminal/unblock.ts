import type {WriteStream} from 'node:tty';

/** What Node.js has under a terminal, and documents nowhere. */
type Handle = {readonly fd?: number; setBlocking?(isBlocking: boolean): unknown};

/** Node.js takes the first three from who started it. What it opens itself is above. */
const lastInherited = 2;

/**
Writes to the terminal wait in our own buffer from now on. As Node.js has it, a write that has no room blocks the whole process: no key is read then, and no signal heard.

Where Node.js could not open the terminal anew, as after `su`, everything stays as it is: it would hold for the shell, too, and longer than for the program.
*/
export function unblock(stream: WriteStream): void {
	const {_handle: handle} = stream as unknown as {readonly _handle?: Handle | null};
	if (stream.isTTY && (handle?.fd ?? 0) > lastInherited) handle?.setBlocking?.(false);
}
