import {readProcFile} from './read-file.js';

/** In how many ticks Linux counts a second for programs: USER_HZ, which is 100 on all that Node.js runs on, whatever the kernel's own clock does. With another one no start time would agree, and nothing would be shown. */
export const ticksPerSecond = 100;

/** From /proc/<pid>/stat. */
export type ProcessStat = {
	readonly parent: number;
	/** In ticks, of all its time on a CPU. */
	readonly cpuTicks: number;
	/** In ticks since the machine has started. */
	readonly startTicks: number;
};

export async function readStat(pid: number): Promise<ProcessStat | undefined> {
	const text = await readProcFile(`/proc/${pid}/stat`);
	// A process may have brackets in its name, which stands in brackets.
	const fields = text
		?.slice(text.lastIndexOf(')') + 2)
		.split(' ')
		.map(Number);
	if (!fields) return undefined;
	// Counted from the state on, which is the third field.
	const [parent, user, system, start] = [1, 11, 12, 19].map(index => fields[index] ?? NaN);
	if (parent === undefined || user === undefined || system === undefined || start === undefined)
		return undefined;
	const stat = {parent, cpuTicks: user + system, startTicks: start};
	return Object.values(stat).every(Number.isFinite) ? stat : undefined;
}

/** What the process has for itself, in bytes: without what it shares with others, as the shared buffers are. */
export async function readMemory(pid: number): Promise<number | undefined> {
	const kilobytes = numberAfter('RssAnon', await readProcFile(`/proc/${pid}/status`));
	return kilobytes === undefined ? undefined : kilobytes * 1024;
}

export type ProcessBytes = {readonly read: number; readonly written: number};

/** What it has read from storage and written to it so far, in bytes. Only root and the server's own user may know. */
export async function readBytes(pid: number): Promise<ProcessBytes | undefined> {
	const text = await readProcFile(`/proc/${pid}/io`);
	const [read, written] = [numberAfter('read_bytes', text), numberAfter('write_bytes', text)];
	return read === undefined || written === undefined ? undefined : {read, written};
}

/** When the machine had started, in microseconds since 1970, in whole seconds. */
export async function readBootTime(): Promise<number | undefined> {
	const seconds = numberAfter('btime', await readProcFile('/proc/stat'));
	return seconds === undefined ? undefined : seconds * 1e6;
}

function numberAfter(name: string, text: string | undefined): number | undefined {
	const [, digits] = new RegExp(`^${name}:?\\s+(\\d+)`, 'm').exec(text ?? '') ?? [];
	return digits === undefined ? undefined : Number(digits);
}
