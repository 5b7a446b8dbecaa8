import {states} from '../session/states.js';
import {age, uptime} from '../text/format.js';
import {changedWords} from './change-words.js';
import {expiresAfter, type Outcome} from './outcome.js';
import {keyOf, type Signal} from './target.js';
import {heldBackBy} from './verdict/reason.js';
import type {Freed} from './waiters/freed.js';
import {freedWords, stillWaitWords, wentOnWords} from './waiters/freed-words.js';

const after = (seconds: number, signal: Signal) => `${age(Math.round(seconds * 1e6))} after ${keyOf[signal]}`;

/** For what may have happened long before it was seen: the time of the look, not of the event. */
const late = (seconds: number, signal: Signal) => `when looked at, ${after(seconds, signal)}`;

/**
What is said of an outcome. `seconds` is from the key to the look that showed it.

The pid stands in front in the status line and is left out in the row itself.
*/
export function outcomeSentence(outcome: Outcome, signal: Signal, seconds: number): string {
	switch (outcome.type) {
		case 'ended':
			return `${outcome.isLate ? `was gone ${late(seconds, signal)}` : `ended ${after(seconds, signal)}`}${outcome.freed ? `: ${freedWords(outcome.freed)}` : ''}`;
		case 'query ended':
			return `${outcome.isLate ? `query was over ${late(seconds, signal)}` : `query ended ${after(seconds, signal)}`}${nowOf(outcome)}`;
		case 'stopped waiting':
			return `${
				outcome.isLate
					? `did not wait for the standby ${late(seconds, signal)}`
					: `stopped waiting for the standby ${after(seconds, signal)}`
			}: ${outcome.done} here`;
		case 'ended by k':
			return `not seen to end in ${uptime(seconds * 1e6)}, then k`;
		case 'had ended already':
			return `had ended already${outcome.isPidReused ? " and its pid is another session's now" : ''}`;
		case 'changed':
			return changedWords(outcome);
		case 'held back':
			return `was not signalled: ${outcome.reasons.map(reason => heldBackBy[reason]).join(', ')}`;
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
		case 'other server':
			return outcome.isSure
				? 'not known: another server, or it was restarted'
				: 'not known: this may be another server';
		case 'crash':
			return 'was gone after the crash';
		case 'not seen':
			return 'was signalled, not seen to end';
		case 'not sent':
			return outcome.missing === undefined
				? `would ${signal === 'cancel' ? 'cancel the query of' : 'end'} ${outcome.who}, nothing was sent`
				: `would be refused: ${outcome.missing}; nothing was sent`;
	}
}

function nowOf({now, locks, freed}: Extract<Outcome, {type: 'query ended'}>): string {
	const went = freed ? `, ${wentOnWords(freed)}` : '';
	switch (now) {
		case 'idle':
			return `: idle now${freed ? `, ${freedWords(freed)}` : ''}`;
		case 'aborted':
			return freed
				? `: aborted, ${abortedWords(freed, locks)}`
				: `: transaction aborted${locks ? locksOf(locks) : ''}`;
		case 'in transaction':
			return freed && !freed.blocks
				? `: still in transaction${went}. k ends it`
				: `: still in its transaction${freed?.blocks ? `, blocks ${freed.blocks}` : ''}. k ends it`;
		case 'next transaction':
			return freed ? `: in its next transaction${went}` : ': it is in its next transaction now';
		case 'next query':
			return `: it runs its next query now${went}`;
		case 'client waits':
			return `: its client has not gone on${went}`;
		case 'other':
			return freed ? `: ${freedWords(freed)}` : '';
	}
}

type HeldLocks = {readonly held: number; readonly advisory: number};

/** All of it has no room: where locks are left, who still waits says most. */
function abortedWords(freed: Freed, {held, advisory}: HeldLocks = {held: 0, advisory: 0}): string {
	const all = held + advisory;
	if (all === 0) return freedWords(freed);
	return `holds ${all} lock${all === 1 ? '' : 's'}, ${stillWaitWords(freed) ?? wentOnWords(freed)}`;
}

function locksOf({held, advisory}: HeldLocks): string {
	const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
	if (held > 0) return `, still holds ${count(held + advisory, 'lock')}`;
	return advisory > 0 ? `, still holds ${count(advisory, 'advisory lock')}` : ', locks released';
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

/** The sentence where it stands alone. */
export function sentenceWithPid(pid: number, outcome: Outcome, signal: Signal, seconds: number): string {
	const sentence = outcomeSentence(outcome, signal, seconds);
	switch (outcome.type) {
		case 'not sent':
			return outcome.missing === undefined ? sentence : `${outcome.who} ${sentence}`;
		case 'other server':
			return `${pid}: ${sentence}`;
		default:
			return `${pid} ${sentence}`;
	}
}

/** In seconds. The sentence first comes after 5 s: the time is news only later. */
const saysSince = 6;

function stillThere(
	outcome: Extract<Outcome, {type: 'still there'}>,
	signal: Signal,
	seconds: number,
): string {
	const where = outcome.wait ? `, in ${outcome.wait.type}:${outcome.wait.name}` : '';
	if (signal === 'cancel' && (outcome.state ?? states.disabled) === states.disabled)
		return "was signalled: what it does can't be seen";
	if (signal === 'cancel' && outcome.isWithClient)
		return 'waits for its client: c has no effect there. k ends it';
	if (signal === 'cancel' && outcome.isAnew) return `runs the same text again${where}. k ends it`;
	return signal === 'cancel'
		? `still running${seconds < saysSince ? '' : ` after ${uptime(seconds * 1e6)}`}${where}. k ends it`
		: `still there after ${uptime(seconds * 1e6)}${where}`;
}

/** What L adds to the sentence: why nothing happens, and what is left to do. */
export function explanationOf(outcome: Outcome, signal: Signal): string | undefined {
	switch (outcome.type) {
		case 'still there':
			if (outcome.isWithClient)
				return 'between two pieces of a query the server ignores a cancel: press c while it works, or k';
			if (outcome.isAnew)
				return 'the next piece of its query, or the same query once more: what became of the one before cannot be seen';
			return signal === 'cancel'
				? 'it acts at its next safe point; k ends the session'
				: 'it acts at its next safe point; there is nothing harder than k in SQL, and kill -9 restarts the whole server';
		case 'denied':
			return outcome.missing === undefined ? undefined : outcome.reason;
		case 'query ended':
			return outcome.now === 'in transaction'
				? 'a savepoint took the error: the transaction goes on and keeps its locks'
				: outcome.now === 'client waits'
					? 'the driver holds back its Sync: until it goes on the session counts as active, and runs nothing'
					: undefined;
		case 'changed':
			return outcome.what.endsWith('begun')
				? 'it had begun before the server got the signal; nothing was sent'
				: 'what was looked at had ended before the server got the signal; nothing was sent';
		case 'held back':
			return 'it had come after the picture: that has to be asked about first; nothing was sent';
		case 'too late':
			return `the link or the server was slow: after ${uptime(expiresAfter)} a key must not take effect any more`;
		case 'not known':
			return 'the connection was lost, or no answer came in time';
		case 'not sent':
			return outcome.statement;
		default:
			return undefined;
	}
}
