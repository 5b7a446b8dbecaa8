import type {ReadStream, WriteStream} from 'node:tty';
import type {Colours} from '../../domain/list/style.js';
import {paintedScreen} from '../../lines/painted.js';
import {pictureOf} from '../../state/picture.js';
import type {State} from '../../state/state.js';
import {isForeground} from '../../terminal/foreground.js';
import {openModes} from '../../terminal/modes.js';
import {openPainter} from '../../terminal/painter/painter.js';
import {sizeOf} from '../../terminal/size-of.js';
import type {Loop} from '../loop.js';
import {openHeap} from './heap.js';

export type Screen = {
	/** The screen belongs to the program from now on. */
	open(): void;
	/** The job was continued: a shell may have had the terminal. */
	regain(): void;
	/** What is on the terminal is not known any more: its next frame is drawn whole. */
	forget(): void;
	/** Draws the last frame again, as far as it is not there. */
	repaint(): void;
	/** Leaves the screen and the terminal's modes to others while `away` runs. What is on the terminal then is to be forgotten. */
	lend(away: () => Promise<void>): Promise<void>;
	/** Puts the terminal back as it was. */
	leave(): Promise<void>;
};

type Options = Pick<Loop, 'getState' | 'subscribe'> & {
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** Makes of any text what the terminal can draw. */
	readonly drawable: (text: string) => string;
	readonly colours: Colours;
	/** The shell has the terminal. */
	readonly isAway: () => boolean;
	/** A frame that shows this state has left our buffer. */
	readonly onDrawn: (state: State) => void;
	/** Drawing has failed. */
	readonly onCrash: (error: unknown) => void;
};

type Frame = {readonly lines: readonly string[]; readonly state: State};

/** How long the first picture is waited for before Ink is loaded all the same, in milliseconds. */
const picturedWithin = 300;

/**
The screen of the program, on the terminal that it owns alone.

Loading Ink takes longer than to ask a server. So the first frames are painted without it, of the same lines, and Ink goes on from there.
*/
export function openScreen(options: Options): Screen {
	const {getState, subscribe, stdin, stdout, drawable, colours, isAway, onDrawn, onCrash} = options;
	const modes = openModes(stdin, stdout, () => !isAway() && isForeground());
	const painter = openPainter({
		get columns() {
			return sizeOf(stdout).columns;
		},
		get rows() {
			return sizeOf(stdout).rows;
		},
		write: (text, written) => void stdout.write(drawable(text), written),
	});
	const heap = openHeap();
	let isOurs = false;
	let last: Frame | undefined;
	/** No frame of a newer state is on its way. That a frame was drawn makes another state, and no frame. */
	let isLatest = false;
	let endDrawing = () => {};

	const paint = ({lines, state}: Frame) => painter.paint(lines, () => onDrawn(state));
	const show = (frame: Frame) => {
		last = frame;
		isLatest = true;
		if (isOurs) paint(frame);
	};
	const repaint = () => {
		if (isOurs && isLatest && last) paint(last);
	};

	const drawWithInk = async () => {
		const {openFrames} = await import('../../ink/frames.js');
		endDrawing();
		const frames = openFrames({
			getState,
			subscribe,
			colours,
			onFrame(lines, state) {
				show({lines, state});
				heap.fit(pictureOf(state)?.backends.length ?? 0);
			},
			onCrash,
		});
		endDrawing = frames.close;
	};

	/** A page has to be laid out: it waits for Ink. */
	const drawWithoutInk = () => {
		const state = getState();
		const lines = paintedScreen(state, colours);
		if (lines) show({lines, state});
	};

	return {
		open() {
			isOurs = true;
			modes.enter();
			subscribe(() => {
				isLatest = false;
			});
			let isLoading = false;
			const load = () => {
				if (isLoading) return;
				isLoading = true;
				clearTimeout(timer);
				void drawWithInk().catch(onCrash);
			};
			const timer = setTimeout(load, picturedWithin);
			const stop = subscribe(() => {
				drawWithoutInk();
				if (pictureOf(getState())) setImmediate(load);
			});
			endDrawing = () => {
				clearTimeout(timer);
				stop();
			};
			drawWithoutInk();
		},
		regain: modes.regain,
		forget: painter.forget,
		repaint,
		async lend(away) {
			isOurs = false;
			painter.drop();
			await modes.leave();
			await away();
			// The program ends while the shell has the terminal.
			if (isAway()) return;
			modes.enter();
			isOurs = true;
		},
		async leave() {
			isOurs = false;
			painter.drop();
			try {
				endDrawing();
			} finally {
				await modes.leave();
			}
		},
	};
}
