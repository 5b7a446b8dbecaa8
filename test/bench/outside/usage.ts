import {readdirSync, readFileSync} from 'node:fs';

// Linux tells these of every process; elsewhere nobody does without a program of its own.

const read = (file: string): string | undefined => {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
};

/** The processor time of all threads so far, in milliseconds. */
export function cpuOf(pid: number | undefined): number | undefined {
	try {
		const times = readdirSync(`/proc/${pid}/task`).map(
			thread => read(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0],
		);
		return times.reduce((total, time) => total + Number(time ?? 0), 0) / 1e6;
	} catch {
		return undefined;
	}
}

/** The memory that a process has, in MB of a million bytes. */
export function memoryOf(pid: number): number | undefined {
	const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
	return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}
