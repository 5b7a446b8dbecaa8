import type {Size} from '../domain/list/window.js';
import type {Trouble} from '../domain/server/trouble.js';
import type {Connect} from '../ports/connect.js';
import type {Failure} from '../ports/failure.js';
import {pictureOf} from '../state/picture.js';
import type {Settings, State} from '../state/state.js';
import {update} from '../state/update.js';
import type {Surroundings} from '../store/effects.js';
import {openLoop} from './loop.js';

/** Any size will do: nothing of a single picture depends on the screen. */
const size: Size = {columns: 80, rows: 24};

/** Nothing is drawn, and no key is pressed. */
const nobody: Surroundings = {redraw() {}, suspend: async () => {}, quit() {}, audit: undefined};

const failureOf = ({why, hint}: Trouble): Failure => ({
	sentence: why,
	...(hint !== undefined && {hint}),
	isLost: false,
});

/** Runs the loop until there is one picture, with what this role may see and do. Rejects with the first `Failure`. */
export async function takeOnce(connect: Connect, settings: Settings): Promise<State> {
	// However long the rights take, no second refresh becomes due.
	const once = {...settings, interval: Infinity};
	const loop = await openLoop({settings: once, connect, size: () => size, ...nobody});
	const taken = new Promise<State>((resolve, reject) => {
		let pictured: State | undefined;
		loop.subscribe(() => {
			const state = loop.getState();
			const {link, refused, rights, rightsFailed} = state.server;
			const trouble: Trouble | undefined = link.type === 'up' ? refused : link;
			// Without rights no row is marked, and all else is there.
			if (trouble && pictured) resolve(update(pictured, {type: 'rights-failed', why: trouble.why}, 0)[0]);
			else if (trouble) reject(failureOf(trouble));
			else if (rights || rightsFailed !== undefined) resolve(state);
			else if (pictureOf(state)) pictured = state;
		});
		loop.start();
	});
	return taken.finally(() => loop.end());
}
