import {toneWords} from '../../domain/list/style.js';
import type {State} from '../../state/state.js';
import {keyRows} from '../keymap.js';
import type {Field, Page} from './page.js';
import {groupedFrom, wrappedFields} from './wrapped-fields.js';

const ratesSince =
	'rates are of 5 s at least, and from PostgreSQL 15 on sessions that touch no table report their commits late';

/** What stands on the screen and says nothing by itself. */
const signs: readonly Field[] = [
	{name: '~', value: 'something is cut here; Enter shows all that the server has'},
	{name: '-', value: 'there is no such age or rate; before a pid: this role may not signal it'},
	{name: '?', value: 'this role may not see it, or nobody can tell'},
	{name: '>=', value: 'at least so much: some sessions do not tell, or pictures alone tell how long it ran'},
	{name: '*', value: 'before a pid: tagged; c and k are for all that are'},
	{name: '#', value: 'others wait for it; blocks 5: five do, directly or behind others'},
	{name: 'lock <', value: 'waits for a lock of that pid; queue <: behind it, which waits, too'},
	{name: 'frees', value: 'how many go on at once if it ends, the others behind them; 1-4: one for certain'},
	{name: 'cpu', value: 'it computes, or waits for something that has no name'},
	{name: 'dim', value: 'idle, a label or a unit; a dim row has a word that says why'},
];

/** The labels of the header. */
const figures: readonly Field[] = [
	{name: 'conn', value: 'client sessions, of max_connections'},
	{name: 'tps', value: `transactions a second, and how they went; ${ratesSince}`},
	{name: 'hit', value: 'share of blocks found in shared buffers'},
	{name: 'wal', value: 'WAL written a second'},
	{
		name: 'wrap',
		value: 'transaction ids used of those before the server takes no more, in the worst database',
	},
	{name: 'lag', value: 'the standby that is furthest behind'},
	{name: 'rollbacks', value: 'a second'},
	{name: 'temp', value: 'bytes of temporary files a second'},
	{name: 'deadlocks', value: 'a second'},
	{name: 'conflicts', value: 'queries that a standby had to end a second'},
	{name: 'active', value: 'client sessions that run something'},
	{name: 'lockwait', value: 'those of them that wait for a lock'},
	{name: 'idle-tx', value: 'client sessions that are idle in transaction; idle: those that do nothing'},
	{name: 'tx', value: 'longest tx: age of the oldest transaction, and whose'},
	{name: 'horizon', value: 'for how many transactions VACUUM keeps dead rows, and for whom'},
	{name: 'autovac', value: 'autovacuum workers that run, of autovacuum_max_workers'},
];

/** What a view tells of itself. */
type Told = {
	readonly columns: readonly {readonly title: string; readonly help: string}[];
	/** What its filter can ask for. */
	readonly filter: readonly Field[];
};

/** Every key, and what it does; every word of the filter, column, colour and sign, and what it says. */
export function helpPage({settings}: State, width: number, {columns, filter}: Told): Page {
	const groups: readonly (readonly [group: string, fields: readonly Field[]])[] = [
		['keys', keyRows.map(({key, does}) => ({name: key, value: does}))],
		['filter', filter],
		['header', figures],
		['columns', columns.map(({title, help}) => ({name: title, value: help}))],
		['colours', Object.values(toneWords).map(({colour, says}) => ({name: colour, value: says}))],
		['signs', signs],
	];
	// The name of a group has a line of its own there.
	const isNarrow = width < groupedFrom;
	const fields = groups.flatMap(([group, [first, ...others]]) => {
		if (!first) return [];
		return isNarrow
			? [{name: group.toUpperCase(), value: ''}, first, ...others]
			: [{...first, group}, ...others];
	});
	return {
		title: `pgtop ${settings.version}  c cancels a query, k ends a session, both through SQL`,
		fields: wrappedFields(fields, width),
		lines: [],
	};
}
