import type {Backend} from '../../../source/domain/session/backend.js';
import {type Order, targetOf} from '../../../source/domain/signal/target.js';
import {type Some, someOf} from '../../../source/domain/some.js';
import type {Source} from '../../../source/ports/source.js';

/** What k on all tagged ones orders, in the order of the picture: of these sessions as they are now. */
export async function ordersOn(
	{sample}: Pick<Source, 'sample'>,
	isTagged: (backend: Backend) => boolean,
): Promise<Some<Order>> {
	const {at, backends, server} = await sample();
	const orders = backends.filter(isTagged).map(
		(backend, number): Order => ({
			number,
			signal: 'terminate',
			target: targetOf(backend),
			...(server.startedAt !== undefined && {startedAt: server.startedAt}),
			// So late that no machine is too slow for it.
			expiresAt: at + 60_000_000,
			work: 'session',
			asked: [],
		}),
	);
	const some = someOf(orders);
	if (!some) throw new Error('no session is there to be ended');
	return some;
}
