import {setTimeout as wait} from 'node:timers/promises';
import type {Order} from '../../../source/domain/signal/target.js';
import type {Some} from '../../../source/domain/some.js';
import type {Signaller} from '../../../source/ports/signaller.js';
import {connect} from '../../../source/postgres/connect/connect.js';
import {connectTo} from '../../../source/postgres/open-server.js';
import type {TestCluster} from '../../helpers/server/cluster.js';
import {targetAt} from '../../helpers/server/target.js';
import {ordersOn} from '../../helpers/session/orders-on.js';
import {openRawSession} from '../outside/raw-session.js';
import type {Figure} from '../report/figure.js';

/** The sessions that are ended have this name, and no others. */
const application = 'ended';

/** Opened so many at a time: each is a process that the server has to make. */
const atATime = 25;

async function openSessions(cluster: TestCluster, count: number): Promise<void> {
	for (let from = 0; from < count; from += atATime)
		await Promise.all(
			Array.from({length: Math.min(atATime, count - from)}, async () => {
				const session = await openRawSession(cluster, {user: 'app', database: 'appdb', application});
				await session.query('begin');
			}),
		);
}

/** Until none of them is seen any more. */
async function untilGone({look}: Signaller, orders: Some<Order>): Promise<void> {
	const pids = orders.map(({target}) => target.pid);
	while ((await look(pids)).some(({seen}) => seen)) await wait(5);
}

/** How long it takes to end so many sessions: by one write as pgtop does it, and each after the answer of the one before. */
export async function measureSignals(cluster: TestCluster, sessions: number): Promise<readonly Figure[]> {
	const target = targetAt({host: cluster.host, port: cluster.port, user: 'postgres', database: 'appdb'});
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const open = connectTo(target, connected, {signals: 'sent', sender: 'bench@bench'});
	const server = await open(() => {}, new AbortController().signal);
	const {signaller} = server;
	if (!signaller) throw new Error('it sends no signals');
	const measure = async (how: string, send: (orders: Some<Order>) => Promise<readonly {type: string}[]>) => {
		await openSessions(cluster, sessions);
		const orders = await ordersOn(server, backend => backend.application === application);
		const begunAt = performance.now();
		const answers = await send(orders);
		const answeredAt = performance.now();
		await untilGone(signaller, orders);
		const goneAt = performance.now();
		if (orders.length !== sessions || answers.some(({type}) => type !== 'answered'))
			throw new Error(`of ${sessions} sessions ${orders.length} were there, and some got no signal`);
		const figure = (what: string, at: number): Figure => ({
			name: `k on ${sessions} sessions, ${how} → ${what}`,
			unit: 'ms',
			values: {pgtop: at - begunAt},
		});
		return [figure('last answer', answeredAt), figure('last seen gone', goneAt)];
	};
	try {
		return [
			...(await measure('one write', orders => Promise.all(signaller.signal(orders)))),
			...(await measure('one by one', async orders => {
				const answers = [];
				for (const order of orders) answers.push(await signaller.signal([order])[0]);
				return answers;
			})),
		];
	} finally {
		server.close();
	}
}
