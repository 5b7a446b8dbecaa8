import {stat} from 'node:fs/promises';
import type {Micros} from '../domain/micros.js';
import type {OwnProcess} from '../domain/session/process/session-process.js';
import {readBootTime, readStat, ticksPerSecond} from './process-files.js';

/** In microseconds. */
const tick = 1e6 / ticksPerSecond;
const second = 1e6;

/** A process of the server whose start is known by both clocks. */
export type Anchor = {readonly startTicks: number; readonly backendStart: Micros};

/** How long a process may have been something else before it became the postmaster, as the first one of a container often was. */
const longestScript = 600 * second;

/**
Finds our own session among the processes of this machine; undefined where it is not there, so that no pid of the server means anything here.

A socket can lead to another machine, or into a container that counts its processes in its own way. So the process with the pid of our session must have started when that did, its parent when the postmaster did, and the socket must belong to the same user.
*/
export async function anchorAt(socket: string, own: OwnProcess): Promise<Anchor | undefined> {
	const process = await readStat(own.pid);
	const postmaster = process && (await readStat(process.parent));
	const boot = await readBootTime();
	if (!process || !postmaster || boot === undefined) return undefined;
	const began = ({startTicks}: {readonly startTicks: number}) => boot + startTicks * tick;
	// The time of the boot is cut to the second.
	const late = own.backendStart - began(process);
	if (late < -second - tick || late > 2 * second + tick) return undefined;
	const earlier = own.startedAt - began(postmaster);
	if (earlier < -second - tick || earlier > longestScript) return undefined;
	const {startTicks} = process;
	return (await haveSameOwner(socket, `/proc/${process.parent}`))
		? {startTicks, backendStart: own.backendStart}
		: undefined;
}

const haveSameOwner = async (socket: string, folder: string) => {
	try {
		const [one, other] = await Promise.all([stat(socket), stat(folder)]);
		return one.uid === other.uid;
	} catch {
		return false;
	}
};

/** Whether a process had started when the server says that the session did. */
export const isOf = (anchor: Anchor, startTicks: number, backendStart: Micros): boolean =>
	Math.abs(backendStart - anchor.backendStart - (startTicks - anchor.startTicks) * tick) <= second + tick;
