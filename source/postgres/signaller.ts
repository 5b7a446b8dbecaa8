import type {Part} from '../domain/server/snapshot.js';
import type {Answer} from '../domain/signal/look.js';
import type {Order} from '../domain/signal/target.js';
import {mapSome} from '../domain/some.js';
import type {Signaller} from '../ports/signaller.js';
import {faultOf, isServers} from './failures/errors.js';
import {firstAllowed} from './first-allowed.js';
import type {Hello} from './hello.js';
import {locksQuery, readLocks} from './queries/parts/locks.js';
import type {Cells} from './queries/query.js';
import {calledIn} from './queries/signal/called.js';
import {deniedText, readDenied} from './queries/signal/denied.js';
import {lockedCatalogueText, rightsLockedWords} from './queries/signal/locked-catalogue.js';
import {locksText, lookText, toLocksHeld, toLook} from './queries/signal/look.js';
import {readSignalling, signalText} from './queries/signal/signal.js';
import {rowsOf, type Session} from './session.js';

export type SignallerOptions = {
	readonly session: Session;
	readonly told: Hello;
	/** The guard is asked, and nothing is sent. */
	readonly isDry: boolean;
	/** Stands in front of a signal in the server's log: who sent it from where. A session leaves out what could end a comment. */
	readonly sender: string;
	/** The parts of the last picture. Looks leave out what it had to do without. */
	readable(): readonly Part[];
	/** Ends our own overdue refresh. */
	breakOff(): Promise<void>;
};

/** Speaks to a connected server of signals. Looks reject with what the server said. */
export function createSignaller(options: SignallerOptions): Signaller {
	const {session, told, isDry, readable, breakOff} = options;
	const {major, queryLimit} = told;
	const statementOf = (order: Order) => signalText(order, major, queryLimit);
	const send = async (order: Order, denials: Denials): Promise<Answer> => {
		const answer = await sendOne(options, order, denials);
		return isDry && answer.type === 'answered' ? {...answer, unsent: statementOf(order)} : answer;
	};

	return {
		statementOf,
		signal(orders, isOverdue = false) {
			const denials: Denials = new Map();
			const sendAll = () => session.together(() => mapSome(orders, order => send(order, denials)));
			// A dry run sends nothing, and has no reason to break a refresh off.
			if (!isOverdue || isDry) return sendAll();
			const sent = breakOff().then(sendAll);
			return mapSome(orders, async (_, index) => (await sent)[index] as Promise<Answer>);
		},
		async look(pids) {
			return rowsOf(await session.message(lookText(pids, major, readable()))).map(toLook);
		},
		async locks(pid) {
			const [row = []] = rowsOf(await session.message(locksText(pid, major, readable())));
			return toLocksHeld(row);
		},
		async waits(pids) {
			const [locks, looks] = await Promise.all(
				session.together(() => [
					session.message(locksQuery.text(told)),
					pids.length === 0 ? undefined : session.message(lookText(pids, major, readable())),
				]),
			);
			return {
				locks: readLocks(locks ? rowsOf(locks) : []),
				looks: looks ? rowsOf(looks).map(toLook) : [],
			};
		},
	};
}

async function sendOne(options: SignallerOptions, order: Order, denials: Denials): Promise<Answer> {
	const {session, told, isDry, sender} = options;
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
			return {type: 'denied', reason, ...(await missingFor(options, order, text, denials))};
		if (fault.kind === 'locked') return {type: 'failed', reason: await lockedReason(options)};
		// When the server did not speak itself, or spoke of its end, nobody knows what it did.
		const isUnknown = !isServers(error) || ['lost', 'timeout', 'cancelled'].includes(fault.kind);
		return isUnknown ? {type: 'unknown'} : {type: 'failed', reason};
	}
}

/** Why the server could not check in time whether this role may send a signal: it looks that up where nobody else may write meanwhile. */
async function lockedReason({session}: SignallerOptions): Promise<string> {
	const rows = await session.message(lockedCatalogueText).then(rowsOf, () => []);
	return rightsLockedWords(rows);
}

/** What was asked about denials of one write, by all that the answer depends on: where the sessions of one role are denied one question is enough. */
type Denials = Map<string, {readonly pid: number; readonly rows: Promise<readonly Cells[]>}>;

/** What this role lacks for an order whose statement was denied. */
async function missingFor(
	{session, told, readable}: SignallerOptions,
	{target: {pid, userId}, signal}: Order,
	statement: string,
	denials: Denials,
): Promise<{missing?: string}> {
	const {major} = told;
	const called = calledIn(statement, major);
	const ask = () => {
		const reply = firstAllowed([readable(), []], wanted =>
			session.message(deniedText(pid, signal, called, major, wanted)),
		);
		return reply.then(
			({value}) => rowsOf(value),
			() => [],
		);
	};
	// Without an owner each is of a kind of its own.
	const key = [signal, userId ?? `of ${pid}`, ...called].join(' ');
	const asked = denials.get(key) ?? {pid, rows: ask()};
	denials.set(key, asked);
	const rows = await asked.rows;
	// The other one may have ended meanwhile.
	const missing = readDenied(rows.length > 0 || asked.pid === pid ? rows : await ask(), signal, called, told);
	return missing === undefined ? {} : {missing};
}
