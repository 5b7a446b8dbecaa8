import {changeScreen, type Shown} from './change-screen.js';

/** Where the painter writes. */
export type Canvas = {
	/** As the terminal says now. */
	readonly columns: number;
	readonly rows: number;
	/** Calls `written` when the text has left our buffer. */
	write(text: string, written: () => void): void;
};

export type Painter = {
	/**
	Shows these lines from the top of the screen: text with SGR sequences only. What has no room is cut off.

	`shown` is called when all of it has left our buffer, at once where nothing changes, but not before an earlier frame. While a frame is on its way, the next one waits, and a newer one takes its place: then its `shown` is never called. So a slow terminal gets the newest frame, and memory does not grow.
	*/
	paint(lines: readonly string[], shown: () => void): void;
	/** The terminal is somebody else's from now on: the frame that waits is not drawn. */
	drop(): void;
	/** Nobody knows any more what is on the terminal: the next frame erases it and is drawn whole. A canvas of another size forgets by itself. */
	forget(): void;
};

type Frame = {readonly lines: readonly string[]; readonly shown: () => void};

/** Sends only the cells that change, each frame in one write. */
export function openPainter(canvas: Canvas): Painter {
	let screen: Shown | undefined;
	let isOnItsWay = false;
	let waiting: Frame | undefined;

	function send({lines, shown}: Frame): void {
		const [text, after] = changeScreen(screen, lines, canvas.columns, canvas.rows);
		screen = after;
		if (text === '') {
			shown();
			return;
		}

		isOnItsWay = true;
		canvas.write(text, () => {
			// What is painted from there waits, too, and is the newest.
			shown();
			isOnItsWay = false;
			const next = waiting;
			waiting = undefined;
			if (next) send(next);
		});
	}

	return {
		paint(lines, shown) {
			const frame = {lines, shown};
			if (isOnItsWay) waiting = frame;
			else send(frame);
		},
		drop() {
			waiting = undefined;
		},
		forget() {
			screen = undefined;
		},
	};
}
