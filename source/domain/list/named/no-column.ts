import {nearest} from '../../configuration/nearest.js';
import {quoteShort} from '../../configuration/quote-toml.js';
import {columnName, type NamedColumn} from './column-named.js';

/** Says that a name is that of no column, and which one it is close to. */
export function noColumn(name: string, columns: readonly NamedColumn[]): string {
	const near = nearest(
		name,
		columns.flatMap(({id, title}) => [id, title.toLowerCase()]),
	);
	const told = near === undefined ? columns.map(columnName).join(' ') : `did you mean ${near}?`;
	return `there is no column ${quoteShort(name)}: ${told}`;
}
