import {Box, usePaste} from 'ink';
import {useInsertionEffect, useSyncExternalStore} from 'react';
import {screenLines} from '../lines/screen.js';
import type {State} from '../state/state.js';
import {LinesView} from './lines-view.js';
import {PageView} from './page-view.js';

type Props = {
	readonly subscribe: (listener: () => void) => () => void;
	readonly getState: () => State;
	readonly isColoured: boolean;
	/** Told which state the next frame shows. */
	readonly onShow: (state: State) => void;
};

/** The whole screen: state in, lines out. */
export function App({subscribe, getState, isColoured, onShow}: Props) {
	const state = useSyncExternalStore(subscribe, getState);
	// For this hook Ink switches the terminal to raw mode and bracketed paste. The hook never gets a byte.
	usePaste(() => {});
	// An insertion effect runs before Ink makes the frame out of this commit.
	useInsertionEffect(() => onShow(state));
	const {columns, rows} = state.screen.size;
	return (
		<Box flexDirection='column' width={columns} height={rows} overflow='hidden'>
			<Screen state={state} isColoured={isColoured} />
		</Box>
	);
}

function Screen({state, isColoured}: {readonly state: State; readonly isColoured: boolean}) {
	const screen = screenLines(state);
	if (screen.type === 'too small') return <LinesView lines={screen.lines} isColoured={isColoured} />;
	return (
		<>
			<Box flexDirection='column' flexShrink={0} height={screen.height} overflow='hidden'>
				{screen.type === 'page' ? (
					<PageView {...screen.page} />
				) : (
					<LinesView lines={screen.lines} isColoured={isColoured} />
				)}
			</Box>
			<LinesView lines={screen.foot} isColoured={isColoured} />
		</>
	);
}
