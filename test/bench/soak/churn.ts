import {setTimeout as wait} from 'node:timers/promises';
import type {TestCluster} from '../../helpers/server/cluster.js';
import {fillerOf, randomOf} from '../filler.js';
import {openRawSession} from '../outside/raw-session.js';

export type Churn = {
	/** How many sessions have come and gone. */
	count(): number;
	/** Resolves when no more come. */
	end(): Promise<void>;
};

/** Sessions that come, run something that nobody has run before, and go: so many a second, each there for one to five seconds. */
export function openChurn(cluster: TestCluster, perSecond: number): Churn {
	const random = randomOf(perSecond);
	const running = new Set<Promise<void>>();
	let count = 0;
	let isOver = false;
	let onOver = () => {};
	const over = new Promise<void>(resolve => {
		onOver = () => {
			isOver = true;
			resolve();
		};
	});
	const visit = async (number: number) => {
		const session = await openRawSession(cluster, {
			user: 'app',
			database: 'appdb',
			application: `visitor ${number}`,
		});
		const text = `select pg_sleep(${(1 + 4 * random()).toFixed(2)}) /* ${number} ${fillerOf(number, 20 + 900 * random())} */`;
		await Promise.race([session.query(text), over]);
		session.drop();
		count++;
	};
	const go = async () => {
		for (let number = 0; !isOver; number++) {
			const visiting = visit(number).finally(() => running.delete(visiting));
			running.add(visiting);
			await wait(1000 / perSecond);
		}
	};
	const going = go();
	return {
		count: () => count,
		async end() {
			onOver();
			await going;
			await Promise.allSettled(running);
		},
	};
}
