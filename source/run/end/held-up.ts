import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';

/** What Node.js has threads for, as it names the kinds. */
const threaded = /^(?:FSReq|CloseReq|GetAddrInfo)/;

/** In milliseconds. Reads that end do so in less. */
const step = 10;
const steps = 10;

const isReading = () => process.getActiveResourcesInfo().some(kind => threaded.test(kind));

/** Whether an exit would have to wait: Node.js joins its threads then, and one that reads a pipe, or that waits for a file system that hangs, may never end. */
export async function isHeldUp(): Promise<boolean> {
	for (let count = 0; count < steps && isReading(); count++) await wait(step);
	return isReading();
}
