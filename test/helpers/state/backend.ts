import type {Micros} from '../../../source/domain/micros.js';
import type {Missing, ServerFacts, Snapshot} from '../../../source/domain/server/snapshot.js';
import {type Backend, type QueryText, rowId} from '../../../source/domain/session/backend.js';
import {kindOf} from '../../../source/domain/session/kind.js';
import type {Rights} from '../../../source/domain/session/rights.js';
import type {Seen} from '../../../source/domain/signal/look.js';
import {partTable} from '../../../source/postgres/parts.js';

export const second = 1e6;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The server's clock in every picture that does not say otherwise. */
export const noon: Micros = Date.UTC(2025, 10, 22, 12) * 1000;

type Facts = {
	readonly [Name in keyof Omit<Backend, 'id' | 'pid' | 'query'>]?: Backend[Name] | undefined;
} & {
	/** How long it has been at what it does at noon: of the query, the transaction and the state. */
	readonly age?: number;
	/** The text; undefined takes it away. */
	readonly query?: string | undefined;
};

const stepOf = (state: string | undefined, since: Micros) => {
	if (state === 'idle') return {queryStart: since, stateChange: since};
	// A transaction that failed has no xact_start on the server.
	if (state === 'idle in transaction (aborted)') return {queryStart: since, stateChange: since};
	return {xactStart: since, queryStart: since, stateChange: since};
};

/** A session of api that runs an UPDATE since 4m12s, but for what the test is about; `undefined` takes a fact away. */
export function backend(pid: number, {age = 4 * minute + 12 * second, query, ...facts}: Facts = {}): Backend {
	const state = 'state' in facts ? facts.state : 'active';
	const type = 'type' in facts ? facts.type : 'client backend';
	const values = {
		kind: kindOf(type, true),
		type,
		isVisible: true,
		state,
		backendStart: noon - 10 * hour,
		...stepOf(state, noon - age),
		userId: 10,
		user: 'api',
		database: 'shop',
		application: 'checkout',
		client: '10.0.0.7',
		...facts,
	};
	const text = query ?? "UPDATE orders SET status = 'paid' WHERE id = 1";
	return {
		...known<Omit<Backend, 'id' | 'pid'>>(values),
		id: rowId(pid, values.backendStart, values.userId),
		pid,
		query: {text, bytes: text.length},
		hash: hashOf(text),
	};
}

/** The same with other facts of its text. */
export function withText(session: Backend, facts: Partial<QueryText>): Backend {
	const {query = {text: '', bytes: 0, hash: '0'}} = session;
	return {...session, query: {...query, ...facts}};
}

/** What a server with the usual limit has cut. */
export const cutAt1kB = {bytes: 1023, cut: {isSure: true, size: '1kB'}} as const;

/** Leaves out what is undefined. */
const known = <Value>(values: object) =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Value;

/** Stands for the server's hash: the same for the same text. */
function hashOf(text: string): string {
	let hash = 7;
	for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 2 ** 31;
	return String(hash);
}

/** The list fetches no text of an idle session; its details do. */
export function idleBackend(pid: number, facts: Facts = {}): Backend {
	const {query, hash, ...others} = backend(pid, {state: 'idle', ...facts});
	return facts.query === undefined
		? others
		: {...others, ...known<Pick<Backend, 'query' | 'hash'>>({query, hash})};
}

/** A process that is no client session. */
export const processOf = (pid: number, type: string, facts: Facts = {}): Backend =>
	backend(pid, {
		type,
		state: undefined,
		user: undefined,
		database: undefined,
		application: undefined,
		client: undefined,
		xactStart: undefined,
		queryStart: undefined,
		stateChange: undefined,
		query: '',
		...facts,
	});

/** As a role without rights sees it: pid, user and database. */
export function invisible(pid: number, facts: Facts = {}): Backend {
	const {
		query: _,
		hash: __,
		...shown
	} = backend(pid, {
		type: undefined,
		kind: 'client',
		isVisible: false,
		state: undefined,
		backendStart: undefined,
		xactStart: undefined,
		queryStart: undefined,
		stateChange: undefined,
		client: undefined,
		...facts,
	});
	return shown;
}

/** The same session where the server does not hand out texts. */
export const unread = ({query: _, ...session}: Backend): Backend => ({...session, isUnread: true});

/** The session that pgtop itself has in every picture that lists it. */
export const ownPid = 9999;

const server: ServerFacts = {
	version: '17.5',
	major: 17,
	recovery: 'PRIMARY',
	startedAt: noon - (12 * day + 4 * hour),
	maxConnections: 200,
	user: 'dba',
	database: 'shop',
	zone: {name: 'UTC', offsetSeconds: 0},
};

export type Circumstances = Partial<Omit<Snapshot, 'backends' | 'server' | 'missing'>> & {
	readonly server?: Partial<ServerFacts>;
	readonly missing?: readonly Omit<Missing, 'name'>[];
};

/** A picture of the server at noon. */
export const snapshot = (backends: readonly Backend[], facts: Circumstances = {}): Snapshot => ({
	at: noon,
	serverMs: 1,
	ownPid,
	...facts,
	missing: (facts.missing ?? []).map(one => ({...one, name: partTable[one.part].name})),
	server: {...server, ...facts.server},
	backends,
});

/** Those of a superuser. */
export const allRights: Rights = {
	isSuperuser: true,
	seesAll: true,
	signalsAll: true,
	signalsOwnerless: 'all',
	hasAutovacuumRole: true,
	owners: {},
	grantee: {name: '"dba"', inheritsBy: 'itself'},
	revoked: {},
	refused: [],
};

/** Those of a role that nothing was granted to: `api`, whose oid is 10, is another one. */
export const noRights: Rights = {
	isSuperuser: false,
	seesAll: false,
	signalsAll: false,
	signalsOwnerless: 'none',
	hasAutovacuumRole: true,
	owners: {10: 'other'},
	grantee: {name: '"plain"', inheritsBy: 'itself'},
	revoked: {},
	refused: [],
};

/** What a look shows of a session. */
export function seenOf(facts: Backend): Seen {
	const {pid, userId, backendStart, xactStart, queryStart, stateChange, state, wait, hash} = facts;
	return known({pid, userId, backendStart, xactStart, queryStart, stateChange, state, wait, hash});
}
