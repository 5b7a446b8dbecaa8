import {setTimeout as wait} from 'node:timers/promises';

/** How long a signal may wait for its line, in milliseconds. */
export const patience = 1000;

/** Whether `done` resolves in time. Rejects as `done` does, in that time. */
export const isDoneWithin = async (milliseconds: number, done: Promise<unknown>): Promise<boolean> =>
	Promise.race([done.then(() => true), wait(milliseconds, false, {ref: false})]);
