import type {Part} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Hello} from '../hello.js';
import {partTable} from '../parts.js';
import {toBackend} from './backends.js';
import {type Names, remember} from './names.js';
import type {Cells} from './query.js';

/** Makes sessions of the rows of a picture with these parts. */
export type ReadBackends = (rows: readonly Cells[], wanted: readonly Part[]) => readonly Backend[];

type Known = {readonly cells: Cells; readonly backend: Backend};

/**
Reads the rows of one picture after the other. Where a row is the same as in the picture before, the session is the same object: most sessions change seldom, and reading a row costs more than comparing it.

Of a row that is the same the old cells are kept, not the new ones: a string that lives for only one picture costs far less memory and time than one that lives for two.
*/
export function shareBackends(told: Hello, names: Names): ReadBackends {
	let known: ReadonlyMap<unknown, Known> = new Map();
	let basis: string | undefined;
	return (rows, wanted) => {
		const present = basisOf(wanted);
		const before = present !== undefined && present === basis ? known : undefined;
		const found = rows.map(row => {
			const one = before?.get(row[0]);
			return one && isSame(one.cells, row) ? one : undefined;
		});
		remember(
			names,
			rows.filter((_, index) => !found[index]),
			told.encoding,
		);
		const all = rows.map(
			(cells, index) => found[index] ?? {cells, backend: toBackend(cells, told, names, wanted)},
		);
		const next = new Map<unknown, Known>();
		for (const one of all) next.set(one.cells[0], one);
		known = next;
		basis = present;
		return all.map(({backend}) => backend);
	};
}

/** What a session depends on besides its row: which columns were asked for. Undefined where a name does not stand in the row, and is one that was read at any time before. */
function basisOf(wanted: readonly Part[]): string | undefined {
	const columns = wanted.filter(part => 'columns' in partTable[part]);
	return columns.includes('roles') && columns.includes('databases') ? columns.join(' ') : undefined;
}

function isSame(one: Cells, other: Cells): boolean {
	for (let index = 0; index < other.length; index++) if (one[index] !== other[index]) return false;
	return one.length === other.length;
}
