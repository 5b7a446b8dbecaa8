import type {ServerNames} from '../../../domain/configuration/server-names.js';
import {serverRules} from '../../../domain/configuration/server-rules.js';
import {withColumns} from '../../list/shown-columns.js';
import {quietRefusal} from '../../screen/note.js';
import type {State} from '../../state.js';
import {type Step, withScreen, withServer} from '../../step.js';
import {beginsFor} from './begins.js';

/** Puts in force what the configuration says of the server with these names. What was refused by the rules of the one before is no longer said. */
export function withRules(state: State, names: ServerNames): State {
	const {readOnlyBy: _, production: __, ...settings} = state.settings;
	const after = {...state, settings: {...settings, ...serverRules(settings.configuration, names)}};
	return withBegins(quietRefusal(after), names);
}

/** What a person has chosen in the run stays; the rest is as the configuration has it for this server. */
function withBegins(state: State, names: ServerNames): State {
	const {settings, server, screen} = state;
	const {begins: before} = server;
	const begins = beginsFor(settings.configuration, names, before.usualInterval);
	const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
	if (isSame(before, begins)) return state;
	const interval = settings.interval === before.interval ? begins.interval : settings.interval;
	const sort = isSame(screen.sort, before.sort) ? begins.sort : screen.sort;
	const told = withServer({...state, settings: {...settings, interval}}, {begins});
	return isSame(screen.columns, before.columns)
		? withColumns(withScreen(told, {sort}), begins.columns)
		: withScreen(told, {sort});
}

/** Asks for the names of a server that has come in the place of another, and again when they could not be read. Where nothing is said of any one server they do not matter. */
export function readNames(state: State, isOther: boolean): Step {
	const {awaitedNames} = state.server;
	const isDue = isOther || awaitedNames === 0;
	if (!isDue || state.settings.configuration.sections.length === 0) return [state, []];
	return [withServer(state, {awaitedNames: (awaitedNames ?? 0) + 1}), [{type: 'names'}]];
}

const stillAwaited = ({server: {awaitedNames = 0}}: State) => Math.max(0, awaitedNames - 1);

/** Where the server has changed once more since these names were asked for, only the last ones count. */
export function namesRead(state: State, names: ServerNames): State {
	const left = stillAwaited(state);
	return left > 0
		? withServer(state, {awaitedNames: left})
		: withRules(withServer(state, {awaitedNames: undefined}), names);
}

/** The next picture asks again. */
export const namesFailed = (state: State): State => withServer(state, {awaitedNames: stillAwaited(state)});
