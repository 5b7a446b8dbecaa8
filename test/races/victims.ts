import type {Client} from 'pg';
import {openClient} from '../../source/demo/open-client.js';
import type {Answer, Seen} from '../../source/domain/signal/look.js';
import {
	type Order,
	type Signal,
	type Target,
	targetOf,
	type Work,
} from '../../source/domain/signal/target.js';
import {isSameWork, workOf} from '../../source/domain/signal/work.js';
import type {Server} from '../../source/ports/connect.js';
import type {TestCluster} from '../helpers/server/cluster.js';
import {callFast} from '../helpers/session/fastpath.js';

export type Victim = {
	readonly client: Client;
	readonly pid: number;
	/** What the server said to it against its will, in order. */
	readonly hits: readonly string[];
	query(text: string): Promise<boolean>;
	/** The same for a function that is called by the fast path. */
	call(oid: number, ...values: readonly string[]): Promise<boolean>;
	/** Settles when its connection is gone. */
	readonly ended: Promise<unknown>;
	end(): Promise<void>;
};

/** A session that takes down how it was hit: a cancel is 57014, an end 57P01. */
export async function openVictim(
	cluster: TestCluster,
	application = 'victim',
	user = 'app',
): Promise<Victim> {
	const client = await openClient(cluster, {user, database: 'appdb', application});
	const {rows} = await client.query<{pid: number}>('select pg_catalog.pg_backend_pid() as pid');
	const hits: string[] = [];
	let isEnding = false;
	// Only what the server said: that the socket breaks after it is no hit of its own.
	const hit = ({code = ''}: Error & {code?: string}) => {
		if (/^\d/.test(code) && !(isEnding || hits.includes('57P01'))) hits.push(code);
	};
	client.on('error', hit);
	return {
		client,
		pid: rows[0]?.pid ?? 0,
		hits,
		ended: new Promise(resolve => client.once('end', () => resolve(undefined))),
		query: text =>
			client.query(text).then(
				() => true,
				(error: Error & {code?: string}) => {
					hit(error);
					return false;
				},
			),
		async call(oid, ...values) {
			const code = await callFast(client, oid, ...values);
			if (code !== undefined) hit(Object.assign(new Error(code), {code}));
			return code === undefined;
		},
		async end() {
			isEnding = true;
			await client.end();
		},
	};
}

let orders = 0;

/** What a key orders for a session as the picture shows it; nothing when it is not in there. */
export async function lookAndOrder(
	server: Server,
	pid: number,
	signal: Signal,
	work?: Work,
): Promise<Order | undefined> {
	const {at, backends} = await server.sample();
	const backend = backends.find(one => one.pid === pid);
	return backend && orderFor(targetOf(backend), at, signal, work ?? workOf(signal, backend));
}

/** The same for one that must be there. */
export async function orderOn(server: Server, pid: number, signal: Signal, work?: Work): Promise<Order> {
	const order = await lookAndOrder(server, pid, signal, work);
	if (!order) throw new Error('the victim is gone');
	return order;
}

export const orderFor = (target: Target, at: number, signal: Signal, work: Work): Order => ({
	number: ++orders,
	signal,
	target,
	// So late that no machine is too slow for it.
	expiresAt: at + 60_000_000,
	work,
	asked: [],
});

/** Whether what the statement itself saw is what the order was given for. */
export const isWhatWasMeant = ({target, work}: Order, seen: Seen): boolean =>
	seen.backendStart === target.backendStart &&
	seen.userId === target.userId &&
	isSameWork(work, target, seen);

/** The statement's own answer, in one word; wrong when it contradicts itself. `isHeld`: what it saw must be asked about first. */
export function judge(
	order: Order,
	answer: Answer | undefined,
	isHeld: (seen: Seen) => boolean = () => false,
): 'sent' | 'held back' | 'gone' | 'wrong' {
	if (answer?.type !== 'answered') return 'wrong';
	const {seen, sent, held} = answer;
	if (!seen) return sent === undefined ? 'gone' : 'wrong';
	const isThrough = held.length === 0;
	const isRight = isThrough === (isWhatWasMeant(order, seen) && !isHeld(seen));
	if (!isRight || isThrough !== (sent !== undefined)) return 'wrong';
	return sent === undefined ? 'held back' : sent ? 'sent' : 'gone';
}

/** Counts words. */
export function tally<Word extends string>(words: readonly Word[]): Partial<Record<Word, number>> {
	const counts: Partial<Record<Word, number>> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}
