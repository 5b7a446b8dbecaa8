import type {ChosenAlert} from '../../domain/server/alarms/finding.js';
import {wrap} from '../../domain/text/wrap.js';
import type {State} from '../../state/state.js';
import {indexOfChosen} from '../alerts/chosen.js';
import {alerts, allAlerts, unalarmed} from '../alerts.js';
import {chosenMark, type Field, fieldBlanks, type Page} from './page.js';

/** How many rows each alert takes. */
type Sizes = {readonly sizes: readonly number[]};

/** All alerts, with what to do about them, in lines of `width` cells. One alert may take several rows of the table, because what to grant must not be cut. Then come what is in order and what was not checked, one line each. */
export function alertsPage(state: State, width: number, chosen?: ChosenAlert): Page & Sizes {
	const told = allAlerts(state);
	const {inOrder, unchecked} = unalarmed(state);
	const names = [...alerts.map(({name}) => name), ...heads].map(({length}) => length);
	const valueWidth = width - Math.max(...names) - chosenMark.length - fieldBlanks;
	const at = indexOfChosen(told, chosen);
	const rows = told.map(({name, text, more, next}, index) => {
		const others = [more, next].filter(words => words !== undefined);
		const values = [
			...wrap(text, valueWidth),
			...others.flatMap(words => wrap(words, valueWidth - 2).map(line => `  ${line}`)),
		];
		return named(`${index === at ? chosenMark : unmarked}${name}`, values);
	});
	const silent = heads.map((head, which) =>
		named(
			`${unmarked}${head}`,
			(which === 0 ? inOrder : unchecked).flatMap(text => wrap(text, valueWidth)),
		),
	);
	return {
		title: 'Alerts, the worst first',
		fields: [...rows, ...silent].flat(),
		lines: [],
		sizes: rows.map(({length}) => length),
	};
}

const heads = ['in order', 'not checked'] as const;

const unmarked = ' '.repeat(chosenMark.length);

const named = (name: string, values: readonly string[]): readonly Field[] =>
	values.map((value, index) => ({name: index === 0 ? name : '', value}));
