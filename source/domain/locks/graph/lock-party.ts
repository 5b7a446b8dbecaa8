import type {Micros} from '../../micros.js';
import type {RowId} from '../../row-id.js';
import type {LockRow} from '../lock-row.js';

/** Who holds locks or waits for them: a session with its parallel workers, or a prepared transaction. */
export type LockParty = {
	readonly id: RowId;
	/** 0 for a prepared transaction. */
	readonly pid: number;
	/** When its transaction began, or was prepared. */
	readonly xactStart?: Micros;
	/** What it holds of what others wait for, with the numbers of the modes. */
	readonly holds: {readonly object: Contested; readonly mode: number}[];
	/** One, or of a parallel group one for each that waits. */
	readonly waits: Waiting[];
};

/** Somebody in the queue of an object. */
export type Waiting = {
	readonly object: Contested;
	readonly party: LockParty;
	readonly pid: number;
	/** The number of the mode that is asked for; -1: pgtop does not know it. */
	readonly mode: number;
	readonly lock: LockRow;
	/** waitstart, since 14. */
	readonly since?: Micros;
	/** From the front of the queue, from 0. */
	place: number;
};

/** An object that somebody waits for. */
export type Contested = {
	/** locktype, in the server's words. */
	readonly type: string;
	/** In the order in which they get on, as far as that can be told. */
	readonly queue: Waiting[];
	/** Who holds it in a mode that conflicts with this one: the oldest transaction first, each once. */
	holdersAgainst(mode: number): readonly LockParty[];
	/** The first three parties of the queue that ask for a mode that conflicts with this one, and where they stand. */
	firstAgainst(mode: number): readonly Waiting[];
	/** The last of the queue that asks for such a mode. */
	lastAgainst(mode: number): Waiting | undefined;
};
