import fc from 'fast-check';
import {lockModes} from '../../source/domain/locks/graph/lock-modes.js';
import type {LockRow, Locks} from '../../source/domain/locks/lock-row.js';
import type {ServerFacts, Snapshot} from '../../source/domain/server/snapshot.js';
import {type Backend, type Kind, rowId} from '../../source/domain/session/backend.js';
import {kindOf} from '../../source/domain/session/kind.js';
import {knownStates} from '../../source/domain/session/states.js';
import {noon, ownPid} from '../helpers/state/backend.js';
import {newestParts} from '../helpers/state/play.js';
import {text} from './texts.js';

/** Each field of a type, so that a new one has to be thought of here. */
type Fields<Value> = {readonly [Name in keyof Value]-?: fc.Arbitrary<NonNullable<Value[Name]>>};

/** Any of them may be missing, but for these. */
const someOf = <Value extends object>(fields: Fields<Value>, ...required: readonly (keyof Value)[]) =>
	fc.record(fields, {requiredKeys: required as never[]}) as unknown as fc.Arbitrary<Value>;

/** Around noon, in the future, at the beginning of time, before that, and the furthest that can be read. */
export const micros = fc.oneof(
	{weight: 8, arbitrary: fc.integer({min: -90_000, max: 60}).map(seconds => noon + seconds * 1e6)},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			0,
			-1,
			noon + 400 * 86_400e6,
			Number.MIN_SAFE_INTEGER,
			Number.MAX_SAFE_INTEGER,
		),
	},
);
const count = fc.oneof(fc.nat(9), fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER));
const pid = fc.oneof(fc.integer({min: 1, max: 30}), fc.constantFrom(4_194_304, 2 ** 31 - 1));

const types = [
	...['client backend', 'walsender', 'parallel worker', 'autovacuum worker', 'autovacuum launcher'],
	...['logical replication launcher', 'logical replication worker', 'background worker', 'checkpointer'],
	...['io worker', 'startup', 'walreceiver', 'pg_cron', 'a type of tomorrow'],
];
const type = fc.oneof(
	{weight: 12, arbitrary: fc.constant('client backend')},
	{weight: 6, arbitrary: fc.constantFrom(...types)},
	{weight: 1, arbitrary: text},
);

const wait = fc.oneof(
	fc.constantFrom(
		{type: 'Lock', name: 'transactionid'},
		{type: 'Client', name: 'ClientRead'},
		{type: 'IPC', name: 'SyncRep'},
		{type: 'IO', name: 'DataFileRead'},
		{type: 'LWLock', name: 'WALInsert'},
	),
	fc.record({type: text, name: text}),
);

const statement = fc.oneof(
	{weight: 3, arbitrary: text},
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			...['COMMIT', 'select 1', 'CREATE INDEX CONCURRENTLY i ON t (a)', "COMMIT PREPARED 'a'", 'VACUUM t'],
			...["ALTER ROLE a PASSWORD 'x'", 'BASE_BACKUP', '<insufficient privilege>', '', '/* long */'],
		),
	},
);

type Cut = NonNullable<NonNullable<Backend['query']>['cut']>;
const query = someOf<NonNullable<Backend['query']>>(
	{
		text: statement,
		bytes: count,
		isPart: fc.constant(true),
		cut: someOf<Cut>({isSure: fc.boolean(), size: fc.constantFrom('1kB', '1MB')}, 'isSure', 'size'),
		isBehindComment: fc.constant(true),
	},
	'text',
	'bytes',
);

const kinds: fc.Arbitrary<Kind> = type.map(one => kindOf(one, true));

/** `id` and `kind` are worked out of the others. */
const fields: Fields<Omit<Backend, 'id' | 'prepared' | 'queue'>> = {
	pid,
	kind: kinds,
	type,
	isVisible: fc.boolean(),
	state: fc.oneof({weight: 9, arbitrary: fc.constantFrom(...knownStates)}, {weight: 1, arbitrary: text}),
	wait,
	leaderPid: pid,
	backendStart: micros,
	xactStart: micros,
	queryStart: micros,
	stateChange: micros,
	userId: fc.constantFrom(0, 10, 11, 12, 4_294_967_295),
	user: text,
	database: text,
	application: text,
	client: fc.oneof(fc.constantFrom('10.0.0.7', 'local', 'fe80::1%eth0'), text),
	query,
	isUnread: fc.constant(true),
	hash: fc.constantFrom('7', '-9223372036854775808'),
	queryId: fc.constantFrom('1', '-5'),
	xid: count,
	xmin: count,
};

/** Any row of pg_stat_activity, as far as the type of it goes. */
export const anyBackend: fc.Arbitrary<Backend> = someOf(fields, 'pid', 'kind', 'isVisible').map(
	(facts): Backend => ({
		...facts,
		kind: kindOf(facts.type, facts.user !== undefined && facts.database !== undefined),
		id: rowId(facts.pid, facts.backendStart, facts.userId),
	}),
);

/** The same session at something else, or another one with its pid. */
const later = (one: Backend, other: Backend, isSame: boolean): Backend => {
	const {pid: _, backendStart: __, userId: ___, id: ____, ...rest} = other;
	const {backendStart, userId} = isSame ? one : other;
	return {
		...rest,
		pid: one.pid,
		...(backendStart !== undefined && {backendStart}),
		...(userId !== undefined && {userId}),
		id: rowId(one.pid, backendStart, userId),
	};
};

/** What becomes of a session: it goes on, and its pid is another one's. */
const anyLife = fc
	.tuple(anyBackend, anyBackend, anyBackend)
	.map(([one, next, other]) => [one, later(one, next, true), later(one, other, false)] as const);

const serverFacts: Fields<ServerFacts> = {
	version: fc.constantFrom('10.23', '17.5', '18beta1', ''),
	major: fc.constantFrom(10, 12, 14, 17, 18, 99),
	recovery: fc.constantFrom('PRIMARY', 'STANDBY', 'PAUSED'),
	startedAt: fc.constantFrom(0, noon - 1e9, noon + 1e9),
	maxConnections: fc.constantFrom(0, 1, 100, 262_143),
	user: text,
	database: text,
	zone: fc.record({name: text, offsetSeconds: fc.constantFrom(0, -43_200, 50_400, 19_800)}),
};

const lockRow = someOf<LockRow>(
	{
		key: fc.constantFrom('a', 'b', 'c', 'd'),
		type: fc.oneof(fc.constantFrom('relation', 'tuple', 'transactionid', 'advisory', 'spectoken'), text),
		databaseId: fc.nat(3),
		relationId: fc.nat(3),
		xid: count,
		mode: fc.oneof({weight: 9, arbitrary: fc.constantFrom(...lockModes)}, {weight: 1, arbitrary: text}),
		isGranted: fc.boolean(),
		pids: fc.array(pid, {maxLength: 5}),
		count: fc.nat(6),
		since: fc.array(fc.option(micros, {nil: undefined}), {maxLength: 5}),
		prepared: fc.array(fc.constantFrom('3/7', '4/1'), {maxLength: 2}),
	},
	...(['key', 'type', 'mode', 'isGranted', 'pids', 'count'] as const),
);

export const anyLocks: fc.Arbitrary<Locks> = someOf<Locks>(
	{
		rows: fc.array(lockRow, {maxLength: 6}),
		serverMs: fc.constantFrom(0, 0.5, 900),
		isCut: fc.constant(true),
	},
	...(['rows', 'serverMs'] as const),
);

const few = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, {maxLength: 3});

const pictureFields: Fields<Omit<Snapshot, 'backends'>> = {
	at: micros,
	serverMs: fc.constantFrom(0, 1, 40, 3000, 1e9),
	ownPid: fc.constantFrom(ownPid, 1, 7),
	server: someOf(serverFacts, 'version', 'major', 'maxConnections'),
	counters: fc.record(
		{
			commits: count,
			rollbacks: count,
			blocksHit: count,
			blocksRead: count,
			tempBytes: count,
			deadlocks: count,
			conflicts: count,
			resetAt: micros,
			readAt: micros,
			isOff: fc.constant(true as const),
		},
		{requiredKeys: ['commits', 'rollbacks', 'blocksHit', 'blocksRead']},
	),
	walBytes: count,
	nextXid: count,
	limits: fc.record(
		{
			reservedConnections: fc.nat(20),
			autovacuumWorkers: fc.nat(3),
			freezeMaxAge: count,
			multixactFreezeMaxAge: count,
			failsafeAge: count,
			multixactFailsafeAge: count,
			slotKeepBytes: count,
			synchronousStandbys: text,
		},
		{requiredKeys: ['reservedConnections', 'autovacuumWorkers', 'freezeMaxAge', 'multixactFreezeMaxAge']},
	),
	wraparound: few(fc.record({database: text, xidAge: count, multixactAge: count})),
	slots: few(
		fc.record(
			{
				name: text,
				isActive: fc.boolean(),
				retainedBytes: count,
				walStatus: fc.oneof(fc.constantFrom('reserved', 'extended', 'unreserved', 'lost'), text),
				xmin: count,
			},
			{requiredKeys: ['name', 'isActive']},
		),
	),
	standbys: few(
		fc.record(
			{pid, name: text, client: text, state: text, lagBytes: count, replayLag: count},
			{requiredKeys: ['pid', 'name']},
		),
	),
	receiver: fc.record(
		{isReceiving: fc.boolean(), replayedAt: micros, isCaughtUp: fc.boolean()},
		{requiredKeys: ['isReceiving']},
	),
	archiver: fc.record(
		{
			mode: fc.constantFrom('off', 'on', 'always'),
			archivedAt: micros,
			failedAt: micros,
			failedWal: text,
			failures: count,
		},
		{requiredKeys: ['mode', 'failures']},
	),
	prepared: few(
		fc.record(
			{
				gid: text,
				isCleaned: fc.constant(true as const),
				owner: text,
				database: text,
				preparedAt: micros,
				xid: count,
			},
			{requiredKeys: ['gid', 'owner', 'database', 'preparedAt', 'xid']},
		),
	),
	locks: anyLocks,
	relations: few(fc.record({id: fc.nat(3), name: text})),
	vacuums: few(pid),
	missing: few(
		fc.record({
			part: fc.constantFrom(...newestParts.map(({part}) => part)),
			name: fc.constantFrom('locks', 'the rest'),
			why: text,
			isForNow: fc.boolean(),
		}),
	),
};

const anyRest = someOf(pictureFields, 'at', 'serverMs', 'ownPid', 'server', 'missing');

/** How many different ones there are in a run: made once, because to make them takes longer than to look at them. */
const [lifeCount, restCount] = [160, 120];

/** The sessions and circumstances that pictures are put together from; another seed, others. */
export function worldOf(seed: number) {
	const lives = fc.sample(anyLife, {numRuns: lifeCount, seed});
	const rests = fc.sample(anyRest, {numRuns: restCount, seed});
	const locks = fc.sample(anyLocks, {numRuns: restCount, seed});
	return {lives, rests, locks};
}

export type World = ReturnType<typeof worldOf>;

/** What a picture shows: from which session on, how many, and what becomes of each. */
export type Shown = {
	readonly from: number;
	readonly size: number;
	readonly turn: number;
	readonly rest: number;
	/** Whether the clock goes with ours, or is any. */
	readonly isUsual: boolean;
};

/** One for any number. */
export const shownBy = (number: number): Shown => ({
	from: number % 5,
	size: number % 17 === 16 ? number % 61 : number % 9,
	turn: number % 23,
	rest: number % restCount,
	isUsual: number % 2 === 1,
});

/** The picture at this moment, in milliseconds. */
export function pictureOfWorld(
	{lives, rests}: World,
	{from, size, turn, rest, isUsual}: Shown,
	now: number,
): Snapshot {
	const all = Array.from({length: size}, (_, index) => {
		const life = lives[(from * 8 + index) % lifeCount];
		return life?.[(turn + index) % 7 === 0 ? 2 : (turn + index) % 3 === 0 ? 1 : 0];
	}).filter(one => one !== undefined);
	const circumstances = rests[rest % restCount];
	if (!circumstances) throw new Error('there are no circumstances');
	return {
		...circumstances,
		...(isUsual && {at: noon + now * 1000}),
		// Two rows with one identity are one row: the server has none such.
		backends: [...new Map(all.map(one => [one.id, one])).values()],
	};
}
