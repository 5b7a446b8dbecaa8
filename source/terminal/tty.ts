import type {ReadStream, WriteStream} from 'node:tty';
import type {Size} from '../domain/list/window.js';

/**
What Ink gets for its standard input: it may switch the terminal's modes, and is never given a byte. Bytes are read and decoded by ourselves, because what a key does depends on when it came and on what came with it.
*/
export function lendModes(stdin: ReadStream): NodeJS.ReadStream {
	const lent = {
		isTTY: true,
		setRawMode(isRaw: boolean) {
			stdin.setRawMode(isRaw);
			return lent;
		},
		ref() {
			stdin.ref();
			stdin.resume();
			return lent;
		},
		unref() {
			stdin.pause();
			stdin.unref();
			return lent;
		},
		setEncoding: () => lent,
		read: () => null,
		addListener: () => lent,
		removeListener: () => lent,
	};
	return lent as unknown as NodeJS.ReadStream;
}

/** A terminal that does not tell its size, as some serial lines, counts as 80×24. */
export const sizeOf = ({columns, rows}: WriteStream): Size => ({columns: columns || 80, rows: rows || 24});

/** Home and erase: what Ink draws next finds an empty screen. */
export const eraseScreen = '\u001B[H\u001B[2J';
