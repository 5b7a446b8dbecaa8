import type {ReadStream, WriteStream} from 'node:tty';

/** The terminal as a program needs it that takes the whole screen and reads every key. */
export type Modes = {
	enter(): void;
	/** Reads every key again, where a shell had the terminal without a word. */
	regain(): void;
	/** Puts the terminal back as it was. Resolves when it is told so. */
	leave(): Promise<void>;
};

/** The second screen, no cursor, and pastes that can be told from keys. */
const begin = '\u001B[?1049h\u001B[?25l\u001B[?2004h';

/** In a terminal without a second screen, such as GNU screen by default, what was drawn stays. So a new line is begun under it, before the screen is left. Any other terminal puts the cursor back. */
const end = '\u001B[?2004l\u001B[9999H\n\u001B[?1049l\u001B[?25h';

/** `mayChange`: only a shell's job in the foreground may set a terminal's modes. */
export function openModes(stdin: ReadStream, stdout: WriteStream, mayChange: () => boolean): Modes {
	let isIn = false;
	/** What is raw by all that Node knows is left as it is. */
	const makeRaw = () => {
		if (!mayChange()) return;
		stdin.setRawMode(false);
		stdin.setRawMode(true);
	};
	return {
		enter() {
			if (isIn) return;
			isIn = true;
			makeRaw();
			stdin.ref();
			stdin.resume();
			stdout.write(begin);
		},
		regain() {
			if (isIn) makeRaw();
		},
		async leave() {
			if (!isIn) return;
			isIn = false;
			try {
				if (mayChange()) stdin.setRawMode(false);
				stdin.pause();
				stdin.unref();
			} finally {
				await new Promise<void>(resolve => stdout.write(end, () => resolve()));
			}
		},
	};
}
