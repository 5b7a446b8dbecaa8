import type {Colours} from '../domain/list/style.js';
import {paintLines} from '../lines/painted.js';
import {screenLines} from '../lines/screen.js';
import type {State} from '../state/state.js';
import {LinesView} from './lines-view.js';
import {Box, useInsertionEffect, useSyncExternalStore} from './packages.js';
import {PageView} from './page-view.js';

type Props = {
	readonly subscribe: (listener: () => void) => () => void;
	readonly getState: () => State;
	readonly colours: Colours;
	/** Told which state the next frame shows. */
	readonly onShow: (state: State) => void;
};

/** The whole screen: state in, lines out. */
export function App({subscribe, getState, colours, onShow}: Props) {
	const state = useSyncExternalStore(subscribe, getState);
	// An insertion effect runs before Ink makes the frame out of this commit.
	useInsertionEffect(() => onShow(state));
	const screen = screenLines(state);
	if (screen.type === 'lines') return <LinesView lines={paintLines(screen.lines, colours)} />;
	const {columns, rows} = state.screen.size;
	return (
		<Box flexDirection='column' width={columns} height={rows} overflow='hidden'>
			<Box flexDirection='column' flexShrink={0} height={rows - screen.foot.length} overflow='hidden'>
				<PageView {...screen.page} colours={colours} />
			</Box>
			<LinesView lines={paintLines(screen.foot, colours)} />
		</Box>
	);
}
