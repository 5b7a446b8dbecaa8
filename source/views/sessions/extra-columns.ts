import type {Column} from '../../domain/list/column.js';
import type {Row} from '../../domain/list/row.js';
import type {Backend} from '../../domain/session/backend.js';
import {queryAge, stateAge} from '../../domain/session/time.js';
import {dataSize, percent} from '../../domain/text/format.js';
import {ages} from './ages.js';
import {ageText, seenValue, xidText, xidValue} from './cells.js';

// Columns for very wide terminals. Where there is no room for all, the lower priorities come first.

type Columns = readonly Column<Backend>[];

export const identities: Columns = [
	{
		id: 'type',
		title: 'TYPE',
		width: 15,
		priority: 13,
		isExtra: true,
		align: 'left',
		value: ({value: backend}) => seenValue(backend, backend.type),
		help: 'backend_type: what kind of process it is',
	},
	{
		id: 'leader',
		title: 'LEADER',
		width: 7,
		priority: 14,
		isExtra: true,
		align: 'right',
		value: ({value: backend}) => seenValue(backend, backend.leaderPid),
		help: 'of a parallel worker: its leader (13 and later)',
	},
];

export const clocks: Columns = [
	{
		id: 'query-age',
		title: 'QAGE',
		priority: 15,
		isExtra: true,
		...ages(queryAge),
		help: 'age of the query, while it runs; a fastpath call is none',
	},
	{
		id: 'state-age',
		title: 'SAGE',
		priority: 16,
		isExtra: true,
		...ages(stateAge),
		help: 'age of the state',
	},
];

export const uses: Columns = [
	{
		id: 'cpu',
		title: 'CPU',
		width: 5,
		priority: 8,
		isExtra: true,
		isOfMachine: true,
		align: 'right',
		value: () => undefined,
		text: (_, {use}) => (use?.cpu === undefined ? '' : percent(use.cpu, 0)),
		isUnsortable: true,
		help: 'share of one CPU that its process uses; only where the server is this machine',
	},
	{
		id: 'memory',
		title: 'MEM',
		width: 5,
		priority: 9,
		isExtra: true,
		isOfMachine: true,
		align: 'right',
		value: () => undefined,
		text: (_, {use}) => (use?.memory === undefined ? '' : dataSize(use.memory)),
		isUnsortable: true,
		help: 'memory that its process has for itself; only where the server is this machine',
	},
];

export const transactions: Columns = [
	{
		id: 'xid',
		title: 'XID',
		width: 6,
		priority: 11,
		isExtra: true,
		align: 'right',
		value: ({value: {xid}, nextXid}) => xidValue(xid, nextXid),
		text: ({value: {xid}, nextXid}) => xidText(xidValue(xid, nextXid)),
		isDescending: true,
		help: 'how old its transaction is, in transactions',
	},
	{
		id: 'xmin',
		title: 'XMIN',
		width: 6,
		priority: 10,
		isExtra: true,
		align: 'right',
		value: ({value: {xmin}, nextXid}) => xidValue(xmin, nextXid),
		text: ({value: {xmin}, nextXid}) => xidText(xidValue(xmin, nextXid)),
		isDescending: true,
		help: 'how old its snapshot is, in transactions',
	},
	{
		id: 'query-id',
		title: 'QUERY ID',
		width: 20,
		priority: 12,
		isExtra: true,
		align: 'right',
		value: ({value: backend}) => seenValue(backend, backend.queryId),
		help: 'query_id (14+): one for queries that differ in constants',
	},
];

export const locks: Columns = [
	{
		id: 'blocks',
		title: 'BLOCKS',
		width: 7,
		priority: 17,
		isExtra: true,
		align: 'right',
		value: ({lock}) => (lock?.isBlocker ? lock.blocks : undefined),
		isDescending: true,
		help: 'how many wait for it, directly or behind others',
	},
	{
		id: 'blocker',
		title: 'BLOCKER',
		width: 8,
		priority: 18,
		isExtra: true,
		align: 'right',
		value: ({lock}) => lock?.under?.pid,
		text: ({lock}) =>
			lock?.under === undefined ? '' : lock.under.pid === 0 ? 'prepared' : String(lock.under.pid),
		help: 'whom it waits for: the oldest holder, or who is before it',
	},
	{
		id: 'lock-age',
		title: 'LAGE',
		width: 6,
		priority: 19,
		isExtra: true,
		align: 'right',
		value: lockAge,
		text: row => ageText(lockAge(row)),
		isDescending: true,
		help: 'how long it waits for its lock; before 14 no longer than this',
	},
];

function lockAge({lock, at}: Row<Backend>) {
	const {since} = lock?.wait ?? {};
	return since === undefined ? undefined : Math.max(0, at - since);
}
