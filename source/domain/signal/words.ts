import {age, uptime} from '../text/format.js';
import type {Seen} from './look.js';
import type {Now, Outcome} from './outcome.js';
import {keyOf, type Signal} from './target.js';

const shortState: Readonly<Record<string, string>> = {
	'idle in transaction': 'idle-tx',
	'idle in transaction (aborted)': 'aborted',
	'fastpath function call': 'fastpath',
};

const after = (seconds: number, signal: Signal) => `${age(Math.round(seconds * 1e6))} after ${keyOf[signal]}`;

/**
What is said of an outcome. `seconds` is from the key to the look that showed it.

The pid stands in front in the status line and is left out in the row itself.
*/
export function sentenceOf(outcome: Outcome, signal: Signal, seconds: number): string {
	switch (outcome.type) {
		case 'ended':
			return `ended ${after(seconds, signal)}`;
		case 'cancelled':
			return `query ended ${after(seconds, signal)}${nowOf(outcome.now)}`;
		case 'had ended already':
			return `had ended already${outcome.isPidReused ? " and its pid is another session's now" : ''}`;
		case 'changed':
			return changed(outcome);
		case 'too late':
			return `was not signalled: the server got it ${age(Math.round(outcome.seconds * 1e6))} after the key`;
		case 'denied':
			return `was not signalled: ${outcome.missing ?? outcome.reason}`;
		case 'failed':
			return `was not signalled: ${outcome.reason}`;
		case 'no such process':
			return `was not signalled: ${outcome.warning || 'no such process'}`;
		case 'still there':
			return stillThere(outcome, signal, seconds);
		case 'not known':
			return `may or may not have been signalled${sinceOf(outcome.since)}`;
		case 'not sent':
			return `dry run, not sent: ${outcome.statement}`;
	}
}

function nowOf(now: Now): string {
	switch (now) {
		case 'idle':
			return ': idle now';
		case 'aborted':
			return ': transaction aborted, locks released';
		case 'in transaction':
			return ': still in its transaction. k ends it';
		case 'next transaction':
			return ': it is in its next transaction now';
		case 'next query':
			return ': it runs its next query now';
		case 'other':
			return '';
	}
}

function sinceOf(since: Extract<Outcome, {type: 'not known'}>['since']): string {
	switch (since) {
		case undefined:
			return '';
		case 'gone':
			return ': it is gone now';
		case 'there':
			return ': it is still there';
		case 'query ended':
			return ': its query has ended';
	}
}

function changed({what, seen, at, isRepeated}: Extract<Outcome, {type: 'changed'}>): string {
	if (isRepeated) return 'sends short queries: k ends the session';
	const state =
		seen.state === undefined
			? ''
			: Object.hasOwn(shortState, seen.state)
				? (shortState[seen.state] ?? '')
				: seen.state;
	switch (what) {
		case 'query':
			return 'runs another query now, not cancelled';
		case 'idle':
			return `has ended that query, ${state} now: nothing to cancel`;
		case 'transaction':
			return `has ended that transaction, now ${nowIn(seen, state, at)}. k again ends it`;
		case 'transaction begun':
			return `has begun a transaction, now ${nowIn(seen, state, at)}. k again ends it`;
	}
}

function nowIn({xactStart}: Seen, state: string, at: number): string {
	return xactStart === undefined || state !== 'active' ? state : `${state} ${age(at - xactStart)}`;
}

/** It is said after 5 s at first: only later the time is news, in seconds. */
const saysSince = 6;

function stillThere(
	outcome: Extract<Outcome, {type: 'still there'}>,
	signal: Signal,
	seconds: number,
): string {
	const where = outcome.wait ? `, in ${outcome.wait.type}:${outcome.wait.name}` : '';
	if (signal === 'cancel' && (outcome.state ?? 'disabled') === 'disabled')
		return "was signalled: what it does can't be seen";
	return signal === 'cancel'
		? `still running${seconds < saysSince ? '' : ` after ${uptime(seconds * 1e6)}`}${where}. k ends it`
		: `still there after ${uptime(seconds * 1e6)}${where}`;
}

/** What L adds to the sentence: why nothing happens, and what is left to do. */
export function explanationOf(outcome: Outcome, signal: Signal): string | undefined {
	switch (outcome.type) {
		case 'still there':
			return signal === 'cancel'
				? 'it acts at its next safe point; k ends the session'
				: 'it acts at its next safe point; there is nothing harder than k in SQL, and kill -9 restarts the whole server';
		case 'denied':
			return outcome.missing === undefined ? undefined : outcome.reason;
		case 'cancelled':
			return outcome.now === 'in transaction'
				? 'a savepoint took the error: the transaction goes on and keeps its locks'
				: undefined;
		case 'changed':
			return 'what was looked at had ended before the server got the signal; nothing was sent';
		case 'too late':
			return 'the link or the server was slow: after 3s a key must not take effect any more';
		case 'not known':
			return 'the connection was lost, or no answer came in time';
		default:
			return undefined;
	}
}
