import type {Signal} from '../../domain/signal/target.js';
import {bindingFor} from '../../tables/keymap.js';
import {decode, expire, type Key, pendingUntil} from '../../terminal/decode.js';
import type {Deadline} from '../deadline.js';
import {ignoreKey, say, sayFirst} from '../screen/note.js';
import {aim, disarm} from '../signal/aim.js';
import {isDeafTo, pressInQuestion, sayDeaf} from '../signal/question/answer.js';
import type {State} from '../state.js';
import {andThen, type Step, withHand, withStatus} from '../step.js';
import {aloneFor, whyNotAlone} from './alone.js';
import {obey} from './obey.js';
import {pressInPasswordLine} from './password-line.js';

/** How long a held key has to be silent before it acts again on the same target, in milliseconds. */
const silentFor = 700;

/** Bytes were read: whatever they are, a key that waited to be alone was not. */
export function typed(state: State, bytes: Uint8Array, now: number): Step {
	const {keys, pending} = decode(state.hand.pending, bytes, now);
	return pressAll(withHand(disarm(state, now), {pending}), keys, now);
}

/** An unfinished sequence gives up. */
export const keySequence: Deadline = {
	name: 'key sequence',
	at: ({hand: {pending}}) => pendingUntil(pending),
	act(state, now) {
		const {keys, pending} = expire(state.hand.pending, now);
		return pressAll(withHand(state, {pending}), keys, now);
	},
};

/** What was said of a key that was ignored outlasts whatever the keys that came with it have to say. */
function pressAll(state: State, pressed: readonly Key[], now: number): Step {
	const before = state.status.note;
	let ignored = before?.isIgnored && (pressed[0]?.gap ?? 0) < aloneFor ? before : undefined;
	const step = pressed.reduce<Step>(
		(pressing, key) =>
			andThen(pressing, after => {
				const [next, commands] = press(after, key, now);
				if (next.status.note?.isIgnored) ignored = next.status.note;
				return [next, commands];
			}),
		[state, []],
	);
	return ignored ? [withStatus(step[0], {note: ignored}), step[1]] : step;
}

function press(before: State, key: Key, now: number): Step {
	const {isBehindPassword} = before.hand;
	const [layer] = before.screen.layers;
	// What was pasted behind the end of a password is no key.
	if (isBehindPassword && key.gap < aloneFor) return [before, []];
	const state = isBehindPassword ? withHand(before, {isBehindPassword: undefined}) : before;
	// Until the facts have come the question is not on the screen, and whatever is pressed is no answer to it.
	if (layer.type === 'question') return [pressInQuestion(state, layer, key, now), []];
	if (layer.type === 'password') return pressInPasswordLine(state, layer, key, now);
	if (isDeafTo(state, key.name, now)) return [sayDeaf(state, now), []];
	const binding = bindingFor(key.name, layer.type);
	const [, modifier, signalKey] = /^(alt|ctrl)-([ck])$/.exec(key.name) ?? [];
	if (!binding && modifier && signalKey)
		return [
			ignoreKey(quiet(state, false), signalKey, `${modifier === 'alt' ? 'Alt' : 'Ctrl'} came with it`, now),
			[],
		];
	if (!binding) return [isReport(state, key) ? state : say(quiet(state, false), whyNothing(key.name)), []];
	if (binding.does.type === 'signal' && isHeldDown(state, binding.does.signal, now)) {
		const {obeyed} = state.hand;
		return [
			sayFirst(
				withHand(state, {obeyed: obeyed && {...obeyed, at: now}}),
				`${key.name}: let it go first`,
				now,
			),
			[],
		];
	}

	const kept = quiet(state, binding.does.type === 'move');
	const why = binding.isAlone ? whyNotAlone(key) : undefined;
	if (why !== undefined) return [ignoreKey(kept, key.name, why, now), []];
	const refusal = binding.refuse?.(kept);
	if (refusal !== undefined) return [sayFirst(kept, refusal, now), []];
	return binding.does.type === 'signal'
		? [aim(kept, binding.does.signal, now), []]
		: obey(kept, binding.does, now);
}

/** What a terminal says by itself, of a mouse or its focus, and what came together with another key, takes no word away. */
function isReport({status: {note, signal}}: State, {name, gap}: Key): boolean {
	const isSaid = note !== undefined || (name === 'unknown' && signal !== undefined);
	return isSaid && (name === 'unknown' || gap < aloneFor);
}

/** A key that means nothing says so, or it would look as if it had done something. */
function whyNothing(key: string): string {
	if (key === 'paste') return 'pasted text is ignored';
	return bindingFor(key, 'table')
		? `${key} is for the list only: Esc goes back`
		: 'no such key: ? lists them';
}

/** A key takes away what was said before it; an outcome outlives movements. */
const quiet = (state: State, isMovement: boolean): State =>
	withStatus(state, isMovement ? {note: undefined} : {note: undefined, signal: undefined});

function isHeldDown({hand: {obeyed}, screen: {selected}}: State, signal: Signal, now: number): boolean {
	return (
		obeyed !== undefined && obeyed.signal === signal && obeyed.id === selected && now - obeyed.at < silentFor
	);
}
