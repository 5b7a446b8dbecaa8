import type pg from 'pg';
import type {Answer} from '../domain/signal/look.js';
import type {Order} from '../domain/signal/target.js';
import type {Snapshot} from '../domain/snapshot.js';
import type {Failure, Server} from '../server.js';
import {faultOf} from './errors.js';
import {backendsQuery} from './queries/backends.js';
import {countersQuery} from './queries/counters.js';
import {deniedText, readDenied} from './queries/denied.js';
import {factsQuery, firstClock, lastClock} from './queries/facts.js';
import {inspectText, readInspected} from './queries/inspect.js';
import {lookText, toLook, toSeen} from './queries/look.js';
import {signalText} from './queries/signal.js';
import {answerTimeout, createSession, type Reply, type Session} from './session.js';

export type ServerOptions = {
	/** No signal can be sent: --read-only and --dry-run. */
	readonly isReadOnly: boolean;
	/** Asks the server, over another connection, to break off what this session runs. */
	readonly interrupt: () => Promise<void>;
	/** Stands in front of a signal in the server's log: who sent it from where, in `A-Za-z0-9._@-`. */
	readonly sender: string;
};

/** The rows of a single statement, which stands behind the prologue. */
const rowsOf = ({results}: Reply) => results.at(-1) ?? [];

const failureOf = (error: unknown): Failure => {
	const fault = faultOf(error);
	return {sentence: fault.sentence, isLost: fault.kind === 'lost' || fault.kind === 'timeout'};
};

/** Asks a connected client for its version and speaks for it from then on. */
export async function createServer(client: pg.Client, options: ServerOptions): Promise<Server> {
	const {rows} = await client.query<{server_version_num: string}>({
		text: 'show server_version_num',
		query_timeout: answerTimeout,
	} as pg.QueryConfig);
	const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
	const session = createSession(client, major);
	const server: Server = {
		sample: () => sample(session, major).catch(rethrow),
		inspect: async (pid, isWhole) => {
			const reply = await session.message(inspectText(pid, isWhole, major)).catch(rethrow);
			return readInspected(pid, rowsOf(reply));
		},
		statementOf: order => signalText(order, major).trim().replaceAll(/\s+/g, ' '),
		look: async pids => rowsOf(await session.message(lookText(pids, major)).catch(rethrow)).map(toLook),
		close: session.close,
	};
	if (options.isReadOnly) return server;
	return {
		...server,
		async signal(order, isOverdue = false) {
			if (isOverdue) await interrupted(session, options.interrupt);
			return signal(session, major, order, options.sender);
		},
	};
}

/** Ends our own overdue refresh. Sooner than its socket's close a cancel would hit the signal's own statement. */
async function interrupted(session: Session, interrupt: () => Promise<void>): Promise<void> {
	const isDelivered = await interrupt().then(
		() => true,
		() => false,
	);
	if (isDelivered) await session.settled();
}

function rethrow(error: unknown): never {
	throw failureOf(error);
}

async function sample(session: Session, major: number): Promise<Snapshot> {
	const queries = [factsQuery, backendsQuery, countersQuery];
	const {results} = await session.batch([firstClock, ...queries.map(({text}) => text(major)), lastClock]);
	const [first, factsRows = [], backendRows = [], counterRows = [], last] = results;
	const facts = factsQuery.read(factsRows, '');
	if (!facts) throw new Error('the server said nothing of itself');
	const {ownPid, encoding, ...server} = facts;
	const counters = countersQuery.read(counterRows, encoding);
	const at = Number(last?.[0]?.[0]);
	return {
		at,
		serverMs: (at - Number(first?.[0]?.[0])) / 1000,
		ownPid,
		server,
		backends: backendsQuery.read(backendRows, encoding),
		...(counters && {counters}),
		missing: [],
	};
}

/** What this role lacks for an order that was denied. */
async function missingFor(session: Session, major: number, {target}: Order): Promise<{missing?: string}> {
	const reply = await session.message(deniedText(target.pid)).catch(() => undefined);
	const missing = reply && readDenied(rowsOf(reply), major);
	return missing === undefined ? {} : {missing};
}

async function signal(session: Session, major: number, order: Order, sender: string): Promise<Answer> {
	try {
		const reply = await session.message(signalText(order, major), sender);
		const [row] = rowsOf(reply);
		if (!row) return {type: 'answered'};
		const seen = toSeen(row);
		const [at, sent] = row.slice(-2);
		return {
			type: 'answered',
			at: Number(at),
			...(typeof sent === 'boolean' && {sent}),
			...(seen && {seen}),
			...(reply.warnings[0] !== undefined && {warning: reply.warnings[0]}),
		};
	} catch (error) {
		const fault = faultOf(error);
		const reason = fault.detail ?? fault.sentence;
		if (fault.kind === 'denied')
			return {type: 'denied', reason, ...(await missingFor(session, major, order))};
		const isUnknown = fault.kind === 'lost' || fault.kind === 'timeout' || fault.kind === 'cancelled';
		return isUnknown ? {type: 'unknown'} : {type: 'failed', reason};
	}
}
