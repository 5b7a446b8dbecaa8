import type pg from 'pg';
import type {Answer} from '../domain/signal/look.js';
import type {Order} from '../domain/signal/target.js';
import {parts} from '../domain/snapshot.js';
import type {Failure, Server} from '../server.js';
import {faultOf} from './errors.js';
import {sayHello} from './hello.js';
import {deniedText, readDenied} from './queries/denied.js';
import {inspectText, readInspected} from './queries/inspect.js';
import {lookText, toLook, toSeen} from './queries/look.js';
import {type Names, remember} from './queries/names.js';
import {readRights, rightsText} from './queries/rights.js';
import {signalText} from './queries/signal.js';
import {type Sampling, sample} from './sample.js';
import {createSession, type Reply, type Session} from './session.js';

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
	const told = await sayHello(client);
	const {major, encoding, isSuperuser, isHasty} = told;
	const session = createSession(client, major, isHasty);
	const names: Names = {roles: new Map(), databases: new Map()};
	const sampling: Sampling = {session, told, names, isUnlogged: isSuperuser, interrupts: 0, isFailing: false};
	let hasNames = true;
	const server: Server = {
		async sample(wanted = parts) {
			const snapshot = await sample(sampling, wanted).catch(rethrow);
			hasNames = wanted.includes('names') && !snapshot.missing.some(({part}) => part === 'names');
			return snapshot;
		},
		async inspect(pid, isWhole) {
			const text = inspectText(pid, isWhole, major, hasNames);
			// Open details ask with every refresh.
			const reply = await (sampling.isUnlogged ? session.batch([text], true) : session.message(text)).catch(
				rethrow,
			);
			const [row] = rowsOf(reply);
			if (!row) return {pid};
			remember(names, [row], encoding);
			return readInspected(pid, row, encoding, names);
		},
		rights: async () => readRights(rowsOf(await session.message(rightsText(major)).catch(rethrow)), major),
		statementOf: order => signalText(order, major).trim().replaceAll(/\s+/g, ' '),
		look: async pids => rowsOf(await session.message(lookText(pids, major)).catch(rethrow)).map(toLook),
		close: session.close,
	};
	if (options.isReadOnly) return server;
	return {
		...server,
		async signal(order, isOverdue = false) {
			if (isOverdue) {
				sampling.interrupts++;
				await interrupted(session, options.interrupt);
			}

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

/** What this role lacks for an order that was denied. */
async function missingFor(session: Session, major: number, {target}: Order): Promise<{missing?: string}> {
	const reply = await session.message(deniedText(target.pid, major)).catch(() => undefined);
	const missing = reply && readDenied(rowsOf(reply), major);
	return missing === undefined ? {} : {missing};
}

async function signal(session: Session, major: number, order: Order, sender: string): Promise<Answer> {
	try {
		const reply = await session.message(signalText(order, major), sender);
		const [row] = rowsOf(reply);
		if (!row) return {type: 'answered'};
		const seen = toSeen(row);
		const [at, isOwn, sent] = row.slice(-3);
		return {
			type: 'answered',
			at: Number(at),
			...(typeof sent === 'boolean' && {sent}),
			...(isOwn === true && {isOwn}),
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
