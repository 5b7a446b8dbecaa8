import type {Writable} from 'node:stream';

/** In bytes: more than a frame. */
const mostWaiting = 256 * 1024;

/** Writes a text, unless so much waits already that memory would grow by it: then it is false. */
export function writeUnlessBusy(terminal: Writable, text: string): boolean {
	if (terminal.writableLength > mostWaiting) return false;
	terminal.write(text);
	return true;
}
