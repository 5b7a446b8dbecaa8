import type {Part} from '../../domain/server/snapshot.js';
import type {Backend} from '../../domain/session/backend.js';
import type {Hello} from '../hello.js';
import {partTable} from '../parts.js';
import {toBackend} from './backends.js';
import {type Names, remember} from './names.js';
import type {Cells} from './query.js';

export type Sharing = {
	/** Begins a picture. Gives what is to be called with each row as it comes, and says which row to keep: that of the picture before, where it is the same. */
	begin(): (row: Cells) => Cells;
	/** Makes sessions of all rows of the picture, which has these parts. */
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
	/** Those of the picture before that were found in this one, in the order of their rows: to look for them a second time costs more. */
	let kept: Known[] = [];
	let basis: string | undefined;
	let picture = 0;

	const readAnew = (row: Cells, wanted: readonly Part[]): Backend => {
		const backend = toBackend(row, told, names, wanted);
		known.set(row[0], {cells: row, backend, picture});
		return backend;
	};

	return {
		begin() {
			kept = [];
			return row => {
				const one = known.get(row[0]);
				if (!one || !isSame(one.cells, row)) return row;
				kept.push(one);
				return one.cells;
			};
		},
		read(rows, wanted) {
			const present = basisOf(wanted);
			const isShared = present !== undefined && present === basis;
			if (!isShared) known.clear();
			basis = present;
			picture++;
			let found = 0;
			const old = rows.map(row => {
				const one = isShared ? kept[found] : undefined;
				if (one?.cells !== row) return undefined;
				found++;
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
