import type {Client} from 'pg';
import {openClient} from '../../source/demo/open-client.js';
import type {Answer, Seen} from '../../source/domain/signal/look.js';
import {type Order, type Signal, type Target, targetOf} from '../../source/domain/signal/target.js';
import type {Server} from '../../source/server.js';
import type {TestCluster} from '../helpers/cluster.js';

export type Victim = {
	readonly client: Client;
	readonly pid: number;
	/** What the server said to it against its will, in order. */
	readonly hits: readonly string[];
	query(text: string): Promise<boolean>;
	/** Settles when its connection is gone. */
	readonly ended: Promise<unknown>;
	end(): Promise<void>;
};

/** A session that takes down how it was hit: a cancel is 57014, an end 57P01. */
export async function openVictim(cluster: TestCluster, application = 'victim'): Promise<Victim> {
	const client = await openClient(cluster, {user: 'app', database: 'appdb', application});
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
	transaction: Order['transaction'] = 'same',
): Promise<Order | undefined> {
	const {at, backends} = await server.sample();
	const backend = backends.find(one => one.pid === pid);
	return backend && orderFor(targetOf(backend), at, signal, transaction);
}

export const orderFor = (
	target: Target,
	at: number,
	signal: Signal,
	transaction: Order['transaction'] = 'same',
): Order => ({number: ++orders, signal, target, deadline: at + 3_000_000, transaction});

/** Whether what the statement itself saw is what the order was given for. */
export function isWhatWasMeant({signal, target, transaction}: Order, seen: Seen): boolean {
	const isSession = seen.backendStart === target.backendStart && seen.userId === target.userId;
	if (signal === 'terminate') {
		return isSession && (transaction !== 'same' || seen.xactStart === target.xactStart);
	}

	const isSameText = seen.xactStart === target.xactStart && seen.hash === target.hash;
	const isSameQuery = seen.queryStart === target.queryStart || (target.xactStart !== undefined && isSameText);
	return isSession && seen.state === 'active' && isSameQuery;
}

/** The statement's own answer, in one word; wrong when it contradicts itself. */
export function judge(order: Order, answer: Answer | undefined): 'sent' | 'held back' | 'gone' | 'wrong' {
	if (answer?.type !== 'answered') return 'wrong';
	const {seen, sent} = answer;
	if (!seen) return sent === undefined ? 'gone' : 'wrong';
	if (sent === false) return 'gone';
	return isWhatWasMeant(order, seen) === (sent === true) ? (sent ? 'sent' : 'held back') : 'wrong';
}

/** Counts words. */
export function tally<Word extends string>(words: readonly Word[]): Partial<Record<Word, number>> {
	const counts: Partial<Record<Word, number>> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}
