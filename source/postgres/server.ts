import type {Socket} from 'node:net';
import type pg from 'pg';
import type {Part} from '../domain/server/snapshot.js';
import type {Inspected} from '../domain/session/inspection.js';
import type {Some} from '../domain/some.js';
import type {Server} from '../ports/connect.js';
import type {Failure} from '../ports/failure.js';
import type {Inspector} from '../ports/inspector.js';
import type {Source} from '../ports/source.js';
import type {Attempt} from './connect/connect-target.js';
import {faultOf} from './failures/errors.js';
import {hintOfAnswer} from './failures/hints.js';
import {firstAllowed} from './first-allowed.js';
import {type Hello, sayHello} from './hello.js';
import {hostNames} from './identity/host-names.js';
import {readServerNames} from './identity/read-server-names.js';
import {type PartTable, partsOf, partTable} from './parts.js';
import {askAllowed} from './queries/inspect/allowed.js';
import {type InspectExtra, inspectExtras, inspectTexts, readInspected} from './queries/inspect/inspect.js';
import {type Names, remember} from './queries/names.js';
import {readRights, rightsText} from './queries/rights.js';
import {shareBackends} from './queries/share-backends.js';
import {type Sampling, sample} from './sample.js';
import {createSession, rowsOf, type Session} from './session.js';
import {createSignaller} from './signaller.js';

export type ServerOptions = {
	/** `none` with --read-only; `dry` asks the guard, and has no function that sends. */
	readonly signals: 'sent' | 'dry' | 'none';
	/** Where the server is, for the sentence on what it does not answer. */
	readonly attempt: Attempt;
	/** Asks the server, over another connection, to break off what this session runs. */
	readonly interrupt: () => Promise<void>;
	/** Whether the terminal can draw a text; absent, it can draw any. */
	readonly isDrawable?: (text: string) => boolean;
	/** Some section of the configuration is named by a system identifier. */
	readonly wantsIdentifier?: boolean;
	/** The parts of a refresh; absent, those that pgtop has. */
	readonly table?: PartTable;
	/** Stands in front of a signal in the server's log: who sent it from where. A session leaves out what could end a comment. */
	readonly sender: string;
};

const failureOf = (error: unknown, attempt: Attempt): Failure => {
	const {kind, sentence} = faultOf(error, attempt);
	const hint = hintOfAnswer(kind);
	return {sentence, ...(hint && {hint}), isLost: kind === 'lost' || kind === 'timeout'};
};

const brokenOff: Failure = {sentence: 'no answer from the server: broken off', isLost: false};

/** Asks a connected client for its version and speaks for it from then on. */
export async function createServer(client: pg.Client, options: ServerOptions): Promise<Server> {
	const {isDrawable, attempt, wantsIdentifier = false, table = partTable} = options;
	const rethrow = (error: unknown): never => {
		throw failureOf(error, attempt);
	};
	/** Where a refresh waits for what the limits of its statements do not cover, such as a lock that its `begin` needs. A signal is not sent meanwhile, unless it breaks the refresh off itself. */
	function endStuckRefresh() {
		if (!isSampling) return;
		sampling.interrupts++;
		isBrokenOff = true;
		void options.interrupt().catch(() => {});
	}
	let isSampling = false;
	let isBrokenOff = false;
	const told: Hello = {...(await sayHello(client)), ...(isDrawable && {isDrawable})};
	const {major, encoding, isSuperuser, isHasty} = told;
	const session = createSession(client, major, isHasty, endStuckRefresh);
	const known: Names = {roles: new Map(), databases: new Map()};
	const sampling: Sampling = {
		session,
		told,
		table,
		sharing: shareBackends(told, known),
		kept: new Map(),
		isUnlogged: isSuperuser,
		interrupts: 0,
		isFailing: false,
	};
	const hosts = hostNames(attempt, client.connection.stream as Socket);
	const called = {hosts, service: attempt.service, wantsIdentifier};
	const names = await readServerNames(session, called, told.clusterName);
	const facts = partsOf(table, major);
	const parts = facts.map(({part}) => part);
	/** The parts of the last picture. The other statements leave out what it had to do without. */
	let readable: readonly Part[] = parts;
	let inspectable: readonly InspectExtra[] = inspectExtras;
	let hasSettings = true;
	const source: Source = {
		parts: facts,
		async sample(wanted = parts, idleTexts = []) {
			const asked = parts.filter(part => wanted.includes(part));
			isSampling = true;
			isBrokenOff = false;
			const snapshot = await sample(sampling, asked, idleTexts)
				.catch(error => {
					throw isBrokenOff && faultOf(error).kind === 'cancelled' ? brokenOff : failureOf(error, attempt);
				})
				.finally(() => {
					isSampling = false;
				});
			readable = parts.filter(part =>
				asked.includes(part)
					? snapshot.missing.every(one => one.part !== part)
					: // It only was not due.
						table[part].every !== undefined && readable.includes(part),
			);
			hasSettings ||= readable.includes('zone');
			return snapshot;
		},
		close: session.close,
	};
	const readAll = async (pids: Some<number>, isWhole: boolean): Promise<readonly Inspected[]> => {
		const ask = {pids, isWhole, wanted: readable};
		// Open details ask with every refresh, and are kept out of the log like one.
		const {allowed, value} = await askAllowed(inspectable, extras =>
			session.batch(inspectTexts({...ask, extras}, told), sampling.isUnlogged),
		).catch(rethrow);
		inspectable = allowed;
		const {results} = value;
		remember(known, results[0] ?? [], encoding);
		return readInspected({...ask, extras: allowed}, results, told, known);
	};
	const inspector: Inspector = {
		async inspect(pid) {
			const [read = {pid}] = await readAll([pid], true);
			return read;
		},
		facts: async pids => readAll(pids, false),
		async rights() {
			const {way, value} = await firstAllowed(hasSettings ? [true, false] : [false], has =>
				session.message(rightsText(major, readable, has)),
			).catch(rethrow);
			hasSettings = way;
			// Details that were refused are tried anew whenever the rights are read.
			inspectable = inspectExtras;
			return readRights(rowsOf(value), told);
		},
		names: async () => readServerNames(session, called).catch(rethrow),
	};
	const {signals, sender, interrupt} = options;
	if (signals === 'none') return {...source, names, inspector};
	const signaller = createSignaller({
		session,
		told,
		isDry: signals === 'dry',
		sender,
		readable: () => readable,
		async breakOff() {
			sampling.interrupts++;
			await interrupted(session, interrupt);
		},
	});
	const {look, locks, waits} = signaller;
	return {
		...source,
		names,
		inspector,
		signaller: {
			...signaller,
			look: async pids => look(pids).catch(rethrow),
			locks: async pid => locks(pid).catch(rethrow),
			waits: async pids => waits(pids).catch(rethrow),
		},
	};
}

/** Ends our own overdue refresh. Waits until the cancel's socket has closed: before that the cancel could hit the signal's own statement. */
async function interrupted(session: Session, interrupt: () => Promise<void>): Promise<void> {
	const isDelivered = await interrupt().then(
		() => true,
		() => false,
	);
	if (isDelivered) await session.settled();
}
