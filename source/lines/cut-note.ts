import type {Row} from '../domain/list/row.js';
import type {Backend} from '../domain/session/backend.js';
import {cutWords} from '../domain/session/words/shown-text.js';
import {wrap} from '../domain/text/wrap.js';
import {type Line, textLine} from './line.js';

/** The note under a plain list, where nobody can ask for more: how many of its texts the server has cut. */
export function cutNote(rows: readonly Row<Backend>[], width: number): readonly Line[] {
	const cuts = rows.flatMap(({value: backend}) => backend.query?.cut ?? []);
	const sure = cuts.filter(({isSure}) => isSure);
	const unsure = cuts.filter(({isSure}) => !isSure);
	const words = [sure, unsure].flatMap(([first, ...others]) =>
		first ? [`${queries(1 + others.length)} ${cutWords(first)}`] : [],
	);
	return words.length === 0 ? [] : wrap(`~ ${words.join('; ')}`, width).map(textLine);
}

const queries = (count: number) => `${count} ${count === 1 ? 'query' : 'queries'}`;
