import {setTimeout as wait} from 'node:timers/promises';

/** A signal must not wait longer for its line than this, in milliseconds. */
export const patience = 1000;

/** Rejects with what it rejects with, in that time. */
export const isDoneWithin = async (milliseconds: number, done: Promise<unknown>): Promise<boolean> =>
	Promise.race([done.then(() => true), wait(milliseconds, false, {ref: false})]);
