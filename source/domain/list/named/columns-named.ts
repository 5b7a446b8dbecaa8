import {quoteShort} from '../../configuration/quote-toml.js';
import {type Some, someOf} from '../../some.js';
import {columnNamed, type NamedColumn} from './column-named.js';
import {noColumn} from './no-column.js';

/** The ids of the columns that a person has named, or why that can't be, in words that follow who says it. */
export function columnsNamed(
	names: readonly string[],
	columns: readonly NamedColumn[],
): {readonly type: 'columns'; readonly ids: Some<string>} | {readonly type: 'wrong'; readonly why: string} {
	const ids = new Set<string>();
	for (const name of names) {
		const column = columnNamed(name, columns);
		if (!column) return {type: 'wrong', why: noColumn(name.trim(), columns)};
		if (ids.has(column.id)) return {type: 'wrong', why: `${quoteShort(name.trim())} is named twice`};
		ids.add(column.id);
	}

	const some = someOf([...ids]);
	return some ? {type: 'columns', ids: some} : {type: 'wrong', why: 'no column is named'};
}
