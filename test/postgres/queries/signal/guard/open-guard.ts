import {expect} from 'vitest';
import type {HeldBy} from '../../../../../source/domain/signal/look.js';
import type {Order} from '../../../../../source/domain/signal/target.js';
import {isSameWork} from '../../../../../source/domain/signal/work.js';
import type {TestCluster} from '../../../../helpers/server/cluster.js';
import {openPgtop} from '../../../../helpers/session/scene.js';

/** Asks the guard again and again, and ends nobody: what it lets through is asked of it dry. */
export async function openGuard(cluster: TestCluster) {
	const dry = await openPgtop(cluster, {}, {signals: 'dry'});
	const real = await openPgtop(cluster);
	return {
		sample: dry.sample,
		inspect: dry.inspect,
		factsOf: dry.factsOf,
		/** What holds the order back now. */
		async heldBy(order: Order): Promise<readonly HeldBy[]> {
			const answer = await dry.signal(order);
			if (answer.type !== 'answered' || !answer.seen) throw new Error(JSON.stringify(answer));
			const {held, seen, sent} = answer;
			expect(sent).toBe(held.length === 0 ? true : undefined);
			// The rule that questions go by is the same.
			expect(isSameWork(order.work, order.target, seen)).toBe(!held.includes('work'));
			if (held.length > 0) {
				const answered = await real.signal(order);
				expect(answered).toMatchObject({type: 'answered', held});
				expect(answered).not.toHaveProperty('sent');
			}

			return held;
		},
		/** Sends it. */
		signal: real.signal,
	};
}
