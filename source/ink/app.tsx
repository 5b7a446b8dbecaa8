import {Box, Text, usePaste} from 'ink';
import {useInsertionEffect, useSyncExternalStore} from 'react';
import {isTooSmall, smallest} from '../domain/list/window.js';
import {cut} from '../domain/text/width.js';
import {bottomLines, tableRows, topLines} from '../lines/screen.js';
import {shownLayer} from '../state/screen/layers.js';
import {pageOf} from '../state/screen/pages.js';
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
	// Ink switches the terminal to raw mode and bracketed paste for this; it is never given a byte.
	usePaste(() => {});
	// Before Ink makes the frame out of this commit.
	useInsertionEffect(() => onShow(state));
	const {columns, rows} = state.screen.size;
	return (
		<Box flexDirection='column' width={columns} height={rows} overflow='hidden'>
			<Screen state={state} isColoured={isColoured} />
		</Box>
	);
}

function Screen({state, isColoured}: {readonly state: State; readonly isColoured: boolean}) {
	const {size, layers} = state.screen;
	const {note} = state.status;
	if (isTooSmall(size)) return <TooSmall {...size} note={note?.isBad ? note.text : undefined} />;
	const page = pageOf(state);
	const under = shownLayer(layers);
	const bottom = bottomLines(state);
	const top = topLines(state);
	const height = size.rows - bottom.length;
	return (
		<>
			<Box flexDirection='column' flexShrink={0} height={height} overflow='hidden'>
				{page ? (
					<PageView page={page} top={'top' in under ? under.top : 0} {...size} height={height} />
				) : (
					<LinesView
						lines={[...top, ...tableRows(state, height - top.length)].slice(0, height)}
						isColoured={isColoured}
					/>
				)}
			</Box>
			<LinesView lines={bottom} isColoured={isColoured} />
		</>
	);
}

type TooSmallProps = {readonly columns: number; readonly rows: number; readonly note: string | undefined};

function TooSmall({columns, rows, note}: TooSmallProps) {
	const needed = `${smallest.columns}x${smallest.rows}`;
	return (
		<>
			<Text wrap='truncate'>{cut(`pgtop needs ${needed}, not ${columns}x${rows}`, columns)}</Text>
			{note !== undefined && rows > 1 && <Text wrap='truncate'>{cut(note, columns)}</Text>}
		</>
	);
}
