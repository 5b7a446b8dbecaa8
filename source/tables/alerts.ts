import {ofLast} from '../domain/of-last.js';
import type {Finding} from '../domain/server/alarms/finding.js';
import type {State} from '../state/state.js';
import type {Alert} from './alerts/alert.js';
import {lackAlerts, pictureAlerts} from './alerts/own-alerts.js';
import {serverAlerts} from './alerts/server-alerts.js';

/** Every alert. What hurts comes first, wherever it stands; then the order is this one. */
export const alerts: readonly Alert[] = [...pictureAlerts, ...serverAlerts, ...lackAlerts];

type Shown = Finding & {readonly name: string};

/** Those that hurt first. */
const worstFirst = (told: readonly Shown[]): readonly Shown[] =>
	told.some(({isRed}) => isRed)
		? [...told.filter(({isRed}) => isRed), ...told.filter(({isRed}) => !isRed)]
		: told;

export const allAlerts = (state: State): readonly Shown[] =>
	worstFirst(alerts.flatMap(({name, tell}) => tell(state).map(told => ({name, ...told}))));

const namesFor = (silent: readonly Alert[], state: State, why: string) =>
	silent
		.filter(({unchecked}) => unchecked(state) === why)
		.map(({name}) => name)
		.join(', ');

/** What was checked and found in order, and what could not be checked, with the reason. */
export function unalarmed(state: State): {
	readonly inOrder: readonly string[];
	readonly unchecked: readonly string[];
} {
	const silent = alerts.filter(({tell}) => tell(state).length === 0);
	const checked = silent.filter(({unchecked}) => unchecked(state) === undefined);
	return {
		inOrder: checked.map(({inOrder}) => inOrder(state.settings.thresholds)),
		unchecked: [...new Set(silent.map(({unchecked}) => unchecked(state)))].flatMap(why =>
			why === undefined ? [] : [`${namesFor(silent, state, why)}: ${why}`],
		),
	};
}

/** The alerts for the alert line. A frame asks for them in several places. */
export const openAlerts = ofLast((state: State): readonly Shown[] =>
	worstFirst(
		alerts.flatMap(({name, tell, isRead}) =>
			isRead?.(state) ? [] : tell(state).map(told => ({name, ...told})),
		),
	),
);
