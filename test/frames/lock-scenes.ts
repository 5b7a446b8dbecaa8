import type {Size} from '../../source/domain/list/window.js';
import {noon} from '../helpers/state/backend.js';
import {
	behindForgotten,
	forgotten,
	forgottenLocks,
	longStorm,
	storm,
	stormLocks,
} from '../helpers/state/lock-storm.js';
import {down, type Play, play} from '../helpers/state/play.js';

const chosen = (moment: Play) => moment.draws().waits(600).types('b').draws().waits(3000);

/** The selected session blocks most. */
const tree = (size: Size, isAscii = false) =>
	chosen(play({size, isAscii}).picture(storm, {locks: stormLocks, at: noon}).types('t')).picture(storm, {
		locks: stormLocks,
		at: noon,
	});

/** A queue too long to be shown, and a prepared transaction that somebody waits for. */
function longTree(size: Size): Play {
	const {backends, locks} = longStorm(60);
	const facts = {locks, prepared: [forgotten], at: noon};
	return play({size}).picture(backends, facts).types('t').types(down).types(down).types(down);
}

/** What ends a prepared transaction; the second is chosen. */
const prepared = (size: Size) =>
	play({size})
		.picture([behindForgotten], {locks: forgottenLocks, prepared: [forgotten], at: noon})
		.types('b\r')
		.types(down)
		.types(down);

/** Scenes of sessions that wait for each other. */
export const lockScenes: Readonly<Record<string, (size: Size) => Play>> = {
	tree,
	'tree-ascii': size => tree(size, true),
	'tree-queue': longTree,
	'tree-open': size => longTree(size).types('\r'),
	prepared,
};
