import {nearest} from '../../configuration/nearest.js';
import {quoteShort} from '../../configuration/quote-toml.js';
import type {NamedColumn} from './column-named.js';

/** Says that a name is that of no column, and which one it is close to. */
export function noColumn(name: string, columns: readonly NamedColumn[]): string {
	const near = nearest(
		name,
		columns.flatMap(({id, title}) => [id, title.toLowerCase()]),
	);
	return `there is no column ${quoteShort(name)}${near === undefined ? '' : `: did you mean ${near}?`}`;
}
