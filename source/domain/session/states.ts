import {lookUp} from '../text/look-up.js';

/** What pg_stat_activity.state says, on every server from 10 to 18. */
export const states = {
	active: 'active',
	idle: 'idle',
	idleInTransaction: 'idle in transaction',
	/** The same after an error. */
	aborted: 'idle in transaction (aborted)',
	/** A call of one function without a query. */
	fastpath: 'fastpath function call',
	/** With track_activities off. */
	disabled: 'disabled',
	/** At its login; since 18. */
	starting: 'starting',
} as const;

export const knownStates: readonly string[] = Object.values(states);

const shortWords: Readonly<Record<string, string>> = {
	[states.idleInTransaction]: 'idle-tx',
	[states.aborted]: 'aborted',
	[states.fastpath]: 'fastpath',
};

/** The state as a column of eight cells shows it. */
export const shortState = (state: string) => lookUp(shortWords, state) ?? state;

/** Whether the state tells what a session does: not with track_activities off, nor where pgtop does not know the word. */
export const isTelling = (state: string | undefined) =>
	state !== undefined && state !== states.disabled && knownStates.includes(state);

/** Something runs now. */
export const isRunningState = (state: string | undefined) =>
	state === states.active || state === states.fastpath;

/** A transaction is open, and nothing runs. */
export const isIdleInTransaction = (state: string | undefined) =>
	state === states.idleInTransaction || state === states.aborted;

/** Runs no query, so that there is none to cancel. */
export const isWithoutQuery = (state: string | undefined) =>
	state === states.starting ||
	state === states.idle ||
	(state?.startsWith(states.idleInTransaction) ?? false);
