import type {RowId} from '../domain/row-id.js';
import type {OwnProcess, SessionProcess} from '../domain/session/process/session-process.js';
import type {ProcessUse} from '../domain/session/process-use.js';
import type {Processes} from '../ports/processes.js';
import {type Anchor, anchorAt, isOf} from './is-here.js';
import {type ProcessBytes, readBytes, readMemory, readStat, ticksPerSecond} from './process-files.js';

/** What was read of a process last. */
type Reading = {
	/** In milliseconds. */
	readonly at: number;
	readonly cpuTicks: number;
	readonly memory: number | undefined;
	readonly bytes: ProcessBytes | undefined;
	readonly use: ProcessUse;
};

/** Reads what the sessions of a server use whose socket is on this machine. */
export function processesAt(socket: string): Processes {
	let known: {readonly own: OwnProcess; readonly anchor: Anchor | undefined} | undefined;
	let readings: ReadonlyMap<RowId, Reading> = new Map();

	const anchorOf = async (own: OwnProcess) => {
		if (!known || !isSame(known.own, own)) known = {own, anchor: await anchorAt(socket, own)};
		return known.anchor;
	};

	return {
		async read(own, sessions) {
			const anchor = await anchorOf(own);
			if (!anchor) return undefined;
			const before = readings;
			const read = await Promise.all(
				sessions.map(async session => [session.id, await readingOf(session, anchor, before)] as const),
			);
			const after = read.flatMap(([id, reading]) => (reading ? [[id, reading] as const] : []));
			readings = new Map(after);
			return new Map(after.map(([id, {use}]) => [id, use]));
		},
	};
}

/** The kernel counts hundredths of a second: over less than this a rate is chance. In milliseconds. */
const shortestSpan = 200;

const isSame = (one: OwnProcess, other: OwnProcess) =>
	one.pid === other.pid && one.backendStart === other.backendStart && one.startedAt === other.startedAt;

async function readingOf(
	{id, pid, backendStart}: SessionProcess,
	anchor: Anchor,
	before: ReadonlyMap<RowId, Reading>,
): Promise<Reading | undefined> {
	const stat = await readStat(pid);
	if (!stat || !isOf(anchor, stat.startTicks, backendStart)) return undefined;
	const last = before.get(id);
	const at = performance.now();
	if (last && at - last.at < shortestSpan) return last;
	const {cpuTicks} = stat;
	// Whoever was on no CPU has not done anything else either. Most sessions are idle, and this saves two files of three.
	if (last && last.cpuTicks === cpuTicks)
		return {
			...last,
			at,
			use: {...last.use, cpu: 0, ...(last.bytes && {read: 0, written: 0})},
		};
	const [memory, bytes] = await Promise.all([readMemory(pid), readBytes(pid)]);
	const seconds = last && (at - last.at) / 1000;
	const perSecond = (more: number) => Math.max(0, more) / (seconds ?? 1);
	return {
		at,
		cpuTicks,
		memory,
		bytes,
		use: {
			...(memory !== undefined && {memory}),
			...(last && {cpu: perSecond(cpuTicks - last.cpuTicks) / ticksPerSecond}),
			...(last?.bytes &&
				bytes && {
					read: perSecond(bytes.read - last.bytes.read),
					written: perSecond(bytes.written - last.bytes.written),
				}),
		},
	};
}
