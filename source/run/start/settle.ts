import {notThis} from '../../domain/text/secrets/not-this.js';
import {bareIn, flagIn, type Option, type OptionTable} from '../../tables/option.js';
import {usage} from '../../tables/usage.js';
import {type Arguments, badArguments} from './arguments.js';

/** All values of each flag, in the order they were given. */
export type Values = Readonly<Record<string, readonly unknown[] | undefined>>;

/** The value of each option that counts. */
type Told = Readonly<Record<string, string | boolean | undefined>>;

const isGiven = (value: Told[string]) => value !== undefined && value !== false;

function whyUnfit(flag: string, option: Option, value: Told[string]): string | undefined {
	if (option.type !== 'text' || option.needs === undefined || typeof value !== 'string') return undefined;
	if (value === '') return `${flag} needs ${option.needs}`;
	// It would be named as a missing file, password and all.
	return /^\s*postgres(?:ql)?:\/\//.test(value)
		? `${flag} needs ${option.needs}, and this reads like a URI`
		: undefined;
}

const numberIn = (text: string) => (/^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN);

function whyWrong(flag: string, option: Option, value: Told[string]): string | undefined {
	if (typeof value !== 'string') return undefined;
	switch (option.type) {
		case 'number': {
			const {range, value: unit} = option;
			const number = numberIn(value);
			return number >= range[0] && number <= range[1]
				? undefined
				: `${flag} takes ${range.join(' to ')} ${unit.toLowerCase()}${notThis(value)}`;
		}
		case 'choice':
			return option.choices.includes(value)
				? undefined
				: `${flag} takes ${option.choices.join(', ')}${notThis(value)}`;
		case 'text':
		case 'switch':
			return undefined;
	}
}

/** What is wrong with the values, in one sentence. Of several mistakes of a kind, the one of the last option in the table. */
function whyNot(told: Told, table: OptionTable): string | undefined {
	const rows = Object.entries(table)
		.map(([name, option]) => ({flag: flagIn(table, name), option, value: told[name]}))
		.reverse();
	const whyBoth = (flag: string, {excludes}: Option, value: Told[string]) =>
		excludes && isGiven(value) && isGiven(told[excludes.name])
			? `${flag} and ${flagIn(table, excludes.name)} are ${excludes.both}: name one`
			: undefined;
	for (const why of [whyUnfit, whyBoth, whyWrong])
		for (const {flag, option, value} of rows) {
			const sentence = why(flag, option, value);
			if (sentence !== undefined) return sentence;
		}

	return undefined;
}

const defaultOf = (option: Extract<Option, {readonly default?: unknown}>) =>
	option.isConfigured ? undefined : option.default;

function flagOf(option: Option, value: Told[string]): unknown {
	switch (option.type) {
		case 'number':
			return typeof value === 'string' ? numberIn(value) : defaultOf(option);
		case 'choice':
			return value ?? defaultOf(option);
		case 'text':
		case 'switch':
			return value;
	}
}

/** Makes flags of what was typed; `names` stand without a flag. As with psql, the last of several values counts. */
export function settle(values: Values, names: readonly string[], table: OptionTable): Arguments<OptionTable> {
	const entries = Object.entries(table);
	const last = (name: string) => values[name]?.at(-1) as string | boolean | undefined;
	for (const [name, option] of entries) {
		if (option.type !== 'switch' || last(name) !== true) continue;
		switch (option.prints) {
			case 'help':
				return {type: 'help', text: usage(table)};
			case 'version':
				return {type: 'version'};
			case undefined:
		}
	}

	const rest = [...names];
	const bare = bareIn(table);
	const taken = Object.fromEntries(bare.map(({name}) => [name, last(name) ?? rest.shift()]));
	if (rest[0] !== undefined)
		// The name is not quoted: it may be the rest of a password, or of a connection string without its quotes.
		return badArguments(
			`there is one name too many: pgtop takes ${bare.map(({what}) => what).join(' and ')}`,
		);

	const told: Told = Object.fromEntries(
		entries.map(([name, {type}]) => [
			name,
			type === 'switch' ? last(name) === true : (taken[name] ?? last(name)),
		]),
	);
	const why = whyNot(told, table);
	if (why !== undefined) return badArguments(why);
	const flags = entries
		.filter(([, option]) => option.type !== 'switch' || option.prints === undefined)
		.map(([name, option]) => [name, flagOf(option, told[name])]);
	return {type: 'run', flags: Object.fromEntries(flags)};
}
