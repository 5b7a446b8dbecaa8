import type {ChosenAlert, Finding} from '../../domain/server/alarms/finding.js';
import type {State} from '../../state/state.js';
import {allAlerts} from '../alerts.js';

type Named = Pick<Finding, 'pid' | 'id'> & {readonly name: string};

/** What tells the alert at this place from the others; undefined where there is none. */
export function chosenAt(told: readonly Named[], index: number | undefined): ChosenAlert | undefined {
	const one = index === undefined ? undefined : told[index];
	if (!one) return undefined;
	const {name, pid, id} = one;
	const place = told.slice(0, index).filter(other => other.name === name).length;
	return {name, place, ...(pid !== undefined && {pid}), ...(id !== undefined && {id})};
}

/** Where the chosen alert stands now; undefined where nothing is chosen, or it has gone. */
export function indexOfChosen(told: readonly Named[], chosen: ChosenAlert | undefined): number | undefined {
	if (!chosen) return undefined;
	const {name, pid, id, place} = chosen;
	const same = told.filter(one => one.name === name);
	const found =
		same.find(one => id !== undefined && one.id === id) ??
		same.find(one => pid !== undefined && one.pid === pid) ??
		same[Math.min(place, same.length - 1)];
	return found && told.indexOf(found);
}

/** The alert that is chosen in `!`, if one is. */
export function chosenAlert(state: State): ReturnType<typeof allAlerts>[number] | undefined {
	const [layer] = state.screen.layers;
	if (layer.type !== 'alerts') return undefined;
	const told = allAlerts(state);
	const index = indexOfChosen(told, layer.chosen);
	return index === undefined ? undefined : told[index];
}
