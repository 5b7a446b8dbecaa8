import type {Rules, Told} from '../../domain/configuration/rules.js';
import {columnsNamed} from '../../domain/list/named/columns-named.js';
import {sortNamed} from '../../domain/list/named/sort-named.js';
import {type Flags, optionFlag} from '../../tables/options.js';
import {columns} from '../../views/sessions/columns.js';

/** The flags that say what the file may say, too. */
export type RuleFlags = Pick<Flags, 'interval' | 'confirm' | 'readOnly' | 'columns' | 'sort'>;

const told = <Value>(value: Value, flag: keyof RuleFlags): Told<Value> => ({value, from: optionFlag(flag)});

/** What a person has typed, or one sentence where a flag names no column. */
export function typedRules({
	interval,
	confirm,
	readOnly,
	columns: names,
	sort: by,
}: RuleFlags):
	| {readonly type: 'rules'; readonly rules: Rules}
	| {readonly type: 'bad'; readonly sentence: string} {
	const named = names === undefined ? undefined : columnsNamed(names.split(','), columns);
	if (named?.type === 'wrong') return {type: 'bad', sentence: `${optionFlag('columns')}: ${named.why}`};
	const sorted = by === undefined ? undefined : sortNamed(by, columns);
	if (sorted?.type === 'wrong') return {type: 'bad', sentence: `${optionFlag('sort')}: ${sorted.why}`};
	const rules: Rules = {
		...(interval !== undefined && {interval: told(interval * 1000, 'interval')}),
		...(confirm !== undefined && {confirm: told(confirm, 'confirm')}),
		...(readOnly && {isReadOnly: told(true, 'readOnly')}),
		...(named && {columns: told(named.ids, 'columns')}),
		...(sorted && {sort: told(sorted.sort, 'sort')}),
	};
	return {type: 'rules', rules};
}
