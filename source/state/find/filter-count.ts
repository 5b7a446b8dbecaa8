import {countShown} from '../../domain/list/rows.js';
import {ofLast} from '../../domain/of-last.js';
import type {Snapshot} from '../../domain/server/snapshot.js';
import {sessions} from '../../views/sessions/view.js';
import {pictureOf} from '../picture.js';
import type {State} from '../state.js';
import {type Matches, matchesIn} from './filter-of.js';

const countIn = ofLast(
	(
		picture: Snapshot | undefined,
		matches: Matches | undefined,
		showsIdle: boolean,
		showsBackground: boolean,
	) =>
		picture ? countShown(sessions, picture, {how: {showsIdle, showsBackground}, matches}) : {shown: 0, of: 0},
);

/** How many sessions match the filter, of those that would be listed without it. */
export const filterCount = (state: State): {readonly shown: number; readonly of: number} => {
	const {showsIdle, showsBackground} = state.screen;
	return countIn(pictureOf(state), matchesIn(state), showsIdle, showsBackground);
};
