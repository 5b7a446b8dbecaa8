import type {Column} from '../../domain/list/column.js';
import type {Row} from '../../domain/list/row.js';
import type {Micros} from '../../domain/micros.js';
import type {Backend} from '../../domain/session/backend.js';
import {type Age, queryAge, timeOf, xactAge} from '../../domain/session/time.js';
import {queryText} from '../../domain/session/words/query-text.js';
import {
	ageText,
	ageValue,
	queryValue,
	seenValue,
	stateStyle,
	stateText,
	timeStyle,
	waitStyle,
	waitText,
	waitValue,
} from './cells.js';

/** What all ages have in common. A missing one is `-`. */
function ages(ageOf: (backend: Backend, at: Micros) => Age) {
	const value = ({value: backend, at}: Row<Backend>) => ageValue(backend, ageOf(backend, at));
	return {
		width: 6,
		align: 'right',
		value,
		text: (row: Row<Backend>) => ageText(value(row)),
		isDescending: true,
	} as const;
}

/** The columns of the sessions, in their order on the screen. Those that change with every picture stand side by side. A cell shows `?` where this role may not see the value or nobody can tell. */
export const columns: readonly Column<Backend>[] = [
	{
		id: 'pid',
		title: 'PID',
		width: 7,
		priority: 0,
		align: 'right',
		value: ({value: {pid}}) => pid,
		help: 'process ID of the backend',
	},
	{
		id: 'user',
		title: 'USER',
		width: 8,
		priority: 3,
		align: 'left',
		value: ({value: backend}) => seenValue(backend, backend.user),
		// Of a session that may not be seen it is shown where it is known.
		text: ({value: {user}}) => user ?? '',
		help: 'role of the session',
	},
	{
		id: 'database',
		title: 'DB',
		width: 8,
		priority: 4,
		align: 'left',
		value: ({value: backend}) => seenValue(backend, backend.database),
		text: ({value: {database}}) => database ?? '',
		help: 'database of the session',
	},
	{
		id: 'application',
		title: 'APP',
		width: 15,
		priority: 6,
		leaves: 24,
		align: 'left',
		value: ({value: backend}) => seenValue(backend, backend.application || undefined),
		text: ({value: {application}}) => application ?? '',
		help: 'application_name',
	},
	{
		id: 'client',
		title: 'CLIENT',
		width: 15,
		priority: 7,
		leaves: 24,
		align: 'left',
		value: ({value: backend}) => seenValue(backend, backend.client),
		text: ({value: {isVisible, client}}) => (isVisible ? (client ?? '') : '?'),
		help: 'address of the client, or local',
	},
	{
		id: 'state',
		title: 'STATE',
		width: 8,
		priority: 1,
		align: 'left',
		value: ({value: backend}) => seenValue(backend, backend.state),
		text: stateText,
		style: stateStyle,
		hasWord: true,
		help: 'idle-tx: idle in transaction; aborted: the same after an error',
	},
	{
		id: 'wait',
		title: 'WAIT',
		width: 13,
		priority: 2,
		align: 'left',
		value: waitValue,
		text: waitText,
		style: waitStyle,
		help: 'what it waits for, as type:event',
	},
	{
		id: 'time',
		title: 'TIME',
		priority: 0,
		...ages(timeOf),
		style: timeStyle,
		help: 'how long it has been at it: the older of query and transaction',
	},
	{
		id: 'xact',
		title: 'XACT',
		priority: 5,
		leaves: 24,
		...ages(xactAge),
		help: 'age of the transaction',
	},
	{
		id: 'query-age',
		title: 'QAGE',
		priority: 5,
		leaves: 24,
		...ages(queryAge),
		help: 'age of the query, while it runs; a fastpath call is none',
	},
	{
		id: 'query',
		title: 'QUERY',
		width: 20,
		priority: 0,
		align: 'left',
		value: queryValue,
		text: ({value: backend}) => queryText(backend),
		isUnsortable: true,
		help: 'what it runs; last: and fastpath, after: what it ran before',
	},
];
