import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {lockGraphOf} from '../../../source/domain/locks/lock-graph.js';
import {startCluster, type TestCluster} from '../../helpers/server/cluster.js';
import {endServers} from '../../helpers/server/servers.js';
import {openPgtop} from '../../helpers/session/scene.js';
import {type Actor, openActor, untilAtRest} from './actor.js';
import {blockingIn, disagreements} from './agreement.js';
import {throwDice} from './dice.js';
import {buildsIndexIn, clearScene, letsGo, makeScene, tables} from './random-locks.js';

/** How many graphs are made on each server. */
const graphs = Number(process.env.PGTOP_LOCK_GRAPHS || 40);

/** The first one's; each next has the next number. PGTOP_LOCK_SEED=7 PGTOP_LOCK_GRAPHS=1 makes one again. */
const seed = Number(process.env.PGTOP_LOCK_SEED || Date.now() % 1_000_000_000);

const mostSessions = 10;

describe.each(endServers)('PostgreSQL $major', binaries => {
	const {major} = binaries;
	let cluster: TestCluster;
	const actors: Actor[] = [];

	beforeAll(async () => {
		// Nobody ends a cycle but the test.
		cluster = await startCluster(binaries, {settings: {deadlock_timeout: '1h'}});
		await cluster.observe(tables);
		for (let count = 0; count < mostSessions; count++) actors.push(await openActor(cluster));
	});

	afterAll(async () => {
		await Promise.all(actors.map(({session}) => session.end()));
		await cluster?.stop();
	});

	test(
		`the graphs of ${graphs} random scenes agree with the server, and so does what goes on when a session is ended`,
		async () => {
			const pgtop = await openPgtop(cluster);
			const told = {ends: 0, nobody: 0, exact: 0, upTo: 0, range: 0, waiters: 0, cycles: 0};
			const wrong: string[] = [];
			for (let number = 0; number < graphs; number++) {
				const own = seed + number;
				const dice = throwDice(own);
				const say = (text: string) => wrong.push(`seed ${own}: ${text}`);
				await makeScene(cluster, actors as [Actor, ...Actor[]], dice);
				const before = await untilAtRest(cluster, actors);
				const picture = await pgtop.sample();
				const blocking = await blockingIn(cluster, picture);
				const graph = lockGraphOf(picture);
				const inQueues = new Map<string, number>();
				for (const {key} of before.values()) inQueues.set(key, (inQueues.get(key) ?? 0) + 1);
				// Before 14 the server does not tell who stands before whom.
				const isOrdered = major >= 14 || [...inQueues.values()].every(count => count === 1);
				for (const text of disagreements(graph, picture, blocking, isOrdered)) say(text);
				told.waiters += before.size;
				told.cycles += graph.roots.filter(id => graph.sights.get(id)?.wait).length;

				const backends = picture.backends.filter(({id}) => graph.sights.has(id));
				if (backends.length > 0) {
					const victim = dice.of(backends as [(typeof backends)[0], ...typeof backends]);
					const {least, most} = graph.freesOf(victim.id);
					const index = actors.findIndex(({pid}) => pid === victim.pid);
					const ended = actors[index] as Actor;
					await cluster.observe(`select pg_terminate_backend(${victim.pid})`);
					await ended.session.untilGone();
					actors[index] = await openActor(cluster);
					const after = await untilAtRest(cluster, actors);
					const waited = [...before.values()].filter(({pid}) => pid !== victim.pid);
					const wentOn = waited.filter(({pid}) => !after.has(pid));
					// The place in the queue for a row is handed on, and frees nobody.
					const granted = waited.filter(
						({pid, type, key}) => !after.has(pid) || (type !== 'tuple' && after.get(pid)?.key !== key),
					);
					const hasCascade = granted.some(({pid}) => letsGo(actors, pid));
					told.ends++;
					const what = `${victim.pid} frees ${least}-${most}; granted ${granted.map(({pid, key}) => `${pid} (${key})`).join(', ')}; ${wentOn.length} went on`;
					if (most === 0) {
						told.nobody++;
						if (granted.length > 0) say(what);
					} else if (least === most) {
						told.exact++;
						// Only who builds an index needs another lock after it.
						const builders = granted.filter(({pid}) => after.has(pid) && buildsIndexIn(actors, pid));
						const done = wentOn.length + builders.length;
						if (done < most || (granted.length > most && !hasCascade)) say(what);
					} else {
						if (least === 0) told.upTo++;
						else told.range++;
						if (granted.length < least || (wentOn.length > most && !hasCascade)) say(what);
					}
				}

				await clearScene(cluster, actors);
			}

			if (process.env.PGTOP_LOCK_GRAPHS)
				process.stderr.write(`PostgreSQL ${major}, from seed ${seed}: ${JSON.stringify(told)}\n`);
			expect(wrong).toEqual([]);
		},
		graphs * 5000,
	);
});
