import type {Outcome} from '../../../domain/signal/outcome.js';
import {concluded, type Signalled} from '../../../domain/signal/signalled.js';
import type {Command} from '../../command.js';
import type {State} from '../../state.js';
import {type Step, withScreen, withServer} from '../../step.js';
import {dropTags} from '../../tags/drop-tags.js';
import {tell} from '../sentences.js';

/** A signal after something was seen of it. */
export type Judged = {
	readonly signalled: Signalled;
	/** From now on the status line says it. */
	readonly isTold?: true;
	/** The session was seen to be gone. */
	readonly isGone?: true;
	/** A tag has done what it was for. */
	readonly isDone?: true;
	readonly command?: Command;
};

/** Nothing more is looked for, and the status line says the outcome. */
export const over = (signalled: Signalled, outcome: Outcome, seenAt: number): Judged => ({
	signalled: concluded(signalled, outcome, seenAt),
	isTold: true,
	...(signalled.isTagged && isDone(outcome) && {isDone: true}),
});

/** The query is over, and with it what it had locked: k would end a session that does no harm any more. */
function isDone(outcome: Outcome): boolean {
	if (outcome.type === 'stopped waiting') return true;
	if (outcome.type !== 'query ended') return false;
	const {held = 0, advisory = 0} = outcome.locks ?? {};
	return outcome.now !== 'in transaction' && held + advisory === 0;
}

/** Judges every signal of the run, all in one go: there may be thousands. The judge gives none for those that stay as they are. */
export function judgeEach(state: State, judge: (signalled: Signalled) => Judged | undefined): Step {
	const found = state.server.signals.map(one => ({one, judged: judge(one)}));
	const judged = found.flatMap(one => one.judged ?? []);
	if (judged.length === 0) return [state, []];
	const after = withServer(state, {signals: found.map(({one, judged}) => judged?.signalled ?? one)});
	const told = judged.filter(({isTold}) => isTold).map(({signalled}) => signalled.order.number);
	return [
		told.reduce(tell, withoutSessions(after, judged)),
		judged.flatMap(({command}) => (command ? [command] : [])),
	];
}

/** The rows are gone right now: the picture may be held, or the next one far off. */
function withoutSessions(state: State, judged: readonly Judged[]): State {
	const gone = new Set(judged.filter(({isGone}) => isGone).map(({signalled: {order}}) => order.target.id));
	const done = judged.filter(one => one.isDone).map(({signalled: {order}}) => order.target.id);
	const untagged = dropTags(state, new Set([...gone, ...done]));
	if (gone.size === 0) return untagged;
	const rows = state.screen.rows.map(row => (gone.has(row.value.id) ? {...row, isGone: true} : row));
	return withScreen(untagged, {rows});
}
