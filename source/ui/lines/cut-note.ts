import type {Row} from '../../domain/list/row.js';
import {cutWords} from '../../domain/shown-text.js';
import {wrap} from '../../domain/text/wrap.js';
import {type Line, textLine} from './line.js';

/** What stands under a list that nobody can ask for more: how many of its texts the server has cut. */
export function cutNote(rows: readonly Row[], width: number): readonly Line[] {
	const cuts = rows.flatMap(({backend}) => backend.query?.cut ?? []);
	const sure = cuts.filter(({isSure}) => isSure);
	const [first] = sure.length > 0 ? sure : cuts;
	if (!first) return [];
	const count = sure.length || cuts.length;
	return wrap(`~ ${count} ${count === 1 ? 'query' : 'queries'} ${cutWords(first)}`, width).map(textLine);
}
