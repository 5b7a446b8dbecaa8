import type {Marks, Row} from '../../domain/list/row.js';
import {type Comparable, comparableAge} from '../../domain/list/sort.js';
import type {Style} from '../../domain/list/style.js';
import type {Backend} from '../../domain/session/backend.js';
import {queryAge, timeOf, xactAge} from '../../domain/session/time.js';
import {ageText, queryText, stateStyle, stateText, timeStyle, waitStyle, waitText} from './cells.js';

export type Column = {
	readonly id: string;
	readonly title: string;
	/** Cells; the last column takes what is left. */
	readonly width: number;
	/** The narrowest terminal that shows the column, in cells. */
	readonly from: number;
	readonly align: 'left' | 'right';
	/** What the cell shows: `?` where this role may not see the value or nobody can tell, `-` for a missing age. */
	text(row: Row<Backend>, marks: Marks): string;
	/** Used only where the row itself is not dimmed. */
	readonly style?: (row: Row<Backend>) => readonly Style[];
	/** What is compared; a column without it can't be sorted by. */
	readonly sortBy?: (row: Row<Backend>) => Comparable;
	/** The first order: longest first for ages, A first for names. */
	readonly isDescending?: true;
	readonly help: string;
};

const time = ({value: backend, at}: Row<Backend>) => timeOf(backend, at);
const xact = ({value: backend, at}: Row<Backend>) => xactAge(backend, at);
const query = ({value: backend, at}: Row<Backend>) => queryAge(backend, at);

/** The columns of the list, in their order on the screen. Those that change with every picture stand side by side. */
export const columns: readonly Column[] = [
	{
		id: 'pid',
		title: 'PID',
		width: 9,
		from: 0,
		align: 'right',
		text: ({value: backend}) => String(backend.pid),
		sortBy: ({value: backend}) => backend.pid,
		help: 'process ID of the backend',
	},
	{
		id: 'user',
		title: 'USER',
		width: 8,
		from: 69,
		align: 'left',
		text: ({value: backend}) => backend.user ?? '',
		sortBy: ({value: backend}) => backend.user,
		help: 'role of the session',
	},
	{
		id: 'database',
		title: 'DB',
		width: 8,
		from: 78,
		align: 'left',
		text: ({value: backend}) => backend.database ?? '',
		sortBy: ({value: backend}) => backend.database,
		help: 'database of the session',
	},
	{
		id: 'application',
		title: 'APP',
		width: 15,
		from: 112,
		align: 'left',
		text: ({value: backend}) => backend.application ?? '',
		sortBy: ({value: backend}) => backend.application || undefined,
		help: 'application_name',
	},
	{
		id: 'client',
		title: 'CLIENT',
		width: 15,
		from: 128,
		align: 'left',
		text: ({value: backend}) => (backend.isVisible ? (backend.client ?? '') : '?'),
		sortBy: ({value: backend}) => backend.client,
		help: 'address of the client, or local',
	},
	{
		id: 'state',
		title: 'STATE',
		width: 8,
		from: 46,
		align: 'left',
		text: stateText,
		style: stateStyle,
		sortBy: ({value: backend}) => backend.state,
		help: 'idle-tx: idle in transaction; aborted: the same after an error',
	},
	{
		id: 'wait',
		title: 'WAIT',
		width: 13,
		from: 60,
		align: 'left',
		text: waitText,
		style: waitStyle,
		sortBy: row => (row.value.isVisible ? waitText(row, {}) || undefined : undefined),
		help: 'what it waits for, as type:event',
	},
	{
		id: 'time',
		title: 'TIME',
		width: 6,
		from: 0,
		align: 'right',
		text: row => ageText(row, time(row)),
		style: timeStyle,
		sortBy: row => comparableAge(time(row)),
		isDescending: true,
		help: 'how long it has been at it: the older of query and transaction',
	},
	{
		id: 'xact',
		title: 'XACT',
		width: 6,
		from: 96,
		align: 'right',
		text: row => ageText(row, xact(row)),
		sortBy: row => comparableAge(xact(row)),
		isDescending: true,
		help: 'age of the transaction',
	},
	{
		id: 'query-age',
		title: 'QAGE',
		width: 6,
		from: 96,
		align: 'right',
		text: row => ageText(row, query(row)),
		sortBy: row => comparableAge(query(row)),
		isDescending: true,
		help: 'age of the query, while it runs; a fastpath call is none',
	},
	{
		id: 'query',
		title: 'QUERY',
		width: 20,
		from: 0,
		align: 'left',
		text: ({value: backend}) => queryText(backend),
		help: 'what it runs; last: and fastpath, after: what it ran before',
	},
];

export const sortableColumns = columns.filter(({sortBy}) => sortBy !== undefined);
