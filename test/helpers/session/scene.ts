import {readFile} from 'node:fs/promises';
import {Client} from 'pg';
import {onTestFinished} from 'vitest';
import type {ServerAddress} from '../../../source/demo/open-client.js';
import type {Inspected} from '../../../source/domain/session/inspection.js';
import type {Answer} from '../../../source/domain/signal/look.js';
import {type Order, type Signal, targetOf, type Work} from '../../../source/domain/signal/target.js';
import {workOf} from '../../../source/domain/signal/work.js';
import type {Connect, Server} from '../../../source/ports/connect.js';
import type {Failure} from '../../../source/ports/failure.js';
import type {Inspector} from '../../../source/ports/inspector.js';
import type {Signaller} from '../../../source/ports/signaller.js';
import {connect} from '../../../source/postgres/connect/connect.js';
import type {Attempt, ConnectTarget} from '../../../source/postgres/connect/connect-target.js';
import {connectTo} from '../../../source/postgres/open-server.js';
import type {ServerOptions} from '../../../source/postgres/server.js';
import type {TestCluster} from '../server/cluster.js';
import {targetAt} from '../server/target.js';
import {openSession, type Session, type SessionOptions} from './session.js';

/** The server as pgtop speaks to it, and what tests want to know besides. */
export type Pgtop = Server &
	Omit<Inspector, 'names'> &
	Pick<Signaller, 'statementOf' | 'look' | 'locks' | 'waits'> & {
		/** What a question says of one session. */
		factsOf(pid: number): Promise<Inspected>;
		/** One signal. */
		signal(order: Order, isOverdue?: boolean): Promise<Answer>;
		readonly signalAll: Signaller['signal'];
		readonly client: Client;
		/** Every call of `lost`, in order. */
		readonly losses: readonly Failure[];
		/** Opens another connection, as after a loss. */
		readonly connect: (...given: Partial<Parameters<Connect>>) => ReturnType<Connect>;
	};

export const targetOn = ({host, port}: ServerAddress, given: Partial<Attempt> = {}): ConnectTarget =>
	targetAt({host, port, user: 'postgres', database: 'appdb', ...given});

/** Ends no try to connect. */
export const never = new AbortController().signal;

/** Connects as the program does, as a superuser unless told otherwise; closed when the test ends. */
export async function openPgtop(
	address: ServerAddress,
	given: Partial<Attempt> = {},
	options: Partial<ServerOptions> = {},
): Promise<Pgtop> {
	const target = targetOn(address, given);
	const connected = await connect(target);
	if (connected.type === 'failed') throw new Error(connected.fault.sentence);
	const {client} = connected;
	const losses: Failure[] = [];
	const open = connectTo(target, connected, {signals: 'sent', sender: 'tester@test', ...options});
	const server = await open(failure => losses.push(failure), never);
	const signaller = server.signaller as Signaller;
	onTestFinished(() => server.close());
	return {
		...server.inspector,
		...server,
		...signaller,
		factsOf: async pid => (await server.inspector.facts([pid]))[0] ?? {pid},
		signalAll: signaller?.signal,
		signal: (order, isOverdue) => signaller.signal([order], isOverdue)[0],
		client,
		losses,
		connect: (lost = () => {}, over = never, again) => open(lost, over, again),
	};
}

/** A session that ends with the test, whatever it does then: hanging up alone leaves a query running, with its locks. */
export async function visit(cluster: TestCluster, options: SessionOptions = {}): Promise<Session> {
	const session = await openSession(cluster, options);
	const {pid} = session;
	onTestFinished(async () => {
		// Over the function, because the view would wait for a locked pg_database.
		await cluster.observe(
			`select pg_terminate_backend(pid) from pg_stat_get_activity(${pid}) where state <> 'idle'`,
		);
		await session.end();
		await session.untilGone();
	});
	return session;
}

/** The SQLSTATE that a statement ends with, when the session does nothing any more: an error arrives before the server has put the query away. */
export async function endOf({client}: Session, text: string): Promise<string | undefined> {
	const isOver = new Promise(resolve => client.once('drain', resolve).once('end', resolve));
	const code = await codeOf(client.query(text));
	await isOver;
	return code;
}

/** A session that runs a query, and how that will end. */
export async function visitRunning(cluster: TestCluster, text = 'select pg_sleep(60)') {
	const victim = await visit(cluster);
	const end = endOf(victim, text);
	await victim.untilActive();
	return {victim, end};
}

/** What the next picture shows of a session. */
export async function backendOf({sample}: Pick<Server, 'sample'>, pid: number) {
	const {backends} = await sample();
	const backend = backends.find(one => one.pid === pid);
	if (!backend) throw new Error(`${pid} is not in the picture`);
	return backend;
}

let orders = 0;

/** What a key orders for a session as it is now. */
export async function orderOn(
	{sample}: Pick<Server, 'sample'>,
	pid: number,
	signal: Signal,
	work?: Work,
): Promise<Order> {
	const {at, backends, server} = await sample();
	const backend = backends.find(one => one.pid === pid);
	if (!backend) throw new Error(`${pid} is not in the picture`);
	return {
		number: ++orders,
		signal,
		target: targetOf(backend),
		...(server.startedAt !== undefined && {startedAt: server.startedAt}),
		// So late that no machine is too slow for it.
		expiresAt: at + 60_000_000,
		work: work ?? workOf(signal, backend),
		asked: [],
	};
}

/** The SQLSTATE that a statement ended with; undefined when all went well. */
export const codeOf = async (running: Promise<unknown>): Promise<string | undefined> =>
	running.then(
		() => undefined,
		(error: {readonly code?: string}) => error.code ?? 'none',
	);

/** Everything that the server has logged. It writes there before it answers. */
export const logOf = async (cluster: TestCluster): Promise<string> => readFile(cluster.log, 'utf8');

/** How often something stands in a text. */
export const timesIn = (text: string, part: string): number => text.split(part).length - 1;

/** What a standby or a base backup has: a session for replication. It ends with the test. */
export async function visitWalsender(
	{host, port}: ServerAddress,
	replication: 'database' | 'true' = 'database',
) {
	const client = new Client({
		host,
		port,
		user: 'postgres',
		database: 'appdb',
		replication,
		ssl: false,
	} as object);
	const ended = new Promise(resolve => client.once('end', resolve));
	client.on('error', () => {});
	await client.connect();
	onTestFinished(() => client.end());
	const {processID: pid} = client as unknown as {readonly processID: number};
	return {pid, ended};
}
