import type {Part, PartFacts} from '../domain/server/snapshot.js';
import {
	applicationColumns,
	type Columns,
	clientColumns,
	databaseColumns,
	databaseJoin,
	hashColumns,
	type PartColumns,
	roleColumns,
	textColumns,
} from './queries/parts/columns.js';
import {countersQuery} from './queries/parts/counters.js';
import {recoveryQuery, selfQuery, startQuery, zoneQuery} from './queries/parts/facts.js';
import {limitsQuery} from './queries/parts/limits.js';
import {locksQuery, relationsQuery} from './queries/parts/locks.js';
import {
	archiverQuery,
	receiverQuery,
	slotsQuery,
	standbysQuery,
	walQuery,
} from './queries/parts/replication.js';
import {nextXidQuery, preparedQuery, vacuumsQuery, wraparoundQuery} from './queries/parts/transactions.js';
import type {PartQuery} from './queries/query.js';

/** A part that is a statement of its own. */
type Stated = PartQuery & {
	/** Its own pace, in milliseconds; absent, it comes with each refresh. In between the picture has what was read last, so it is not for what rates are made of: two pictures would have the same counters. */
	readonly every?: number;
	/** Stays true as long as the connection lasts: where it is left out, the picture has what was read last. */
	readonly isLasting?: true;
};

/** A part that is columns of every row. A row is new in each picture, so they have no pace. */
type Listed = {
	readonly columns: PartColumns;
	/** What these columns are read from besides. */
	readonly join?: string;
	readonly every?: never;
	readonly isLasting?: never;
};

type PartRow = (Stated | Listed) & {
	/** What an alert calls it when it is left out. */
	readonly name: string;
	/** The oldest major that has it; absent, every one. Where only a line of a text differs, the text has the gate. */
	readonly since?: number;
};

export type PartTable = Readonly<Record<Part, PartRow>>;

const second = 1000;
const minute = 60 * second;

/** Every part of a refresh that can be left out. A role or a database then has the name that was read last, or its oid. */
export const partTable: PartTable = {
	recovery: {name: 'role of the server', ...recoveryQuery},
	start: {name: 'uptime', ...startQuery},
	zone: {name: "time zone of the server's log (UTC is shown)", ...zoneQuery},
	self: {name: 'our own role and database', isLasting: true, ...selfQuery},
	roles: {name: 'names of roles', columns: roleColumns},
	databases: {name: 'names of databases', columns: databaseColumns, join: databaseJoin},
	applications: {name: 'application names', columns: applicationColumns},
	clients: {name: 'addresses of clients', columns: clientColumns},
	texts: {name: 'texts of queries (c and k ask first)', columns: textColumns},
	hashes: {name: 'comparison of queries by their text', columns: hashColumns},
	counters: {name: 'tps and hit ratio', ...countersQuery},
	wal: {name: 'how much WAL is written', ...walQuery},
	nextXid: {name: 'ages of transaction ids', ...nextXidQuery},
	limits: {name: 'limits of the server', every: minute, ...limitsQuery},
	wraparound: {name: 'wraparound', every: minute, ...wraparoundQuery},
	slots: {name: 'replication slots', every: 10 * second, ...slotsQuery},
	standbys: {name: 'standbys', every: 5 * second, ...standbysQuery},
	receiver: {name: 'replay of this standby', every: 5 * second, ...receiverQuery},
	archiver: {name: 'archiving', every: 10 * second, ...archiverQuery},
	prepared: {name: 'prepared transactions', ...preparedQuery},
	locks: {name: 'locks: who waits for whom', ...locksQuery},
	relations: {name: 'names of locked tables', every: 5 * second, ...relationsQuery},
	vacuums: {name: 'running VACUUMs', every: 10 * second, ...vacuumsQuery},
};

export const parts = Object.keys(partTable) as readonly Part[];

/** The parts that a server of this major has. */
export const partsOf = (table: PartTable, major: number): readonly PartFacts[] =>
	parts
		.filter(part => major >= (table[part].since ?? 0))
		.map(part => {
			const {name, every} = table[part];
			return {part, name, ...(every !== undefined && {every})};
		});

/** The statements of these parts, in the order of the table. */
export const statedIn = (
	table: PartTable,
	wanted: readonly Part[],
): readonly (Stated & {readonly part: Part})[] =>
	parts.flatMap(part => {
		const row = table[part];
		return 'text' in row && wanted.includes(part) ? [{part, ...row}] : [];
	});

const listed = (wanted: readonly Part[]): readonly Listed[] =>
	wanted.map(part => partTable[part]).filter(row => 'columns' in row);

/** What these parts give to each row. */
export const givenColumns = (wanted: readonly Part[], ...told: Parameters<PartColumns>): Columns =>
	Object.assign({}, ...listed(wanted).map(({columns}) => columns(...told)));

/** What a statement with these columns reads besides the sessions. */
export const joinsOf = (wanted: readonly Part[]): string =>
	listed(wanted)
		.map(({join}) => (join === undefined ? '' : `\n\t  ${join}`))
		.join('');
