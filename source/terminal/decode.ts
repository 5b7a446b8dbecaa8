import {isPaste, openPaste, readKey} from './decode-key.js';
import {sequencePatience} from './decode-sequence.js';

/** A key as it was read, with all that tells a key pressed alone from one that came with others. */
export type Key = {
	/** `c`, `é`, `space`, `up`, `shift-up`, `alt-k`, `ctrl-a`, `paste`, …; `unknown` for anything swallowed. */
	readonly name: string;
	/** What the key writes into a line: the character, or all that was pasted. */
	readonly text?: string;
	/** When its last byte was read, or when the key was decided, in ms on a monotonic clock. */
	readonly at: number;
	/** Time since the byte before its first, of whatever kind, in ms: Infinity for the first byte, 0 when read together. */
	readonly gap: number;
	/** Whether another byte followed it in the same read. */
	readonly isFollowed: boolean;
	/** Whether a sequence was broken off up to 500 ms before: the key may be the rest of that. */
	readonly isAfterBroken: boolean;
};

/** What is carried from one read to the next. `at` shows a byte that came after `key.at`, whether or not it made a key. */
export type Pending = {
	/** The bytes of what is unfinished, one per character. */
	readonly held: string;
	/** The gap before the first byte of `held`. */
	readonly gap: number;
	/** When the last byte of any kind was read. */
	readonly at: number;
	readonly brokenAt: number;
};

export type Decoded = {readonly keys: readonly Key[]; readonly pending: Pending};

const pastePatience = 2000;
const brokenShadow = 500;

export const nothingPending: Pending = {held: '', gap: Infinity, at: -Infinity, brokenAt: -Infinity};

/** When pgtop stops waiting for the rest of what is unfinished, in ms; undefined when nothing is. */
export function pendingUntil({held, at}: Pending): number | undefined {
	if (held === '') return undefined;
	return at + (isPaste(held) ? pastePatience : sequencePatience);
}

/** Ends what has been unfinished for too long: a lone ESC was the key, or the rest of a sequence never came. */
export const expire = (pending: Pending, time: number): Decoded => giveUp(pending, time, false);

/** `isLate`: more bytes are read only now, and may have been sent together with the unfinished ones. */
function giveUp(pending: Pending, time: number, isLate: boolean): Decoded {
	const until = pendingUntil(pending);
	if (until === undefined || time < until) return {keys: [], pending};
	const {held, gap, at, brokenAt} = pending;
	const key = {at: time, gap, isFollowed: false, isAfterBroken: isInShadow(brokenAt, time)};
	// The break counts from now: after a blocked loop, late bytes are read only now.
	const isKey = held === '\u001B' && !isLate;
	return {
		keys: brokenOff(held, key),
		pending: {held: '', gap: Infinity, at, brokenAt: isKey ? brokenAt : time},
	};
}

function brokenOff(held: string, key: Omit<Key, 'name' | 'text'>): readonly Key[] {
	if (held === '\u001B') return [{name: 'escape', ...key}];
	if (isPaste(held)) return [{name: 'paste', text: openPaste(held), ...key}];
	return held.startsWith('\u001B') ? [] : [{name: 'unknown', ...key}];
}

/** Turns the bytes of one read into keys. Whatever was sent, no part of a sequence is ever taken for a key. */
export function decode(before: Pending, bytes: Uint8Array, time: number): Decoded {
	const expired = giveUp(before, time, true);
	if (bytes.length === 0) return expired;
	const {pending} = expired;
	const input = pending.held + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
	const keys = [...expired.keys];
	let {brokenAt} = pending;
	let from = 0;

	const gapAt = (offset: number) => {
		if (offset === pending.held.length) return time - pending.at;
		return offset === 0 ? pending.gap : 0;
	};

	while (from < input.length) {
		const read = readKey(input, from);
		if (!read) break;
		const {length, name, text, isBroken} = read;
		if (name !== undefined) {
			keys.push({
				name,
				...(text !== undefined && {text}),
				at: time,
				gap: gapAt(from),
				isFollowed: from + length < input.length,
				isAfterBroken: isInShadow(brokenAt, time),
			});
		}

		if (isBroken) brokenAt = time;
		from += length;
	}

	return {keys, pending: {held: input.slice(from), gap: gapAt(from), at: time, brokenAt}};
}

const isInShadow = (brokenAt: number, time: number) => time - brokenAt <= brokenShadow;
