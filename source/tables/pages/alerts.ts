import {wrap} from '../../domain/text/wrap.js';
import type {State} from '../../state/state.js';
import {alerts, allAlerts, unalarmed} from '../alerts.js';
import {type Field, fieldBlanks, type Page} from './page.js';

/** All alerts, with what to do about them, in lines of `width` cells. */
export const alertsPage = (state: State, width: number): Page => ({
	title: 'Alerts, the worst first',
	fields: fieldsOf(state, width),
	lines: [],
});

/** One alert may take several rows of the table, because what to grant must not be cut. Then come what is in order and what was not checked, one line each. */
function fieldsOf(state: State, width: number): readonly Field[] {
	const {inOrder, unchecked} = unalarmed(state);
	const said: readonly (readonly [name: string, text: string, others: readonly string[]])[] = [
		...allAlerts(state).map(
			({name, text, more, next}) => [name, text, [more, next].filter(words => words !== undefined)] as const,
		),
		...inOrder.map((text, index) => [index === 0 ? 'in order' : '', text, []] as const),
		...unchecked.map((text, index) => [index === 0 ? 'not checked' : '', text, []] as const),
	];
	const nameWidth = Math.max(...alerts.map(({name}) => name.length), ...said.map(([name]) => name.length));
	const valueWidth = width - nameWidth - fieldBlanks;
	return said.flatMap(([name, text, others]) =>
		[
			...wrap(text, valueWidth),
			...others.flatMap(words => wrap(words, valueWidth - 2).map(line => `  ${line}`)),
		].map((value, index) => ({name: index === 0 ? name : '', value})),
	);
}
