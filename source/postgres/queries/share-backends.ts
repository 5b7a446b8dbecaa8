import type {Part} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Hello} from '../hello.js';
import {partTable} from '../parts.js';
import {toBackend} from './backends.js';
import {type Names, remember} from './names.js';
import type {Cells} from './query.js';

export type Sharing = {
	/** For each row as it comes: gives the row of the picture before where that is the same. */
	keep(row: Cells): Cells;
	/** Makes sessions of all rows of a picture with these parts. */
	read(rows: readonly Cells[], wanted: readonly Part[]): readonly Backend[];
};

type Known = {readonly cells: Cells; readonly backend: Backend; picture: number};

/**
Where a row is the same as in the picture before, the session is the same object: most sessions change seldom, and reading a row costs more than comparing it.

The old cells are kept, and not the new ones: strings that die at once cost far less than strings that live until the next picture.
*/
export function shareBackends(told: Hello, names: Names): Sharing {
	/** By pid. */
	const known = new Map<unknown, Known>();
	let basis: string | undefined;
	let picture = 0;

	const readAnew = (row: Cells, wanted: readonly Part[]): Backend => {
		const backend = toBackend(row, told, names, wanted);
		known.set(row[0], {cells: row, backend, picture});
		return backend;
	};

	return {
		keep(row) {
			const cells = known.get(row[0])?.cells;
			return cells && isSame(cells, row) ? cells : row;
		},
		read(rows, wanted) {
			const present = basisOf(wanted);
			if (present === undefined || present !== basis) known.clear();
			basis = present;
			picture++;
			const old = rows.map(row => {
				const one = known.get(row[0]);
				if (one?.cells !== row) return undefined;
				one.picture = picture;
				return one.backend;
			});
			remember(
				names,
				rows.filter((_, index) => !old[index]),
				told.encoding,
			);
			const backends = rows.map((row, index) => old[index] ?? readAnew(row, wanted));
			if (known.size > rows.length)
				for (const [pid, one] of known) if (one.picture !== picture) known.delete(pid);
			return backends;
		},
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
