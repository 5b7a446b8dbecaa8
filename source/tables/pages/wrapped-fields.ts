import {widthOf} from '../../domain/text/width.js';
import {wrap} from '../../domain/text/wrap.js';
import {type Field, fieldBlanks, groupBlanks} from './page.js';

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf));

/** In fewer cells there is no room for the groups beside the rows. */
export const groupedFrom = 50;

const ungrouped = ({group: _, ...field}: Field): Field => field;

/** Rows that are `width` cells wide: a value that is longer than its column goes on in the next row. */
export function wrappedFields(all: readonly Field[], width: number): readonly Field[] {
	const fields = width < groupedFrom ? all.map(ungrouped) : all;
	const groups = widest(fields.map(({group = ''}) => group));
	const taken =
		widest(fields.map(({name}) => name)) + fieldBlanks + (groups === 0 ? 0 : groups + groupBlanks);
	return fields.flatMap(field =>
		wrap(field.value, Math.max(1, width - taken)).map((value, index) =>
			index === 0 ? {...field, value} : {name: '', value},
		),
	);
}
