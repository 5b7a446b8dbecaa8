import {nextSorted} from '../../domain/list/column.js';
import {intervalWords} from '../../domain/server/pace.js';
import {chosenAt} from '../../tables/alerts/chosen.js';
import {allAlerts} from '../../tables/alerts.js';
import type {PlainIntent} from '../../tables/binding.js';
import {sessions} from '../../views/sessions/view.js';
import {openChooser} from '../choose/chooser.js';
import {copyEnding} from '../choose/prepared.js';
import {openFilterLine, withFilter} from '../find/filter-line.js';
import {openPidLine} from '../find/pid-line.js';
import {move} from '../list/cursor.js';
import {renewOrder} from '../list/order.js';
import {togglePane} from '../list/pane.js';
import {shownColumns} from '../list/shown-columns.js';
import {copy} from '../screen/details/copy.js';
import {nextSession} from '../screen/details/next-session.js';
import {say} from '../screen/note.js';
import {scrolled} from '../screen/page.js';
import {leave} from '../screen/quit.js';
import {selectAlerted} from '../screen/select-alerted.js';
import {intervalOf, nextInterval} from '../server/interval.js';
import {refresh} from '../server/link.js';
import type {State} from '../state.js';
import {changeLayer, closeLayer, openLayer, type Step, withHand, withScreen, withServer} from '../step.js';
import {tagMatching} from '../tags/tag-matching.js';
import {toggleTag} from '../tags/toggle-tag.js';
import {untagAll} from '../tags/untag-all.js';
import {openRow} from '../tree/open-row.js';
import {closeQueue, openQueue} from '../tree/queue.js';
import {selectRoot} from '../tree/select-root.js';
import {toggleTree} from '../tree/toggle-tree.js';

/** Does what a key wants, except for signals: those have to take aim first. */
export function obey(state: State, intent: PlainIntent, now: number): Step {
	switch (intent.type) {
		case 'move':
			return [
				state.screen.layers[0].type === 'table'
					? move(withHand(state, {typedUntil: undefined}), intent, now)
					: changeLayer(state, scrolled(state, intent)),
				[],
			];
		case 'filter':
			return [openFilterLine(state), []];
		case 'pid':
			return [openPidLine(state), []];
		case 'choose':
			return [openChooser(state, intent.of), []];
		case 'sort':
			return [sortByNext(state, intent.direction, now), []];
		case 'reverse': {
			const {sort} = state.screen;
			return [renewOrder(withScreen(state, {sort: {...sort, isReversed: !sort.isReversed}}), now), []];
		}

		case 'tree':
			return [toggleTree(state, now), []];
		case 'tag':
			return [toggleTag(state, now), []];
		case 'tag-matching':
			return [tagMatching(state, now), []];
		case 'untag':
			return [untagAll(state, now), []];
		case 'root':
			return [selectRoot(state, now), []];
		case 'queue':
			return [intent.direction > 0 ? openQueue(state, now) : closeQueue(state, now), []];
		case 'toggle':
			return [toggle(state, intent.what, now), []];
		case 'pane':
			return [togglePane(state), []];
		case 'interval':
			return [changeInterval(state, intent.direction, now), []];
		case 'pause':
			return [pause(state, now), []];
		case 'refresh':
			return [refresh(state, now), []];
		case 'say':
			return [say(state, intent.text), []];
		case 'help': {
			const isOpen = state.screen.layers[0].type === 'help';
			return [isOpen ? closeLayer(state) : openLayer(state, {type: 'help', top: 0}), []];
		}

		case 'back':
			return [back(state, now), []];
		case 'redraw':
			return [state, [{type: 'redraw'}]];
		case 'suspend':
			return [state, [{type: 'suspend'}]];
		case 'quit':
			return leave(state, now);
		case 'details':
			return openRow(state, now);
		case 'session':
			return nextSession(state, intent.direction, now);
		case 'copy':
			return copy(state, intent.what);
		case 'copy-ending':
			return copyEnding(state);
		case 'alerts':
			return [openAlertList(state, now), []];
		case 'select-alerted':
			return [selectAlerted(state, now), []];
		case 'signals':
			return [openLayer(state, {type: 'signals', top: 0}), []];
	}
}

/** The worst alert is chosen, if there is one. */
function openAlertList(state: State, now: number): State {
	const chosen = chosenAt(allAlerts(state), 0);
	const list = {type: 'alerts', top: 0, ...(chosen && {chosen})} as const;
	return openLayer(withScreen(state, {alertsReadAt: now}), list);
}

/** One step back: from what is open, from the filter, from the selection. */
function back(state: State, now: number): State {
	const {layers, filter} = state.screen;
	if (layers[0].type !== 'table') return closeLayer(state);
	return filter
		? withFilter(say(state, 'no filter any more'), undefined, now)
		: withScreen(state, {selected: undefined, heldUntil: now});
}

function sortByNext(state: State, direction: 1 | -1, now: number): State {
	const shown = shownColumns(state);
	const others = sessions.columns.filter(({id}) => shown.every(one => one.id !== id));
	const column = nextSorted([...shown, ...others], state.screen.sort.column, direction);
	if (!column) return state;
	const sorted = withScreen(state, {sort: {column: column.id, isReversed: false}});
	return renewOrder(say(sorted, `sorted by ${column.title}: ${column.help}`), now);
}

function toggle(state: State, what: 'showsIdle' | 'showsBackground', now: number): State {
	const isOn = !state.screen[what];
	const words = {showsIdle: 'idle sessions', showsBackground: 'background processes'}[what];
	return renewOrder(say(withScreen(state, {[what]: isOn}), `${words} ${isOn ? 'shown' : 'hidden'}`), now);
}

function changeInterval(state: State, direction: 1 | -1, now: number): State {
	const interval = nextInterval(state.settings.interval, direction);
	const {server, screen} = state;
	const changed = {...state, settings: {...state.settings, interval}};
	const inForce = intervalOf(changed);
	const nextSampleAt =
		screen.pausedAt === undefined ? Math.min(server.nextSampleAt, now + inForce) : Infinity;
	return say(withServer(changed, {nextSampleAt}), `every ${intervalWords(interval, inForce)}`);
}

function pause(state: State, now: number): State {
	return state.screen.pausedAt === undefined
		? withServer(withScreen(state, {pausedAt: now}), {nextSampleAt: Infinity})
		: withServer(withScreen(state, {pausedAt: undefined}), {nextSampleAt: now});
}
