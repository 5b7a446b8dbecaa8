import type pg from 'pg';
import {type Part, parts} from '../domain/server/snapshot.js';
import type {Answer} from '../domain/signal/look.js';
import type {Order} from '../domain/signal/target.js';
import type {Server} from '../ports/connect.js';
import type {Failure} from '../ports/failure.js';
import type {Inspector} from '../ports/inspector.js';
import type {Signaller} from '../ports/signaller.js';
import type {Source} from '../ports/source.js';
import type {Attempt} from './connect/connect-target.js';
import {faultOf, isServers} from './failures/errors.js';
import {hintOfAnswer} from './failures/hints.js';
import {firstAllowed} from './first-allowed.js';
import {type Hello, sayHello} from './hello.js';
import {inspectText, inspectWays, readInspected} from './queries/inspect.js';
import {type Names, remember} from './queries/names.js';
import {readRights, rightsText} from './queries/rights.js';
import {calledIn} from './queries/signal/called.js';
import {deniedText, readDenied} from './queries/signal/denied.js';
import {locksText, lookText, toLocksHeld, toLook} from './queries/signal/look.js';
import {readSignalling, signalText} from './queries/signal/signal.js';
import {type Sampling, sample} from './sample.js';
import {createSession, type Reply, type Session} from './session.js';

export type ServerOptions = {
	/** `none` with --read-only; `dry` asks the guard, and has no function that sends. */
	readonly signals: 'sent' | 'dry' | 'none';
	/** Where the server is, for the sentence on what it does not answer. */
	readonly attempt: Attempt;
	/** Asks the server, over another connection, to break off what this session runs. */
	readonly interrupt: () => Promise<void>;
	/** Whether the terminal can draw a text; absent, it can draw any. */
	readonly isDrawable?: (text: string) => boolean;
	/** Stands in front of a signal in the server's log: who sent it from where. A session leaves out what could end a comment. */
	readonly sender: string;
};

/** The rows of a single statement, which comes last, after the prologue. */
const rowsOf = ({results}: Reply) => results.at(-1) ?? [];

const failureOf = (error: unknown, attempt: Attempt): Failure => {
	const {kind, sentence} = faultOf(error, attempt);
	const hint = hintOfAnswer(kind);
	return {sentence, ...(hint && {hint}), isLost: kind === 'lost' || kind === 'timeout'};
};

/** Asks a connected client for its version and speaks for it from then on. */
export async function createServer(client: pg.Client, options: ServerOptions): Promise<Server> {
	const {isDrawable, attempt} = options;
	const rethrow = (error: unknown): never => {
		throw failureOf(error, attempt);
	};
	const told: Hello = {...(await sayHello(client)), ...(isDrawable && {isDrawable})};
	const {major, encoding, queryLimit, isSuperuser, isHasty} = told;
	const session = createSession(client, major, isHasty);
	const names: Names = {roles: new Map(), databases: new Map()};
	const sampling: Sampling = {session, told, names, isUnlogged: isSuperuser, interrupts: 0, isFailing: false};
	/** The parts of the last picture. The other statements leave out what it had to do without. */
	let readable: readonly Part[] = parts;
	let inspectable: typeof inspectWays = inspectWays;
	let hasSettings = true;
	const statementOf = (order: Order) => signalText(order, major, queryLimit).trim().replaceAll(/\s+/g, ' ');
	const source: Source = {
		async sample(wanted = parts) {
			const snapshot = await sample(sampling, wanted).catch(rethrow);
			readable = wanted.filter(part => snapshot.missing.every(one => one.part !== part));
			hasSettings ||= readable.includes('zone');
			return snapshot;
		},
		close: session.close,
	};
	const inspector: Inspector = {
		async inspect(pid, isWhole) {
			const asked = readable;
			const {way, value: reply} = await firstAllowed(inspectable, extras => {
				const text = inspectText(pid, isWhole, told, asked, extras);
				// Open details ask with every refresh, and are kept out of the log like one.
				return sampling.isUnlogged ? session.batch([text], true) : session.message(text);
			}).catch(rethrow);
			inspectable = inspectWays.slice(inspectWays.indexOf(way));
			const [row = []] = rowsOf(reply);
			remember(names, [row], encoding);
			return readInspected(pid, row, told, names, asked);
		},
		async rights() {
			const {way, value} = await firstAllowed(hasSettings ? [true, false] : [false], has =>
				session.message(rightsText(major, readable, has)),
			).catch(rethrow);
			hasSettings = way;
			// Details that were refused are tried anew whenever the rights are read.
			inspectable = inspectWays;
			return readRights(rowsOf(value), told);
		},
	};
	const {signals} = options;
	if (signals === 'none') return {...source, inspector};
	const isDry = signals === 'dry';
	const signaller: Signaller = {
		statementOf,
		async look(pids) {
			return rowsOf(await session.message(lookText(pids, major, readable)).catch(rethrow)).map(toLook);
		},
		async locks(pid) {
			const [row = []] = rowsOf(await session.message(locksText(pid, major, readable)).catch(rethrow));
			return toLocksHeld(row);
		},
		async signal(order, isOverdue = false) {
			// A dry run sends nothing, and has no reason to break a refresh off.
			if (isOverdue && !isDry) {
				sampling.interrupts++;
				await interrupted(session, options.interrupt);
			}

			const answer = await signal(session, told, order, options.sender, isDry, readable);
			return isDry && answer.type === 'answered' ? {...answer, unsent: statementOf(order)} : answer;
		},
	};
	return {...source, inspector, signaller};
}

/** Ends our own overdue refresh. Waits until the cancel's socket has closed: before that the cancel could hit the signal's own statement. */
async function interrupted(session: Session, interrupt: () => Promise<void>): Promise<void> {
	const isDelivered = await interrupt().then(
		() => true,
		() => false,
	);
	if (isDelivered) await session.settled();
}

/** What this role lacks for an order whose statement was denied. */
async function missingFor(
	session: Session,
	told: Hello,
	{target, signal: what}: Order,
	statement: string,
	readable: readonly Part[],
): Promise<{missing?: string}> {
	const {major} = told;
	const called = calledIn(statement, major);
	const reply = await firstAllowed([readable, []], wanted =>
		session.message(deniedText(target.pid, what, called, major, wanted)),
	).catch(() => undefined);
	const missing = reply && readDenied(rowsOf(reply.value), what, called, told);
	return missing === undefined ? {} : {missing};
}

async function signal(
	session: Session,
	told: Hello,
	order: Order,
	sender: string,
	isDry: boolean,
	readable: readonly Part[],
): Promise<Answer> {
	const text = signalText(order, told.major, told.queryLimit, isDry);
	try {
		const reply = await session.message(text, sender);
		const [row = []] = rowsOf(reply);
		const {isOwn, ...others} = readSignalling(row);
		return {
			type: 'answered',
			...others,
			...(isOwn && {isOwn}),
			...(reply.warnings[0] !== undefined && {warning: reply.warnings[0]}),
		};
	} catch (error) {
		const fault = faultOf(error);
		const reason = fault.detail ?? fault.sentence;
		if (fault.kind === 'denied')
			return {type: 'denied', reason, ...(await missingFor(session, told, order, text, readable))};
		// When the server did not speak itself, or spoke of its end, nobody knows what it did.
		const isUnknown = !isServers(error) || ['lost', 'timeout', 'cancelled'].includes(fault.kind);
		return isUnknown ? {type: 'unknown'} : {type: 'failed', reason};
	}
}
