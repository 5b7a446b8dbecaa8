import type {Micros} from '../micros.js';
import type {Backend} from '../session/backend.js';
import {type Age, queryAge, stateAge, timeOf, xactAge} from '../session/time.js';
import {isWhole} from '../session/words/shown-text.js';
import {masked} from '../text/secrets/masked.js';
import type {Outcome} from './outcome.js';
import type {Signal} from './target.js';
import type {LockAim} from './waiters/lock-aim.js';

/** What the audit file says of a signal before it is sent. Ages are in seconds, times in ISO 8601, UTC. */
export type SignalRecord = {
	readonly event: 'signal';
	/** The same in the lines about its outcome. */
	readonly id: string;
	readonly time: string;
	readonly osUser: string;
	/** Who called sudo or doas, as their variables say. An environment may say anything. */
	readonly sudoUser: string | null;
	/** SSH_CONNECTION's first word, when pgtop runs in an SSH session. */
	readonly sshClient: string | null;
	readonly signal: Signal;
	readonly server: string;
	readonly role: string;
	readonly pid: number;
	readonly backendStart: string | null;
	readonly user: string | null;
	readonly database: string | null;
	readonly application: string | null;
	readonly client: string | null;
	readonly type: string | null;
	readonly state: string | null;
	readonly wait: string | null;
	readonly age: number | null;
	readonly xactAge: number | null;
	readonly queryAge: number | null;
	readonly stateAge: number | null;
	/** How many waited for it; null where nobody knows. */
	readonly blocks: number | null;
	/** Pids of those, at most a hundred. */
	readonly blocked: readonly number[] | null;
	/** Pid that it waited for itself; 0: a prepared transaction. */
	readonly waitsFor: number | null;
	/** What its end was to set free: `up to 1 now`. */
	readonly frees: string | null;
	readonly query: string | null;
	/** False also where the server may have cut the query. */
	readonly isQueryWhole: boolean | null;
	readonly statement: string;
};

/** What was seen to come of a signal. The last of several lines counts. */
export type OutcomeRecord = {
	readonly event: 'outcome';
	readonly id: string;
	readonly time: string;
	readonly pid: number;
	readonly outcome: Outcome['type'];
	readonly sentence: string;
	/** From the key to the look that showed the outcome. */
	readonly seconds: number;
};

const seconds = (age: Age) => (typeof age === 'number' ? Math.round(age / 1e3) / 1e3 : null);

/** A time of the server's clock with its microseconds. */
const iso = (at: Micros | undefined) =>
	at === undefined
		? null
		: `${new Date(at / 1000).toISOString().slice(0, 19)}.${String(at % 1e6).padStart(6, '0')}Z`;

/** The facts of a session as they were looked at. Passwords in its texts are left out: the list loses them again, a file does not. */
export const recordOf = (backend: Backend, at: Micros) => ({
	pid: backend.pid,
	backendStart: iso(backend.backendStart),
	user: backend.user ?? null,
	database: backend.database ?? null,
	application: backend.application === undefined ? null : masked(backend.application),
	client: backend.client ?? null,
	type: backend.type ?? null,
	state: backend.state ?? null,
	wait: backend.wait ? `${backend.wait.type}:${backend.wait.name}` : null,
	age: seconds(timeOf(backend, at)),
	xactAge: seconds(xactAge(backend, at)),
	queryAge: seconds(queryAge(backend, at)),
	stateAge: seconds(stateAge(backend, at)),
	query: backend.query ? masked(backend.query.text) : null,
	isQueryWhole: backend.query ? isWhole(backend.query) : null,
});

/** How many of those who wait for it are named. */
const mostBlocked = 100;

/** How the session stood to the locks of others. */
export const lockRecord = (locks: LockAim | undefined) => ({
	blocks: locks?.blocks ?? null,
	blocked: locks?.blocked.slice(0, mostBlocked).map(({pid}) => pid) ?? null,
	waitsFor: locks?.waitsFor ?? null,
	frees: locks?.frees?.replace(/^frees /, '') ?? null,
});

export type AuditLine = SignalRecord | OutcomeRecord;

/** What the state knows of a line; who, when and the statement are added when it is written. */
export type SignalFacts = Omit<
	SignalRecord,
	'event' | 'id' | 'time' | 'osUser' | 'sudoUser' | 'sshClient' | 'statement'
>;
export type OutcomeFacts = Omit<OutcomeRecord, 'event' | 'id' | 'time'>;
