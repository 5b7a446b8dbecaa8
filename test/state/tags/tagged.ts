import type {Play} from '../../helpers/state/play.js';

/** The pids of all that is tagged, in the order in which they were. */
export const taggedIn = ({state}: Play): readonly number[] =>
	[...state.screen.tags.values()].map(({backend}) => backend.pid);
