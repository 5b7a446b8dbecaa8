import type {Backend} from '../../../source/domain/session/backend.js';
import type {Signal, Target, Work} from '../../../source/domain/signal/target.js';
import type {GuardedReason} from '../../../source/domain/signal/verdict/reason.js';
import {
	backend,
	idleBackend,
	invisible,
	minute,
	noon,
	ownPid,
	processOf,
} from '../../helpers/state/backend.js';

export type May = 'at once' | 'asked' | 'never';

/** Why a key has to be asked about, as a person would name it. */
export type Why = 'standby' | 'special' | 'comment' | 'rights' | 'state' | 'walsender' | 'vacuum' | 'audit';

/** A session as a picture may show it, with what the specification says of it: written down here, not asked of the program. */
export type Step = {
	readonly backend: Backend;
	/** What a key may do with it, by `--confirm=auto`. */
	readonly may: Readonly<Record<Signal, May>>;
	readonly why?: Why;
	/** What each key is for. The same name in two steps of one session: the same work. */
	readonly named: Readonly<Record<Signal, string>>;
	/** What k demands of it. */
	readonly demands: Work;
};

type Facts = {
	readonly k?: May;
	readonly c?: May;
	readonly why?: Why;
	readonly work: string;
	readonly query?: string;
	readonly demands?: Work;
};

const step = (shown: Backend, {k, c, why, work, query = '', demands = 'transaction'}: Facts): Step => ({
	backend: shown,
	may: {
		terminate: k ?? (why ? 'asked' : 'at once'),
		cancel: c ?? (why ? 'asked' : 'at once'),
	},
	...(why && {why}),
	named: {terminate: work, cancel: query},
	demands,
});

const ago = (minutes: number) => noon - minutes * minute;
/** A transaction of one query that began then. */
const begun = (minutes: number, query = 'SELECT 1') => ({
	xactStart: ago(minutes),
	queryStart: ago(minutes),
	stateChange: ago(minutes),
	query,
});
const syncRep = {type: 'IPC', name: 'SyncRep'};
const nothing: Facts = {c: 'never', work: 'nothing', demands: 'idle'};
const hidden = backend(4411, begun(3, `/* ${'long '.repeat(200)}`));
const never: Facts = {k: 'never', c: 'never', work: 'none'};

/** Every session with all that may become of it, also another one with its pid. */
export const sessions: readonly (readonly Step[])[] = [
	[
		step(backend(4388), {work: 'a', query: 'a1'}),
		step(backend(4388, {queryStart: ago(2)}), {work: 'a', query: 'a1'}),
		step(backend(4388, {queryStart: ago(1), query: 'SELECT 2'}), {work: 'a', query: 'a2'}),
		step(backend(4388, {state: 'idle in transaction'}), {c: 'never', work: 'a'}),
		step(backend(4388, {queryStart: ago(0.5), query: 'COMMIT', wait: syncRep}), {
			why: 'standby',
			work: 'a',
			query: 'a3',
		}),
		step(
			{...idleBackend(4388), query: {text: 'DROP INDEX CONCURRENTLY a', bytes: 25, isBehindComment: true}},
			nothing,
		),
		step(backend(4388, begun(0.3)), {work: 'b', query: 'b1'}),
		step(backend(4388, begun(0.2, 'CREATE INDEX CONCURRENTLY ON t (a)')), {
			why: 'special',
			work: 'c',
			query: 'c1',
		}),
		step(backend(4388, {backendStart: noon}), {work: 'of another', query: 'of another'}),
	],
	[
		step(idleBackend(4403), nothing),
		step(backend(4403, begun(1)), {work: 'a', query: 'a1'}),
		step(backend(4403, {...begun(2), state: 'idle in transaction (aborted)'}), {
			c: 'never',
			work: 'b',
			demands: 'aborted',
		}),
		step(backend(4403, {...begun(2), state: 'idle in transaction'}), {c: 'never', work: 'b'}),
	],
	[
		step(backend(4402, {state: 'idle in transaction (aborted)'}), {
			c: 'never',
			work: 'failed',
			demands: 'aborted',
		}),
		step(backend(4402, begun(1)), {work: 'b', query: 'b1'}),
	],
	[
		step(backend(4406, {...begun(5, 'CALL p()'), xactStart: ago(4)}), {work: 'call', query: 'call'}),
		step(backend(4406, {...begun(5, 'CALL p()'), xactStart: ago(3)}), {work: 'call', query: 'call'}),
		step(backend(4406, begun(2, 'CALL p()')), {work: 'next call', query: 'next call'}),
	],
	[
		step(backend(4408, {...begun(3), state: 'fastpath function call'}), {
			work: 'a',
			query: 'a1',
			demands: 'call',
		}),
		step(backend(4408, {...begun(3), state: 'fastpath function call', stateChange: ago(2)}), {
			work: 'a',
			query: 'a2',
			demands: 'call',
		}),
		step(backend(4408, begun(1)), {work: 'b', query: 'b1'}),
	],
	[
		step(backend(4410, {...begun(3), xactStart: undefined}), {work: 'a', query: 'a', demands: 'statement'}),
		step(backend(4410, {...begun(1), xactStart: undefined}), {work: 'b', query: 'b', demands: 'statement'}),
		step(idleBackend(4410), nothing),
	],
	[
		step(
			{...hidden, ...(hidden.query && {query: {...hidden.query, isBehindComment: true}})},
			{
				why: 'comment',
				work: 'a',
				query: 'a1',
			},
		),
		step(backend(4411, begun(1)), {work: 'b', query: 'b1'}),
	],
	[
		step(backend(4409, {state: 'starting', xactStart: undefined}), {
			c: 'never',
			work: 'login',
			demands: 'login',
		}),
		step(backend(4409, begun(1)), {work: 'a', query: 'a1'}),
	],
	[step(invisible(4404), {why: 'rights', work: 'any', query: 'any', demands: 'session'})],
	[step(backend(4407, {state: 'disabled'}), {why: 'state', work: 'any', query: 'any', demands: 'session'})],
	[
		step(processOf(60, 'walsender', {state: 'active'}), {
			why: 'walsender',
			work: 'any',
			query: 'any',
			demands: 'session',
		}),
	],
	[
		step(processOf(61, 'autovacuum worker', {state: 'active', query: 'autovacuum: VACUUM t'}), {
			why: 'vacuum',
			work: 'any',
			query: 'any',
			demands: 'session',
		}),
	],
	[
		step(processOf(51, 'checkpointer'), never),
		step(processOf(51, 'checkpointer', {backendStart: noon}), never),
	],
	[step(processOf(4405, 'parallel worker', {leaderPid: 4388, state: 'active'}), never)],
	[step(backend(ownPid), never)],
];

const all = sessions.flat();

const fingerprint = ({
	id,
	pid,
	userId,
	backendStart,
	xactStart,
	queryStart,
	stateChange,
	state,
	hash,
}: Target) => [id, pid, userId, backendStart, xactStart, queryStart, stateChange, state, hash].join(' ');

const byTarget = new Map(all.map(one => [fingerprint(one.backend), one]));
if (byTarget.size !== all.length) throw new Error('two steps can not be told apart');

/** The step that an order is for. */
export const stepOf = (target: Target): Step | undefined => byTarget.get(fingerprint(target));

/** The step that shows so. */
export const stepShown = (shown: Backend): Step | undefined => stepOf(shown);

const guards: Partial<Record<Why, GuardedReason>> = {
	standby: 'standby',
	special: 'statement',
	comment: 'comment',
};

/** The reasons that the server knows of it. */
export function guardedIn({why}: Step): readonly GuardedReason[] {
	const reason = why && guards[why];
	return reason ? [reason] : [];
}

/** The same, as a person would name it. */
export const whyOf: Readonly<Record<GuardedReason, Why>> = {
	standby: 'standby',
	index: 'special',
	statement: 'special',
	comment: 'comment',
};
