import type {Colours} from '../domain/list/style.js';
import type {State} from '../state/state.js';
import {App} from './app.js';
import {render} from './packages.js';

type Options = {
	readonly subscribe: (listener: () => void) => () => void;
	readonly getState: () => State;
	readonly colours: Colours;
	/** A frame that shows this state: whole lines, from the top of the screen. */
	readonly onFrame: (lines: readonly string[], state: State) => void;
	/** Drawing has failed. */
	readonly onCrash: (error: unknown) => void;
};

/** Lets Ink draw a frame of each state, the present one at once, until `close`. The terminal, its modes and its keys are not Ink's. */
export function openFrames({subscribe, getState, colours, onFrame, onCrash}: Options): {close(): void} {
	let shown = getState();
	let isClosed = false;
	const onShow = (state: State) => {
		shown = state;
	};

	// What Ink takes for the terminal. Of the same size as the state, so that a frame never mixes two sizes.
	const stdout = {
		isTTY: true,
		get columns() {
			return getState().screen.size.columns;
		},
		get rows() {
			return getState().screen.size.rows;
		},
		write(text: string, written?: () => void) {
			if (text !== '' && !isClosed) onFrame(text.split('\n'), shown);
			if (written) setImmediate(written);
			return true;
		},
		on: () => stdout,
		off: () => stdout,
	};

	const instance = render(
		<App subscribe={subscribe} getState={getState} colours={colours} onShow={onShow} />,
		{
			stdout: stdout as unknown as NodeJS.WriteStream,
			// Each write is one whole frame, made at once out of the state that has just come. Otherwise Ink puts frames off, and erases what it has written before.
			debug: true,
			exitOnCtrlC: false,
			patchConsole: false,
		},
	);
	instance.waitUntilExit().catch(onCrash);

	return {
		close() {
			isClosed = true;
			instance.unmount();
		},
	};
}
