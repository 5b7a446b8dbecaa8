import {shortState, states} from '../session/states.js';
import {ageSince} from '../session/time.js';
import {age} from '../text/format.js';
import type {Seen} from './look.js';
import type {Change, Outcome} from './outcome.js';
import type {Work} from './target.js';

const changes: Readonly<Record<Exclude<Change, 'query' | 'idle'>, string>> = {
	transaction: 'has ended that transaction',
	'transaction begun': 'has begun a transaction',
	statement: 'has ended that query',
	'statement begun': 'has begun a query',
	call: 'has ended that call',
	login: 'has logged in',
};

/** What the guard found instead of what was looked at, and which key acts on that. */
export function changedWords({
	what,
	seen,
	at,
	isRepeated,
	isAsked,
}: Extract<Outcome, {type: 'changed'}>): string {
	if (isRepeated) return 'sends short queries: k ends the session';
	const state = shortState(seen.state ?? '');
	if (what === 'query') return 'runs another query now, not cancelled';
	if (what === 'idle') return `has ended that query, ${state} now: nothing to cancel`;
	const again = isAsked ? 'y ends the session' : 'k again ends the session';
	return `${changes[what]}, now ${nowIn(seen, state, at)}. ${again}`;
}

/** What a question says when its session has gone on to something else. */
export function movedWords(work: Work, {state, xactStart}: Pick<Seen, 'state' | 'xactStart'>): string {
	const isInTransaction = xactStart !== undefined;
	switch (work) {
		case 'transaction':
		case 'aborted':
			return isInTransaction ? 'on its next transaction' : 'has ended that transaction since';
		case 'idle':
			if (isInTransaction) return 'has begun a transaction since';
			return state === states.active ? 'has begun a query since' : 'has done something since';
		case 'statement':
			return state === states.active ? 'on its next query' : 'has ended that query since';
		case 'call':
			return 'has ended that call since';
		case 'login':
			return 'has logged in since';
		case 'query':
		case 'session':
			return '';
	}
}

function nowIn({xactStart}: Seen, state: string, at: number): string {
	const since = state === states.active ? ageSince(xactStart, at) : undefined;
	return since === undefined ? state : `${state} ${age(since)}`;
}
