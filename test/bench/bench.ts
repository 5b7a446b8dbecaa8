import {execFileSync} from 'node:child_process';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {startCluster, type TestCluster} from '../helpers/server/cluster.js';
import {newest} from '../helpers/server/servers.js';
import {measureInside} from './inside/measure-inside.js';
import {type Contestant, installedPeers, pgtopWith, roleOf} from './outside/contestants.js';
import {measureKeys} from './outside/keys.js';
import {openLoad} from './outside/load.js';
import {measureStarts} from './outside/starts.js';
import {letRun, measureHeld, measureSteady, startAll} from './outside/steady.js';
import {endWatched} from './outside/watched.js';
import {type Plan, readArguments} from './report/arguments.js';
import type {Figure} from './report/figure.js';
import {
	comparedWith,
	type Facts,
	factsLine,
	readSaves,
	savedFile,
	savedFor,
	withRun,
	writeSaves,
} from './report/saved.js';
import {tableOf} from './report/table.js';
import {measureSignals} from './signals/measure-signals.js';
import {measureSoak} from './soak/measure-soak.js';

// `npm run bench`: progress on standard error, the table on standard output.

const root = join(import.meta.dirname, '..', '..');

/** Of a soak: how many sessions stay, and how many more come each second. */
const soaked = {backends: 500, perSecond: 5};

const say = (text: string) => process.stderr.write(`${text}\n`);

/** At how many backends the start is measured; where it is not among those that were wished, at the first one. */
const usualStart = 200;

async function measureOn(
	cluster: TestCluster,
	contestants: readonly Contestant[],
	plan: Plan,
): Promise<readonly Figure[]> {
	const figures: Figure[] = [];
	for (const {name} of contestants) await cluster.observe(`create role ${roleOf(name)} login superuser`);
	const startsAt = plan.backends.includes(usualStart) ? usualStart : plan.backends[0];
	for (const backends of plan.backends) {
		say(`${backends} backends are opened`);
		const load = await openLoad(cluster, backends);
		if (backends === startsAt) {
			say(`${backends} backends: ${plan.starts} starts of each`);
			figures.push(...(await measureStarts(contestants, cluster, {rounds: plan.starts, backends})));
		}

		say(`${backends} backends: side by side for ${plan.warm} s, then measured for ${plan.steady} s`);
		const running = await startAll(contestants, cluster, say);
		await letRun(running, plan.warm);
		figures.push(...(await measureSteady(running, cluster, {seconds: plan.steady, backends})));
		if (backends === Math.max(...plan.backends)) {
			say(`${backends} backends: ${plan.keys} times each key`);
			figures.push(...(await measureKeys(running, {presses: plan.keys, backends})));
		}

		if (backends === startsAt) {
			say(`${backends} backends: a picture held for ${plan.warm} s, then measured for ${plan.held} s`);
			figures.push(...(await measureHeld(running, {after: plan.warm, seconds: plan.held, backends})));
		}

		await endWatched();
		await load.end();
	}

	return figures;
}

/** What a run is made with; a sentence where the Node.js that was named is none. */
function nodeOf({node = process.execPath}: Plan): {readonly node: string; readonly version: string} | string {
	try {
		const version = execFileSync(node, ['--version'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		if (/^v\d+\./.test(version)) return {node, version: version.trim().slice(1)};
	} catch {
		// It is told below.
	}

	return `--node names no Node.js: ${node}`;
}

async function bench(
	plan: Plan,
	{node, version}: {readonly node: string; readonly version: string},
): Promise<void> {
	const worker = process.env.PGTOP_BENCH_WORKER ?? '';
	const over = new AbortController();
	let cluster: TestCluster | undefined;
	const tidyUp = async () => {
		over.abort();
		await endWatched();
		await cluster?.stop();
	};
	for (const [signal, code] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)
		process.once(signal, () => void tidyUp().finally(() => process.exit(code)));
	const peers = installedPeers();
	const facts: Facts = {
		node: version,
		postgresql: newest.version,
		cores: availableParallelism(),
		warm: plan.warm,
	};
	say(factsLine(facts));
	const figures: Figure[] = [];
	try {
		if (plan.soak !== undefined) {
			cluster = await startCluster(newest, {settings: {max_connections: '600', shared_buffers: '128MB'}});
			say(`${soaked.backends} backends, for ${plan.soak} minutes`);
			figures.push(...(await measureSoak(node, cluster, {...soaked, minutes: plan.soak})));
			process.stdout.write(`${tableOf(figures)}\n`);
			return;
		}

		for (const backends of plan.scripted) {
			say(`${backends} scripted backends: ${plan.frames} pictures`);
			figures.push(
				...(await measureInside({node, worker}, {frames: plan.frames, backends, signal: over.signal})),
			);
		}

		cluster = await startCluster(newest, {
			settings: {
				max_connections: String(Math.max(...plan.backends, plan.ended) + 50),
				autovacuum: 'on',
				shared_buffers: '128MB',
			},
		});
		say(`${plan.ended} sessions are ended in one write, and one by one`);
		figures.unshift(...(await measureSignals(cluster, plan.ended)));
		figures.unshift(...(await measureOn(cluster, [pgtopWith(node), ...peers], plan)));
	} finally {
		await tidyUp();
	}

	const file = savedFile(root);
	const saves = await readSaves(file);
	const saved = savedFor(facts, saves);
	if (plan.isSaved) await writeSaves(file, withRun(saves, facts, figures));
	const notes = figures.flatMap(({note}) => (note === undefined ? [] : [note]));
	const alone =
		peers.length === 0 ? ['Neither pg_activity nor pg_top is installed: their columns are left out.'] : [];
	process.stdout.write(
		`${[
			tableOf(figures, saved),
			'',
			`${factsLine(facts)}.`,
			...notes,
			...alone,
			comparedWith(facts, saved),
			'Trust the ratios to a peer: it ran at the same time. Everything else depends on the machine and on what else it does.',
		].join('\n')}\n`,
	);
}

// As in the tests: nothing of the developer's own, and the servers' user reads what is written here.
for (const name of Object.keys(process.env)) if (/^PG(?!TOP_)/.test(name)) delete process.env[name];
process.umask(0o022);

const plan = readArguments(process.argv.slice(2));
const node = 'fault' in plan ? plan.fault : nodeOf(plan);
if ('fault' in plan || typeof node === 'string') {
	say(String(node));
	process.exitCode = 2;
} else await bench(plan, node);
