import type {ReadStream, WriteStream} from 'node:tty';
import type {Size} from '../domain/list/window.js';

/**
What Ink gets for its standard input. Ink may switch the terminal's modes, as long as `isOurs`, and never gets a byte. We read and decode bytes ourselves, because what a key does depends on when it came and on what came with it.
*/
export function lendModes(stdin: ReadStream, isOurs: () => boolean): NodeJS.ReadStream {
	const lent = {
		isTTY: true,
		setRawMode(isRaw: boolean) {
			if (isOurs()) stdin.setRawMode(isRaw);
			return lent;
		},
		ref() {
			if (!isOurs()) return lent;
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

const leaveAlternateScreen = '\u001B[?1049l';

/**
What Ink gets for its standard output. Ink writes as long as `isOurs`, and `drawable` turns any text into one that the terminal can draw.

A terminal without a second screen, such as GNU screen by default, leaves the cursor at the end of the last line. So a new line is begun before the screen is left. Any other terminal puts the cursor back.
*/
export function lendScreen(
	stdout: WriteStream,
	drawable: (text: string) => string,
	isOurs: () => boolean,
): NodeJS.WriteStream {
	const lent = {
		isTTY: true,
		get columns() {
			return stdout.columns;
		},
		get rows() {
			return stdout.rows;
		},
		get destroyed() {
			return stdout.destroyed;
		},
		get writableEnded() {
			return stdout.writableEnded;
		},
		get writable() {
			return stdout.writable;
		},
		write(text: string, written?: () => void) {
			if (!isOurs()) {
				if (written) setImmediate(written);
				return true;
			}

			const ended = text === leaveAlternateScreen ? `\n${text}` : text;
			return stdout.write(drawable(ended), written);
		},
		on(event: string, listener: () => void) {
			stdout.on(event, listener);
			return lent;
		},
		off(event: string, listener: () => void) {
			stdout.off(event, listener);
			return lent;
		},
	};
	return lent as unknown as NodeJS.WriteStream;
}

/** A terminal that does not tell its size, as on some serial lines, counts as 80×24. */
export const sizeOf = ({columns, rows}: WriteStream): Size => ({columns: columns || 80, rows: rows || 24});

/** Home and erase: what Ink draws next finds an empty screen. */
export const eraseScreen = '\u001B[H\u001B[2J';
