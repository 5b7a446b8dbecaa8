import type {Answer} from '../domain/signal/look.js';
import {mapSome} from '../domain/some.js';
import type {Audit} from '../ports/audit.js';
import type {Signaller} from '../ports/signaller.js';
import type {Command} from '../state/command.js';
import type {Dispatch} from './store.js';

/** A second wall: the state sends nothing by the rules of a server that allow nothing, and neither does this. */
export function isRefused(
	{orders}: Extract<Command, {type: 'signal'}>,
	reason: string | undefined,
	dispatch: Dispatch,
): boolean {
	if (reason === undefined) return false;
	for (const {order} of orders)
		dispatch({type: 'answered', number: order.number, answer: {type: 'failed', reason}});
	return true;
}

/** Signals are written down before any of them is sent. If they can't be written none is sent, unless a person was asked about that and said yes. */
export async function sendSignals(
	{orders, isOverdue, isUnrecorded, isRepeated}: Extract<Command, {type: 'signal'}>,
	signaller: Signaller,
	audit: Audit | undefined,
	dispatch: Dispatch,
): Promise<void> {
	const entries = mapSome(orders, ({order, facts}) => ({
		number: order.number,
		facts,
		statement: signaller.statementOf(order),
	}));
	// What is sent once more has its lines already.
	const writer = isRepeated ? undefined : audit;
	if (isUnrecorded) writer?.keep(entries);
	try {
		if (!isUnrecorded) await writer?.signal(entries);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const numbers = mapSome(entries, ({number}) => number);
		dispatch({type: 'unrecorded', numbers, why: error.message});
		return;
	}

	const answers = signaller.signal(
		mapSome(orders, ({order}) => order),
		isOverdue,
	);
	await Promise.all(
		mapSome(orders, async ({order: {number}}, index) =>
			dispatch({type: 'answered', number, answer: (await answers[index]) as Answer}),
		),
	);
}
