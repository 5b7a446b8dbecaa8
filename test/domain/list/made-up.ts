import {type Comparable, untold} from '../../../source/domain/list/comparable.js';
import type {Row} from '../../../source/domain/list/row.js';
import type {View} from '../../../source/domain/list/view.js';
import type {Micros} from '../../../source/domain/micros.js';
import type {RowId} from '../../../source/domain/row-id.js';
import type {Snapshot} from '../../../source/domain/server/snapshot.js';
import {noon, second, snapshot} from '../../helpers/state/backend.js';

/** What no session is: a list of tables, to see that lists do not ask what they list. */
export type Table = {
	readonly id: RowId;
	/** Stays the same when the table is renamed. */
	readonly oid: number;
	readonly name: string;
	/** Bytes; absent where it has no storage. */
	readonly size?: number;
	/** This role may not ask for its size. */
	readonly isDenied?: true;
	readonly vacuumedAt?: Micros;
	/** Name of the table that it is a partition of. */
	readonly partOf?: string;
	readonly isSystem?: true;
	readonly comment?: string;
};

export const table = (name: string, facts: Partial<Table> = {}): Table => ({
	oid: 1,
	...facts,
	id: `table ${name}` as RowId,
	name,
});

/** A picture that has tables, too. */
type Picture = Snapshot & {readonly tables: readonly Table[]};

export const pictureOf = (of: readonly Table[], at = noon): Picture => ({...snapshot([], {at}), tables: of});

export const rowsOf = (of: readonly Table[]): readonly Row<Table>[] =>
	of.map(value => ({value, at: noon, isGone: false}));

const sizeOf = ({value: {size, isDenied}}: Row<Table>): Comparable => (isDenied ? untold : size);

export const tables: View<Table, {readonly showsSystem: boolean}> = {
	rows: ({tables: all}: Picture) => all,
	columns: [
		{
			id: 'name',
			title: 'TABLE',
			help: 'name of the table',
			width: 8,
			priority: 0,
			align: 'left',
			value: ({value: {name}}) => name,
		},
		{
			id: 'kind',
			title: 'KIND',
			help: 'whose it is',
			width: 6,
			priority: 2,
			align: 'left',
			value: ({value: {isSystem}}) => (isSystem ? 'system' : undefined),
			hasWord: true,
		},
		{
			id: 'size',
			title: 'SIZE',
			help: 'what it takes on disk',
			width: 6,
			priority: 1,
			align: 'right',
			value: sizeOf,
			style: row => (Number(row.value.size) > 1000 ? ['hurts'] : []),
			isDescending: true,
		},
		{
			id: 'vacuumed',
			title: 'VACUUMED',
			help: 'seconds since it was vacuumed',
			width: 9,
			priority: 2,
			align: 'right',
			value: ({value: {vacuumedAt}, at}) => (vacuumedAt === undefined ? undefined : at - vacuumedAt),
			text: ({value: {vacuumedAt}, at}) =>
				vacuumedAt === undefined ? 'never' : `${(at - vacuumedAt) / second}s`,
			isDescending: true,
		},
		{
			id: 'comment',
			title: 'COMMENT',
			help: 'what is said of it',
			width: 10,
			priority: 0,
			align: 'left',
			value: ({value: {comment}}) => comment,
			isUnsortable: true,
		},
	],
	sortedBy: 'size',
	passes: ({isSystem}, {showsSystem}) => showsSystem || !isSystem,
	group: ({isSystem}) => (isSystem ? 1 : 0),
	nesting: {name: ({name}) => name, under: ({partOf}) => partOf},
	ties: [{value: ({value: {oid}}) => oid, isDescending: true}, {value: ({value: {name}}) => name}],
	again: ({oid}, next) => next.find(one => one.oid === oid),
};

/** The order of a column of theirs. */
export function by(id: string, isReversed = false) {
	const column = tables.columns.find(one => one.id === id);
	if (!column) throw new Error(`tables have no ${id}`);
	return {value: column.value, isDescending: (column.isDescending ?? false) !== isReversed};
}
