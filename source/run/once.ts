import type {Size} from '../domain/list/window.js';
import type {Trouble} from '../domain/server/trouble.js';
import type {Connect} from '../ports/connect.js';
import type {Failure} from '../ports/failure.js';
import {pictureOf} from '../state/picture.js';
import type {RunSettings, State} from '../state/state.js';
import {update} from '../state/update.js';
import type {Surroundings} from '../store/effects.js';
import {openLoop} from './loop.js';

/** Any size will do: nothing of a single picture depends on the screen. */
const size: Size = {columns: 80, rows: 24};

/** Nothing is drawn, and no key is pressed. */
const nobody: Omit<Surroundings, 'onBug'> = {
	redraw() {},
	suspend: async () => {},
	quit() {},
	copy: async () => 'terminal',
	format: async () => undefined,
	audit: undefined,
};

const failureOf = ({why, hint}: Trouble): Failure => ({
	sentence: why,
	...(hint !== undefined && {hint}),
	isLost: false,
});

/** Nobody can press Enter for the last query of an idle session, so that of each is shown. */
const withIdleTexts =
	(connect: Connect): Connect =>
	async (...how) => {
		const server = await connect(...how);
		return {...server, sample: async parts => server.sample(parts, 'all')};
	};

/** From this interval on, in milliseconds, a second picture is waited for, because the two give rates. Nobody waits for it by default. */
const forRates = 5000;

/** As if it had been typed: nothing in a configuration comes before it. */
const withInterval = ({configuration, ...settings}: RunSettings, interval: number): RunSettings => ({
	...settings,
	configuration: {
		...configuration,
		typed: {...configuration.typed, interval: {value: interval, from: '--once'}},
	},
});

/** Runs the loop until there is one picture, with what this role may see and do; with a long interval until there are two that far apart. Rejects with the first `Failure`, while there is no picture. */
export async function takeOnce(connect: Connect, settings: RunSettings): Promise<State> {
	const wanted = settings.interval >= forRates ? 2 : 1;
	// However long the rights take, no refresh becomes due that is not waited for.
	const interval = wanted === 1 ? Infinity : settings.interval;
	let fail: (error: unknown) => void = () => {};
	const loop = await openLoop({
		settings: withInterval(settings, interval),
		connect: withIdleTexts(connect),
		size: () => size,
		...nobody,
		onBug: error => fail(error),
	});
	const taken = new Promise<State>((resolve, reject) => {
		fail = reject;
		let pictured: State | undefined;
		loop.subscribe(() => {
			const state = loop.getState();
			const {link, refused, rights, rightsFailed, pictures} = state.server;
			const trouble: Trouble | undefined = link.type === 'up' ? refused : link;
			const isRead = rights !== undefined || rightsFailed !== undefined;
			// Without rights no row is marked, and all else is there.
			if (trouble && pictured) resolve(withRights(pictured, trouble));
			else if (trouble) reject(failureOf(trouble));
			else if (isRead && pictures >= wanted) resolve(state);
			else if (pictureOf(state)) pictured = state;
		});
		loop.start();
	});
	return taken.finally(() => loop.end());
}

/** The last state of before the trouble, which says so where it has cost the rights. */
const withRights = (state: State, {why}: Trouble): State =>
	state.server.rights === undefined && state.server.rightsFailed === undefined
		? update(state, {type: 'rights-failed', why}, 0)[0]
		: state;
