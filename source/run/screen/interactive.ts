import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import type {ReadStream, WriteStream} from 'node:tty';
import type {Colours} from '../../domain/list/style.js';
import type {Audit} from '../../ports/audit.js';
import type {Copy} from '../../ports/clipboard.js';
import type {Connect} from '../../ports/connect.js';
import type {Format} from '../../ports/format.js';
import {pictureOf} from '../../state/picture.js';
import {lastSentences} from '../../state/signal/sentences.js';
import type {RunSettings} from '../../state/state.js';
import {sizeOf} from '../../terminal/size-of.js';
import {unblock} from '../../terminal/unblock.js';
import type {Life} from '../end/life.js';
import {openLoop} from '../loop.js';
import {openJob} from './job.js';
import {openScreen} from './screen.js';

type Watched = {
	readonly settings: RunSettings;
	readonly connect: Connect;
	readonly audit: Audit | undefined;
	readonly copy: Copy;
	readonly format: Format;
	readonly colours: Colours;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly stderr: WriteStream;
	/** Makes of any text what the terminal can draw. */
	readonly drawable: (text: string) => string;
	readonly life: Life;
};

/** How long the terminal may take to be put back, in milliseconds: whatever it does, the program ends. */
const leavesWithin = 1000;

/** Puts terminal and screen around the loop, and leaves them to `life`. Rejects with a `Failure` when the first connection can't be made. */
export async function runInteractive(watched: Watched): Promise<void> {
	const {settings, connect, audit, copy, format, colours, drawable, life} = watched;
	const {stdin, stdout, stderr} = watched;
	const redraw = () => {
		screen.forget();
		screen.repaint();
	};
	const onBug = (error: unknown) => life.end({type: 'bug', error});
	const loop = await openLoop({
		settings,
		connect,
		size: () => sizeOf(stdout),
		redraw,
		suspend: () => job.suspend(),
		quit: () => life.end({type: 'quit'}),
		onBug,
		audit,
		copy,
		format,
	});
	if (life.isEnding()) {
		loop.end();
		return;
	}

	// The terminal has moved what was on it, also where it has its old size again: in a narrower one, lines of its full width took two. Or the shell had it.
	const resize = () => {
		screen.forget();
		loop.resize(sizeOf(stdout));
		screen.repaint();
	};
	// SIGSTOP can't be heard, nor what stops a job in the background. What was on the screen was looked at too long ago.
	const regain = () => {
		screen.regain();
		resize();
		if (!job.isAway()) loop.resumed();
	};
	const putBack = async () => {
		await job.release();
		// The shell has the terminal back already.
		if (!job.isAway()) await screen.leave();
	};
	life.hold({
		screen: {
			async leave() {
				try {
					loop.end();
				} finally {
					stdin.off('data', loop.read);
					process.off('SIGWINCH', resize);
					process.off('SIGCONT', regain);
					await Promise.race([putBack(), wait(leavesWithin)]);
				}
			},
			isAway: () => job.isAway(),
			lastWords: () => lastSentences(loop.getState()),
			known() {
				const state = loop.getState();
				const {version} = pictureOf(state)?.server ?? {};
				const versions = version === undefined ? [] : [`PostgreSQL ${version}`];
				return {versions, actions: loop.lastActions(), state};
			},
		},
		...(audit && {audit}),
	});
	const job = openJob({
		lend: away => screen.lend(away),
		onStop: loop.suspend,
		onBack: resize,
		isEnding: life.isEnding,
	});
	const screen = openScreen({
		stdin,
		stdout,
		drawable,
		getState: loop.getState,
		subscribe: loop.subscribe,
		colours,
		isAway: () => job.isAway(),
		onDrawn: loop.drawn,
		onCrash: onBug,
	});
	stdin.on('data', loop.read);
	for (const stream of [stdout, stderr]) unblock(stream);
	// Nothing is left to draw on, and no modes to put back.
	for (const stream of [stdin, stdout]) stream.on('error', () => life.end({type: 'no terminal'}));
	process.on('SIGWINCH', resize);
	process.on('SIGCONT', regain);
	// While the server answers, the screen is opened.
	loop.start();
	screen.open();
}
