import {nearest} from '../../domain/configuration/nearest.js';
import {nameToml} from '../../domain/configuration/quote-toml.js';
import type {Rules, Section, Told} from '../../domain/configuration/rules.js';
import {
	type ConfigurationKey,
	configurationKeys,
	keyName,
	type Theme,
	thresholdKeys,
} from '../../tables/configuration.js';
import type {KeyPath} from './lines-of-keys.js';
import {readValue} from './read-value.js';
import {isTable, type TomlTable} from './toml.js';

/** What a file says. */
export type Said = {
	readonly rules: Rules;
	readonly sections: readonly Section[];
	readonly theme?: Told<Theme>;
};

export type Mistake = {readonly path: KeyPath; readonly why: string};

const mostSections = 1000;

type Keys = Readonly<Record<string, ConfigurationKey>>;
type NamedKey = {readonly rule: string; readonly key: ConfigurationKey};

/** The keys as the file calls them. A map has nothing for `constructor`. */
const byName = (keys: Keys): ReadonlyMap<string, NamedKey> =>
	new Map(Object.entries(keys).map(([rule, key]) => [keyName(rule), {rule, key}]));

const keys = byName(configurationKeys);
const limits = byName(thresholdKeys);

type Place = 'top' | 'section';

const stands: Readonly<Record<Place, string>> = {
	top: 'is of the terminal: it stands above all sections',
	section: 'stands in the section of a server: [server.NAME]',
};

/** No name of a host in a sentence has more parts. */
const mostParts = 10;

/** A host's name without quotes: TOML takes each of its parts for a table. */
function dotted(name: string, value: unknown, parts = 1): string {
	const [inner, ...others] = isTable(value) ? Object.entries(value) : [];
	const isPart = inner && others.length === 0 && isTable(inner[1]) && parts < mostParts;
	return isPart ? `${name}.${dotted(...inner, parts + 1)}` : name;
}

function unknownKey(name: string, place: Place): string {
	if (limits.has(name)) return `${name} stands in a table of its own: [thresholds]`;
	const known = [...keys.keys(), 'thresholds', ...(place === 'top' ? ['server'] : [])];
	const near = nearest(name, known);
	return `${nameToml(name)} is no key: ${near === undefined ? 'the manual lists them' : `did you mean ${near}?`}`;
}

function unknownLimit(name: string): string {
	if (keys.has(name)) return `${name} is no threshold: it stands above [thresholds]`;
	const near = nearest(name, [...limits.keys()]);
	return `${nameToml(name)} is no threshold: ${near === undefined ? 'the manual lists them' : `did you mean ${near}?`}`;
}

/** Takes what stands in the tables of a file, and collects every mistake. `lineOf` says on which line a key stands. */
export function checkConfiguration(
	file: TomlTable,
	lineOf: (path: KeyPath) => number,
): {readonly said: Said; readonly mistakes: readonly Mistake[]} {
	const mistakes: Mistake[] = [];
	const fail = (path: KeyPath, why: string): readonly [] => {
		mistakes.push({path, why});
		return [];
	};
	const told = ({rule, key}: NamedKey, raw: unknown, path: KeyPath) => {
		const read = readValue(key, raw);
		if (read.type === 'wrong') return fail(path, `${path.at(-1)}${read.why}`);
		const section = path[0] === 'server' ? `[server.${nameToml(path[1] ?? '')}], ` : '';
		return [[rule, {value: read.value, from: `${section}line ${lineOf(path)}`}] as const];
	};

	const thresholdsIn = (table: unknown, above: KeyPath) =>
		isTable(table)
			? Object.entries(table).flatMap(([name, raw]) => {
					const limit = limits.get(name);
					const path = [...above, name];
					return limit ? told(limit, raw, path) : fail(path, unknownLimit(name));
				})
			: fail(above, 'thresholds is a table: [thresholds]');

	/** One rule, or none where that is a mistake. */
	const ruleIn = (name: string, raw: unknown, path: KeyPath, place: Place) => {
		if (name === 'thresholds') return [['thresholds', Object.fromEntries(thresholdsIn(raw, path))] as const];
		const found = keys.get(name);
		if (!found && place === 'section' && isTable(raw))
			return fail(
				path,
				`a name with dots stands in quotes: [server.${nameToml(`${path[1]}.${dotted(name, raw)}`)}]`,
			);
		if (!found) return fail(path, unknownKey(name, place));
		const {isOnly = place} = found.key;
		return isOnly === place ? told(found, raw, path) : fail(path, `${name} ${stands[isOnly]}`);
	};

	// Each value is of the kind that its row says.
	const rulesIn = (table: TomlTable, above: KeyPath, place: Place) =>
		Object.fromEntries(
			Object.entries(table).flatMap<readonly [string, unknown]>(([name, raw]) =>
				ruleIn(name, raw, [...above, name], place),
			),
		) as Rules & {readonly theme?: Told<Theme>};

	const sectionsIn = (servers: unknown): readonly Section[] => {
		if (!isTable(servers)) return fail(['server'], 'server is a table for each server: [server.NAME]');
		return Object.entries(servers).flatMap(([name, table], index) => {
			const path = ['server', name];
			if (index >= mostSections) return fail(path, `there are more than ${mostSections} sections`);
			if (name.trim() === '') return fail(path, 'a section needs the name of a server: [server.NAME]');
			if (!isTable(table)) return fail(path, `server.${nameToml(name)} is no table: [server.NAME]`);
			return [{name, rules: rulesIn(table, path, 'section')}];
		});
	};

	const {server = {}, ...rest} = file;
	const {theme, ...rules} = rulesIn(rest, [], 'top');
	const sections = sectionsIn(server);
	return {said: {rules, sections, ...(theme && {theme})}, mistakes};
}
