import {rowWith} from '../../domain/list/row.js';
import type {Prepared} from '../../domain/locks/prepared.js';
import {keyOf, type Signal} from '../../domain/signal/target.js';
import {verdictOn} from '../../domain/signal/verdict/verdict.js';
import {taggedIn} from '../../tables/keys/tagged-in.js';
import type {Key} from '../../terminal/decode.js';
import {openPrepared} from '../choose/prepared.js';
import {pictureOf} from '../picture.js';
import {ignoreKey, quiet, sayFirst} from '../screen/note.js';
import type {State} from '../state.js';
import {withHand} from '../step.js';
import {whyNotAlone} from './alone.js';
import {arm, armTagged} from './armed.js';
import {tellSecondK, workFor} from './second-k.js';
import {sightOf} from './sight.js';

/**
When c and k act: six conditions, in this order. The first one that does not hold is said, and nothing is sent. With Alt or Ctrl they are other keys, which never get here. On a prepared transaction they open what ends it. Where something is tagged they ask about all of that: 4 and 5 are for the selected session alone.

1. The key was let go since it was obeyed for the same session.
2. The key came alone: no other byte within 50 ms before it, and no unfinished key.
3. Something can be signalled now. `refuse` knows why nothing can be: --read-only, no room, no connection, nothing selected.
4. The session was looked at, in a picture of this server: half a second in its line or highlighted, or read in the details.
5. The verdict does not refuse, and a person could read what was said of a first k.
6. Nothing follows within 50 ms, and the connection is still up. Then the key acts at once or asks first, as the verdict says.
*/
export function pressSignal(
	before: State,
	signal: Signal,
	key: Key,
	refuse: ((state: State) => string | undefined) | undefined,
	now: number,
): State {
	if (isHeldDown(before, signal, now)) return letGoFirst(before, key, now);
	const state = quiet(before);
	const together = whyNotAlone(key);
	if (together !== undefined) return ignoreKey(state, key.name, together, now);
	const tagged = taggedIn(state);
	if (!tagged && isForTags(before, now))
		return ignoreKey(
			withHand(state, {untaggedAt: undefined}),
			key.name,
			'what was tagged is not any more',
			now,
		);
	const prepared = tagged ? undefined : preparedAt(state);
	if (prepared) return openPrepared(state, prepared);
	const refusal = refuse?.(state);
	if (refusal !== undefined) return sayFirst(state, refusal, now);
	if (tagged) return armTagged(state, signal, tagged, now);
	const sight = sightOf(state, signal, now);
	if (sight.type === 'none') return sight.said;
	const {backend, at} = sight.aimed;
	const verdict = verdictOn(signal, backend, pictureOf(state)?.ownPid ?? 0, at);
	if (verdict.type === 'refuse') return sayFirst(state, verdict.why, now);
	const work = workFor(state, signal, backend, now);
	if (work === undefined) return tellSecondK(state, keyOf[signal], now);
	return arm(state, signal, sight, verdict, work, now);
}

/** How long after the last tag fell away a key is still meant for what was tagged, in milliseconds. */
const meantFor = 2000;

/** The last tag has just fallen away, or the status line still says so: the key must not hit the selected session in its place. */
const isForTags = ({hand: {untaggedAt}, screen: {layers}, status}: State, now: number): boolean =>
	layers[0].type === 'table' &&
	untaggedAt !== undefined &&
	(now - untaggedAt < meantFor || status.untagged !== undefined);

/** The prepared transaction that is selected in the list: no signal ends it, but a statement does. */
function preparedAt({screen: {layers, rows, selected}}: State): Prepared | undefined {
	const row = layers[0].type === 'table' ? rowWith(rows, selected) : undefined;
	return row && !row.isGone && !row.isOfBefore ? row.value.prepared : undefined;
}

/** How long a held key has to be silent before it acts again on the same target, in milliseconds. */
const silentFor = 700;

function isHeldDown(state: State, signal: Signal, now: number): boolean {
	const {obeyed} = state.hand;
	if (obeyed?.signal !== signal || now - obeyed.at >= silentFor) return false;
	const {tags, selected} = state.screen;
	return obeyed.ids.some(id => (taggedIn(state) ? tags.has(id) : id === selected));
}

function letGoFirst(state: State, {name}: Key, now: number): State {
	const {obeyed} = state.hand;
	return sayFirst(withHand(state, {obeyed: obeyed && {...obeyed, at: now}}), `${name}: let it go first`, now);
}
