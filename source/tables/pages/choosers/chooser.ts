import {wrap} from '../../../domain/text/wrap.js';
import {chosenMark, type Field, fieldBlanks, type Page} from '../page.js';

/** What can be chosen, and what it is. */
export type Choosable = {readonly name: string; readonly help: string; readonly isChosen: boolean};

const unmarked = ' '.repeat(chosenMark.length);

/** A list to choose from, in lines of `width` cells. `sizes` says how many rows each part of it takes. */
export function chooserPage(
	title: string,
	choosable: readonly Choosable[],
	width: number,
): Page & {readonly sizes: readonly number[]} {
	const names = Math.max(0, ...choosable.map(({name}) => name.length));
	const room = Math.max(1, width - names - chosenMark.length - fieldBlanks);
	const rows = choosable.map(({name, help, isChosen}): readonly Field[] =>
		wrap(help, room).map((value, index) => ({
			name: index > 0 ? '' : `${isChosen ? chosenMark : unmarked}${name}`,
			value,
		})),
	);
	return {
		title,
		fields: rows.flat(),
		lines: rows.length === 0 ? ['  no column has this in its name: Backspace takes letters back'] : [],
		sizes: rows.map(({length}) => length),
	};
}
