import {setTimeout as wait} from 'node:timers/promises';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import type {TestCluster} from '../../helpers/server/cluster.js';
import {type Figure, median, type ProgramName} from '../report/figure.js';
import {type Contestant, loginOf, roleOf} from './contestants.js';
import {cpuOf, memoryOf} from './usage.js';
import {type Watched, watch} from './watched.js';

/** In milliseconds: many sessions take a while. */
const patience = 30_000;

export type Running = Contestant & {readonly watched: Watched};

/** Starts all of them, with a picture every second, and waits for the first ones. A peer that shows none is left out. */
export async function startAll(
	contestants: readonly Contestant[],
	address: ServerAddress,
	say: (text: string) => void,
): Promise<readonly Running[]> {
	const all = contestants.map(contestant => ({
		...contestant,
		watched: watch([...contestant.command(address), ...contestant.everySecond], loginOf(contestant)),
	}));
	const running: Running[] = [];
	for (const one of all) {
		const {name, watched, isReady} = one;
		if ((await watched.until(isReady, patience)) !== undefined) {
			running.push(one);
			continue;
		}

		const fault = `${name} showed no picture:\n${(await watched.look()).lines().join('\n').trim()}`;
		if (name === 'pgtop') throw new Error(fault);
		say(fault);
		await watched.end();
	}

	return running;
}

/** Seconds in which they run. Their screens are drawn now and then, so that what they wrote is not kept. */
export async function letRun(running: readonly Running[], seconds: number): Promise<void> {
	const over = performance.now() + seconds * 1000;
	while (performance.now() < over) {
		await wait(Math.min(5000, over - performance.now()));
		for (const {watched} of running) await watched.look();
	}
}

/** What is silent for so long, in milliseconds, writes another refresh next. */
const silence = 150;

type Written = ReturnType<Watched['written']>;

/** How many bytes each refresh has written. */
export function refreshesOf(written: Written): readonly number[] {
	const refreshes: number[] = [];
	let last = -Infinity;
	for (const {at, size} of written) {
		if (at - last > silence) refreshes.push(size);
		else refreshes[refreshes.length - 1] = (refreshes.at(-1) ?? 0) + size;
		last = at;
	}

	return refreshes;
}

type Sample = {
	readonly at: number;
	readonly client: number | undefined;
	/** Of the session on the server, by its pid: a new session has not worked yet. */
	readonly server: ReadonlyMap<number, number | undefined>;
};

async function sampleOf({name, watched}: Running, {observe}: TestCluster): Promise<Sample> {
	const rows = await observe<{pid: number}>(
		`select pid from pg_stat_activity where usename = '${roleOf(name)}' and backend_type = 'client backend'`,
	);
	return {
		at: performance.now(),
		client: cpuOf(watched.pid),
		server: new Map(rows.map(({pid}) => [pid, cpuOf(pid)])),
	};
}

const difference = (after: number | undefined, before: number | undefined) =>
	after === undefined || before === undefined ? undefined : after - before;

const per = (value: number | undefined, count: number) =>
	value === undefined || count === 0 ? undefined : value / count;

type Cost = {readonly name: ProgramName} & {
	readonly [of in 'cpu' | 'bytes' | 'server' | 'memory']: number | undefined;
};

function costOf({name, watched}: Running, first: Sample, last: Sample): Cost {
	const sizes = refreshesOf(watched.written(first.at).filter(({at}) => at < last.at));
	// A program that connects anew each time has none.
	const lasting = [...last.server].find(([pid]) => first.server.has(pid));
	const served = lasting && difference(lasting[1], first.server.get(lasting[0]));
	return {
		name,
		cpu: per(difference(last.client, first.client), sizes.length),
		// The first and the last may be cut.
		bytes: median(sizes.slice(1, -1)),
		server: per(served, sizes.length),
		memory: memoryOf(watched.pid),
	};
}

/** What each costs for each of its refreshes, all in the same seconds. */
export async function measureSteady(
	running: readonly Running[],
	cluster: TestCluster,
	{seconds, backends}: {readonly seconds: number; readonly backends: number},
): Promise<readonly Figure[]> {
	const before: Sample[] = [];
	for (const one of running) before.push(await sampleOf(one, cluster));
	await letRun(running, seconds);
	const costs: Cost[] = [];
	for (const [index, one] of running.entries())
		costs.push(costOf(one, before[index] as Sample, await sampleOf(one, cluster)));
	const figure = (name: string, unit: Figure['unit'], of: Exclude<keyof Cost, 'name'>): Figure => ({
		name: `${name}, ${backends} backends`,
		unit,
		values: Object.fromEntries(costs.map(cost => [cost.name, cost[of]])) as Figure['values'],
	});
	return [
		figure('processor per refresh', 'ms', 'cpu'),
		figure('bytes to the terminal per refresh', 'bytes', 'bytes'),
		figure("our session's processor on the server per refresh", 'ms', 'server'),
		figure('memory', 'MB', 'memory'),
	];
}

/** What a picture costs that has been held for `after` seconds: it is not refreshed, but its age counts, in minutes after the first one. Leaves it held. */
export async function measureHeld(
	running: readonly Running[],
	{after, seconds, backends}: {readonly after: number; readonly seconds: number; readonly backends: number},
): Promise<readonly Figure[]> {
	const pgtop = running.find(({name}) => name === 'pgtop');
	if (!pgtop) return [];
	const {watched} = pgtop;
	watched.type('p');
	const isHeld = await watched.until(({lines}) => lines().some(line => /^held, /.test(line)), 5000);
	if (isHeld === undefined) throw new Error('p did not hold the picture');
	await wait(after * 1000);
	const [before, since] = [cpuOf(watched.pid), performance.now()];
	await wait(seconds * 1000);
	const bytes = watched.written(since).reduce((total, {size}) => total + size, 0);
	const only = (name: string, unit: Figure['unit'], value: number | undefined): Figure => ({
		name: `${name} while held, ${backends} backends`,
		unit,
		values: {['pgtop' satisfies ProgramName]: per(value, seconds)},
	});
	return [
		only('processor per second', 'ms', difference(cpuOf(watched.pid), before)),
		only('bytes to the terminal per second', 'bytes', bytes),
	];
}
