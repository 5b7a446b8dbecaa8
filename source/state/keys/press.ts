import {bindingFor} from '../../tables/keymap.js';
import {decode, expire, type Key, pendingUntil} from '../../terminal/decode.js';
import type {Command} from '../command.js';
import type {Deadline} from '../deadline.js';
import {ignoreKey, quiet, say, sayFirst} from '../screen/note.js';
import {aloneFor} from '../signal/alone.js';
import {disarm} from '../signal/armed.js';
import {pressSignal} from '../signal/press-signal.js';
import {isDeafTo, pressInQuestion, sayDeaf} from '../signal/question/answer.js';
import type {State} from '../state.js';
import {andThen, type Step, withHand, withStatus} from '../step.js';
import {isBehindLine, sayBehindLine} from './behind-line.js';
import {earlyKeys, isEarly, withEarly} from './early.js';
import {obey} from './obey.js';
import {isTyped, pressInLine} from './press-line.js';
import {pressInPasswordLine} from './press-password.js';

/** Bytes were read: whatever they are, a key that waited to be alone was not. */
export function typed(state: State, bytes: Uint8Array, now: number): Step {
	const {keys, pending} = decode(state.hand.pending, bytes, now);
	return pressAll(withHand(disarm(state, now), {pending}), keys, now);
}

/** The rest of an unfinished sequence is not waited for any longer. */
export const keySequence: Deadline = {
	name: 'key sequence',
	at: ({hand: {pending}}) => pendingUntil(pending),
	act(state, now) {
		const {keys, pending} = expire(state.hand.pending, now);
		return pressAll(withHand(state, {pending}), keys, now);
	},
};

/** Whether a command asks for nothing that the one before it has not asked for. */
const isAgain = (command: Command, before: Command | undefined): boolean =>
	(command.type === 'inspect' && before?.type === 'inspect' && command.pid === before.pid) ||
	(command.type === 'copy' && before?.type === 'copy' && command.text === before.text);

/** The note that a key was ignored outlasts the notes of keys that came with it. What was pasted asks once for what each of its keys asks for: a text may have thousands of the same. */
function pressAll(state: State, pressed: readonly Key[], now: number): Step {
	let last: Command | undefined;
	const before = state.status.note;
	let ignored = before?.isIgnored && (pressed[0]?.gap ?? 0) < aloneFor ? before : undefined;
	const step = pressed.reduce<Step>(
		(pressing, key) =>
			andThen(pressing, after => {
				if (isEarly(after, key)) return [withHand(after, {early: withEarly(after.hand.early, key)}), []];
				const [next, commands] = press(after, key, now);
				if (next.status.note?.isIgnored) ignored = next.status.note;
				const asked = commands.filter(command => !isAgain(command, last));
				last = commands.at(-1) ?? last;
				return [next, asked];
			}),
		[state, []],
	);
	return ignored ? [withStatus(step[0], {note: ignored}), step[1]] : step;
}

/** What was pressed before the first picture acts on that, or on why there is none. */
export function pressEarly(state: State, now: number): Step {
	const early = earlyKeys(state);
	if (!early) return [state, []];
	const {pressed, dropped} = early;
	const [after, commands] = pressAll(withHand(state, {early: undefined}), pressed, now);
	return [dropped ? ignoreKey(after, dropped.name, 'there was no picture yet', now) : after, commands];
}

function press(before: State, key: Key, now: number): Step {
	const {isBehindPassword} = before.hand;
	const [layer] = before.screen.layers;
	// What was pasted together with the end of a password is no key.
	if (isBehindPassword && key.gap < aloneFor) return [before, []];
	const state = isBehindPassword ? withHand(before, {isBehindPassword: undefined}) : before;
	// Until the facts have come, the question is not on the screen, and what is pressed can't be a yes.
	if (layer.type === 'question') return [pressInQuestion(state, layer, key, now), []];
	if (layer.type === 'password') return pressInPasswordLine(state, layer, key, now);
	if (isTyped(layer)) return pressInLine(state, layer, key, now);
	if (isDeafTo(state, key.name, now)) return [sayDeaf(state, now), []];
	if (isBehindLine(state, key.name, now)) return sayBehindLine(state, key.name, now);
	const binding = bindingFor(key.name, layer.type);
	const [, modifier, signalKey] = /^(alt|ctrl)-([ck])$/.exec(key.name) ?? [];
	if (!binding && modifier && signalKey)
		return [
			ignoreKey(quiet(state), signalKey, `${modifier === 'alt' ? 'Alt' : 'Ctrl'} came with it`, now),
			[],
		];
	if (!binding) return [isReport(state, key) ? state : say(quiet(state), whyNothing(key.name)), []];
	if (binding.does.type === 'signal')
		return [pressSignal(state, binding.does.signal, key, binding.refuse, now), []];
	const kept = quiet(state, binding.does.type === 'move');
	const refusal = binding.refuse?.(kept);
	return refusal === undefined ? obey(kept, binding.does, now) : [sayFirst(kept, refusal, now), []];
}

/** Whether a key must not take away what is said. Such are a terminal's own reports, of a mouse or its focus, and keys that came with another. */
function isReport({status: {note, signals}}: State, {name, gap}: Key): boolean {
	const isSaid = note !== undefined || (name === 'unknown' && signals !== undefined);
	return isSaid && (name === 'unknown' || gap < aloneFor);
}

/** A key that means nothing says so, or it would look as if it had done something. */
function whyNothing(key: string): string {
	if (key === 'paste') return 'pasted text is ignored';
	const named = key.length > 1 ? key.replace(/^./, first => first.toUpperCase()) : key;
	if (bindingFor(key, 'table')) return `${named} is for the list only: Esc goes back`;
	return bindingFor(key, 'details')
		? `${named} is for the details only: Enter opens them`
		: 'no such key: ? lists them';
}
