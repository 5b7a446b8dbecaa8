import type {RowId} from '../domain/row-id.js';
import type {Backend} from '../domain/session/backend.js';
import type {Signal} from '../domain/signal/target.js';
import type {Some} from '../domain/some.js';
import type {Key, Pending} from '../terminal/decode.js';
import type {Aim} from './signal/aim.js';
import type {Untagged} from './tags/untagged.js';

/** What the keys have begun, and what the next ones must not do. */
/** What a key in the list wants copied, and the session as it was then. */
export type Copying = {readonly what: 'query' | 'session'; readonly backend: Backend};

export type HandState = {
	/** Bytes that are no key yet. */
	readonly pending: Pending;
	/** Keys that wait for the first picture, in the order in which they were pressed. */
	readonly early?: readonly Key[];
	/** A lone c, k or y that acts when nothing follows it. */
	readonly armed?: {readonly key: 'c' | 'k' | 'y'; readonly at: number; readonly aim: Aim};
	/** A key that was just obeyed: while it is held down, it does nothing more to the same sessions. */
	readonly obeyed?: {readonly signal: Signal; readonly ids: readonly RowId[]; readonly at: number};
	/** The outcome of signal `number` was that session `id` is at something else. A second k ends it, whatever it does; `drawnAt` is when a frame said so. */
	readonly secondK?: {readonly id: RowId; readonly number: number; readonly drawnAt?: number};
	/** A question has closed: until this time a y may have been meant for it. */
	readonly deafUntil?: number;
	/** A password line has just closed: what comes together with its last key was pasted with it. */
	readonly isBehindPassword?: true;
	/** A line or a chooser has just closed: until this time a c or k may have been meant for it. */
	readonly typedUntil?: number;
	/** When the last tag fell away by itself: a c or k that comes then was meant for what was tagged. A movement ends that. */
	readonly untaggedAt?: number;
	/** A session is being read to be copied. */
	readonly copying?: Copying;
	/** When q was pressed while a signal had no answer yet. */
	readonly quittingAt?: number;
};

/** What is said of the last key, or of the last refresh. */
export type Note = {
	readonly text: string;
	/** The status line makes it stand out: something went wrong, or was not done. */
	readonly isBad?: boolean;
	/** A key was ignored: no note of another key from the same moment takes the place of this one. */
	readonly isIgnored?: true;
	/** Why a key does nothing, by what was so then. */
	readonly isRefusal?: true;
	/** The next picture takes the note away. */
	readonly isOfRefresh?: true;
	/** A refresh was asked for: what is said is how long there is no answer to it, once that is worth a word. */
	readonly isOfWaiting?: true;
	/** It tells how many are tagged, and is not true any more when tags fall away. */
	readonly isOfTags?: true;
	/** Until then the note comes before everything else. */
	readonly firstUntil?: number;
};

export type StatusState = {
	readonly note?: Note;
	/** Tags that have fallen away since the last key that was no movement. */
	readonly untagged?: Untagged;
	/** Numbers of the signals whose outcome is said: those of one key. */
	readonly signals?: Some<number>;
};
