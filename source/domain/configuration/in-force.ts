import {type ThresholdName, type Thresholds, thresholds as usualThresholds} from '../server/thresholds.js';
import type {Some} from '../some.js';
import {
	type Configuration,
	type Confirm,
	confirms,
	type Rules,
	type Section,
	type Sort,
	type Told,
} from './rules.js';
import {isIdentifier, type NamedBy, namedBy, type ServerNames} from './server-names.js';

/** A section that holds. `may hold`: it is named by a system identifier, and that of this server can't be read. */
export type Holding = {readonly name: string; readonly by: NamedBy | 'may hold'};

/** What holds for one server, and where each value comes from. What nobody has said is absent where it has no default here. */
export type InForce = {
	readonly sections: readonly Holding[];
	/** The name of the section that calls this server production. */
	readonly production?: Told<string>;
	readonly confirm: Told<Confirm>;
	readonly isReadOnly: Told<boolean>;
	/** The name of the first section that makes it read-only. */
	readonly readOnlyIn?: string;
	readonly interval?: Told<number>;
	readonly columns?: Told<Some<string>>;
	readonly sort?: Told<Sort>;
	readonly serviceRoles: Told<readonly string[]>;
	readonly thresholds: {readonly [name in ThresholdName]: Told<number>};
};

const byDefault = <Value>(value: Value): Told<Value> => ({value, from: 'default'});

/** Roles that hosting services log in with: the customer can't signal them. */
const usualServiceRoles: readonly string[] = [
	'rdsadmin',
	'rdsproxyadmin',
	'rdsrepladmin',
	'cloudsqladmin',
	'cloudsqlagent',
	'alloydbadmin',
	'azuresu',
	'azure_superuser',
];

/** In a section that calls its server production, what it does not say itself. */
function withProduction({isProduction, ...rules}: Rules): Rules {
	if (!isProduction?.value) return rules;
	const from = `${isProduction.from}: production`;
	return {
		...rules,
		confirm: rules.confirm ?? {value: 'always', from},
		isReadOnly: rules.isReadOnly ?? {value: true, from},
	};
}

const isStricter = (one: Confirm, other: Confirm) => confirms.indexOf(one) > confirms.indexOf(other);

/** The strictest; of two that are alike the first. */
const strictest = (told: readonly (Told<Confirm> | undefined)[]) =>
	told.reduce((best, one) => (one && (!best || isStricter(one.value, best.value)) ? one : best), undefined);

const anyTrue = (told: readonly (Told<boolean> | undefined)[]) =>
	told.find(one => one?.value) ?? told.find(one => one !== undefined);

/** The sections that hold for a server, in the order of the file. */
function holdingIn(sections: readonly Section[], names: ServerNames) {
	return sections.flatMap(section => {
		const by: Holding['by'] | undefined =
			namedBy(section, names) ??
			(names.isIdentifierUnread && isIdentifier(section.name) ? 'may hold' : undefined);
		return by === undefined ? [] : [{section, by}];
	});
}

/**
What a configuration says of one server.

A section comes before what stands above all sections, and what was typed before both. Of `confirm` and `read-only` the strictest counts among the sections that hold, and between these and what was typed; of everything else the last. Of a section that only may hold nothing but these two counts.
*/
export function inForce({rules, sections, typed}: Configuration, names: ServerNames): InForce {
	const holding = holdingIn(sections, names);
	const strict = holding.map(({section}) => withProduction(section.rules));
	const certain = holding.filter(({by}) => by !== 'may hold').map(({section}) => section);
	const usual = withProduction(rules);
	const lastOf = <Key extends 'interval' | 'columns' | 'sort' | 'serviceRoles'>(key: Key): Rules[Key] =>
		typed[key] ?? certain.findLast(section => section.rules[key])?.rules[key] ?? rules[key];
	const readOnlyIn = holding.find((_, index) => strict[index]?.isReadOnly?.value)?.section.name;
	const production = certain.findLast(section => section.rules.isProduction?.value);
	const interval = lastOf('interval');
	const columns = lastOf('columns');
	const sort = lastOf('sort');
	return {
		sections: holding.map(({section: {name}, by}) => ({name, by})),
		...(production && {
			production: {value: production.name, from: production.rules.isProduction?.from ?? ''},
		}),
		confirm:
			strictest([strictest(strict.map(({confirm}) => confirm)) ?? usual.confirm, typed.confirm]) ??
			byDefault('auto'),
		isReadOnly:
			anyTrue([anyTrue(strict.map(({isReadOnly}) => isReadOnly)) ?? usual.isReadOnly, typed.isReadOnly]) ??
			byDefault(false),
		...(readOnlyIn !== undefined && {readOnlyIn}),
		...(interval && {interval}),
		...(columns && {columns}),
		...(sort && {sort}),
		serviceRoles: lastOf('serviceRoles') ?? byDefault(usualServiceRoles),
		thresholds: thresholdsIn([rules, ...certain.map(section => section.rules)]),
	};
}

function thresholdsIn(layers: readonly Rules[]): InForce['thresholds'] {
	const all = Object.entries(usualThresholds).map(([name, value]) => [name, byDefault(value)]);
	return Object.assign(Object.fromEntries(all), ...layers.map(({thresholds = {}}) => thresholds));
}

/** The numbers alone. */
export const plainThresholds = (told: InForce['thresholds']): Thresholds =>
	Object.fromEntries(Object.entries(told).map(([name, {value}]) => [name, value])) as Thresholds;
