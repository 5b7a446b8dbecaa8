import {tokensIn} from './tokens.js';

/** Words that give a statement its shape. */
const words = new Set(
	`add all alter analyze and any array as asc begin between by call case cast check close cluster collate column
	commit conflict constraint copy create cross current cursor database declare default delete desc distinct do drop
	else end except exists explain fetch filter first following for foreign from full function grant group having
	if ilike in index inner insert intersect into is isolation join key last lateral left level like limit lock
	materialized matched merge natural not nothing null nulls of offset on only or order outer over partition preceding
	prepare primary procedure range recursive references refresh reindex release reset returning returns revoke right
	rollback row rows savepoint schema select set share show similar start table tablesample temporary then to
	transaction trigger truncate unbounded union unique update using vacuum values view when where window with`.split(
		/\s+/,
	),
);

/** Where the keywords of a text stand, in UTF-16 units, in their order. */
export const keywordsIn = (sql: string): readonly (readonly [from: number, to: number])[] =>
	tokensIn(sql)
		.filter(({kind, text}) => kind === 'word' && words.has(text.toLowerCase()))
		.map(({from, text}) => [from, from + text.length]);
