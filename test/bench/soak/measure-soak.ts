import {readdirSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import type {TestCluster} from '../../helpers/server/cluster.js';
import {loginOf, pgtopWith, roleOf} from '../outside/contestants.js';
import {openLoad} from '../outside/load.js';
import {refreshesOf} from '../outside/steady.js';
import {memoryOf} from '../outside/usage.js';
import {type Shown, type Watched, watch} from '../outside/watched.js';
import {type Figure, median} from '../report/figure.js';
import {openChurn} from './churn.js';

/** In milliseconds. */
const patience = 30_000;

/** The first third of a soak is no measure: code is compiled, and the heap finds its size. */
const warmShare = 1 / 3;

/** Over how much of a soak a figure is taken, at the end of the warm-up and at the end: memory goes up and down. */
const windowShare = 1 / 10;

/** What somebody does who looks around, again and again: no key of it signals anything. */
const keys = [
	...['\u001B[B', '\u001B[B', '\r', '\u001B[6~', '\u001B', 't', 't', '>', '<', 'p', 'p'],
	...['/', 'app:visitor', '\r', '\u001B', '?', '\u001B', '!', '\u001B', 'i', 'i', 'v', 'v', '\u001B[H'],
];

/** How often its own session is ended, in milliseconds. */
const reconnectEvery = 60_000;

type Sample = {readonly memory: number; readonly descriptors: number};

const descriptorsOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

/** The middle of these samples. */
const middle = (samples: readonly Sample[], what: 'memory' | 'descriptors') =>
	median(samples.map(sample => sample[what])) ?? 0;

async function lookAround(
	watched: Watched,
	cluster: TestCluster,
	milliseconds: number,
): Promise<readonly Sample[]> {
	const samples: Sample[] = [];
	const begunAt = performance.now();
	let reconnectedAt = begunAt;
	for (let step = 0; performance.now() - begunAt < milliseconds; step++) {
		await wait(1000);
		watched.type(keys[step % keys.length] ?? '');
		// What it wrote is not to be kept here.
		await watched.look();
		samples.push({memory: memoryOf(watched.pid) ?? 0, descriptors: descriptorsOf(watched.pid)});
		if (performance.now() - reconnectedAt < reconnectEvery) continue;
		reconnectedAt = performance.now();
		await cluster.observe(
			`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${roleOf('pgtop')}'`,
		);
	}

	return samples;
}

/** How the program fares in a long run: so many sessions, of which some come and go all the time, two refreshes a second, keys, and a lost connection each minute. */
export async function measureSoak(
	node: string,
	cluster: TestCluster,
	{
		backends,
		perSecond,
		minutes,
	}: {readonly backends: number; readonly perSecond: number; readonly minutes: number},
): Promise<readonly Figure[]> {
	const pgtop = pgtopWith(node);
	await cluster.observe(`create role ${roleOf('pgtop')} login superuser`);
	const load = await openLoad(cluster, backends);
	const churn = openChurn(cluster, perSecond);
	const watched = watch([...pgtop.command(cluster), '--interval', '0.5'], loginOf(pgtop));
	try {
		// Who comes and goes has marks before the pid.
		const isReady = ({lines}: Shown) => lines().some(line => /^\S? +\d+ app /.test(line));
		if ((await watched.until(isReady, patience)) === undefined)
			throw new Error(`pgtop showed no picture:\n${(await watched.look()).lines().join('\n').trim()}`);
		const samples = await lookAround(watched, cluster, minutes * 60_000);
		const warm = Math.floor(samples.length * warmShare);
		const window = Math.ceil(samples.length * windowShare);
		const [first, last] = [samples.slice(warm, warm + window), samples.slice(-window)];
		const [before, after] = [middle(first, 'memory'), middle(last, 'memory')];
		const [opened, open] = [middle(first, 'descriptors'), middle(last, 'descriptors')];
		const figure = (name: string, unit: Figure['unit'], value: number): Figure => ({
			name: `${name}, ${backends} backends`,
			unit,
			values: {pgtop: value},
		});
		return [
			figure('minutes of a soak', 'count', minutes),
			figure('refreshes', 'count', refreshesOf(watched.written(0)).length),
			figure('sessions that came and went', 'count', churn.count()),
			figure('memory after the warm-up', 'MB', before),
			figure('memory at the end', 'MB', after),
			figure('growth of memory', '%', (after / before - 1) * 100),
			figure('descriptors after the warm-up', 'count', opened),
			figure('descriptors at the end', 'count', open),
		];
	} finally {
		await watched.end();
		await churn.end();
		await load.end();
	}
}
