import type {Sort} from '../../configuration/rules.js';
import {columnNamed, type NamedColumn} from './column-named.js';
import {noColumn} from './no-column.js';

/** What `time` and `-time`, which is reversed, sort by; or why nobody can, in words that follow who says it. */
export function sortNamed(
	text: string,
	columns: readonly NamedColumn[],
): {readonly type: 'sort'; readonly sort: Sort} | {readonly type: 'wrong'; readonly why: string} {
	const isReversed = text.trim().startsWith('-');
	const name = text.trim().slice(isReversed ? 1 : 0);
	const column = columnNamed(name, columns);
	if (!column) return {type: 'wrong', why: noColumn(name, columns)};
	if (column.isUnsortable) return {type: 'wrong', why: `nothing is sorted by ${column.title}`};
	return {type: 'sort', sort: {column: column.id, isReversed}};
}
