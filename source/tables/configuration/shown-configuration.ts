import type {Holding, InForce} from '../../domain/configuration/in-force.js';
import {nameToml} from '../../domain/configuration/quote-toml.js';
import type {Told} from '../../domain/configuration/rules.js';
import {clean} from '../../domain/text/clean.js';
import {
	type ConfigurationKey,
	configurationKeys,
	keyName,
	type Theme,
	thresholdKeys,
	usually,
} from '../configuration.js';
import {valueToml} from './value-toml.js';

type Shown = {
	readonly inForce: InForce;
	readonly theme: Told<Theme>;
	/** As the header names the server; absent where there is no connection. */
	readonly target?: string;
	/** Absent where no file was read. */
	readonly file?: string;
};

/** Longer lines have their comment right behind. */
const widestValue = 34;

const holdingLine = ({name, by}: Holding) =>
	by === 'may hold'
		? `[server.${nameToml(name)}] may hold: this role can't read the system identifier; of it confirm and read-only count`
		: `[server.${nameToml(name)}] holds, by ${by}`;

const headLines = ({inForce: {sections, production}, target, file}: Shown) => [
	target === undefined
		? 'in force as far as is known without a connection: cluster_name and system identifier are not'
		: `in force for ${target}`,
	file ?? 'no configuration file was read',
	...sections.map(holdingLine),
	...(production ? [`production: ${production.from}`] : []),
];

/** The keys that have a value, in the order of their table. */
const valueLines = (
	keys: Readonly<Record<string, ConfigurationKey>>,
	values: Readonly<Record<string, Told<unknown> | undefined>>,
): readonly string[] =>
	Object.entries(keys).flatMap(([name, key]) => {
		const told = values[name];
		return told
			? [`${`${keyName(name)} = ${valueToml(key, told.value)}`.padEnd(widestValue)}  # ${told.from}`]
			: [];
	});

/** What is in force, as a configuration file would say it to every server, and where each value comes from. */
export function shownConfiguration(shown: Shown): string {
	const {inForce, theme} = shown;
	const {columns, sort, interval, confirm, isReadOnly, serviceRoles, thresholds} = inForce;
	return [
		...headLines(shown).map(line => `# ${clean(line)}`),
		...(columns ? [] : ['# columns: all that have room']),
		...valueLines(configurationKeys, {
			columns,
			sort: sort ?? usually.sort,
			interval: interval ?? usually.interval,
			theme,
			confirm,
			isReadOnly,
			serviceRoles,
		}),
		'',
		'[thresholds]',
		...valueLines(thresholdKeys, thresholds),
		'',
	].join('\n');
}
