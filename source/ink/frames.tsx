import {type Instance, render, useApp} from 'ink';
import {useInsertionEffect} from 'react';
import type {State} from '../state/state.js';
import {App} from './app.js';

export type ScreenHandle = {
	/** Draws everything anew. */
	redraw(): void;
	/** Leaves the screen and the terminal's modes to others while `away` runs. */
	lend(away: () => Promise<void>): Promise<void>;
	/** Puts the terminal back as it was. */
	leave(): Promise<void>;
};

type Options = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly subscribe: (listener: () => void) => () => void;
	readonly getState: () => State;
	readonly isColoured: boolean;
	/** Erases the terminal's screen. */
	readonly erase: () => void;
	/** A frame that shows this state has been written. */
	readonly onDrawn: (state: State) => void;
	/** Drawing has failed; the terminal is as it was. */
	readonly onCrash: (error: unknown) => void;
};

type Suspend = ReturnType<typeof useApp>['suspendTerminal'];

/** Opens the alternate screen and draws the program in it. */
export function openScreen(options: Options): ScreenHandle {
	const {stdin, stdout, subscribe, getState, isColoured, erase, onDrawn, onCrash} = options;
	let shown = getState();
	let suspend: Suspend | undefined;

	const onShow = (state: State) => {
		shown = state;
	};

	function Root() {
		const {suspendTerminal} = useApp();
		useInsertionEffect(() => {
			suspend = suspendTerminal;
		});
		return <App subscribe={subscribe} getState={getState} isColoured={isColoured} onShow={onShow} />;
	}

	const instance: Instance = render(<Root />, {
		stdin,
		stdout,
		alternateScreen: true,
		// Incremental rendering takes some clusters of letters to be narrower than terminals draw them.
		incrementalRendering: false,
		interactive: true,
		exitOnCtrlC: false,
		onRender() {
			const state = shown;
			// Called when all that was written before has left our buffer.
			stdout.write('', () => onDrawn(state));
		},
	});

	const ended = instance.waitUntilExit().catch(onCrash);

	return {
		redraw() {
			instance.clear();
			erase();
			instance.rerender(<Root />);
		},
		async lend(away) {
			await suspend?.(away);
		},
		async leave() {
			instance.unmount();
			await ended;
		},
	};
}
