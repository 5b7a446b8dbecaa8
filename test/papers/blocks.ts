import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {inForce} from '../../source/domain/configuration/in-force.js';
import {noConfiguration} from '../../source/domain/configuration/rules.js';
import {fitColumns} from '../../source/domain/list/fit.js';
import {keywords, parameterOf} from '../../source/postgres/connect/settings/keywords.js';
import {alerts} from '../../source/tables/alerts.js';
import {valueToml} from '../../source/tables/configuration/value-toml.js';
import {
	type ConfigurationKey,
	configurationKeys,
	keyName,
	takes,
	thresholdKeys,
	usually,
} from '../../source/tables/configuration.js';
import {keyRows} from '../../source/tables/keymap.js';
import {options} from '../../source/tables/options.js';
import {usage} from '../../source/tables/usage.js';
import {columns} from '../../source/views/sessions/columns.js';
import {filterHelp} from '../../source/views/sessions/filter-help.js';
import {factsLine, readSaves, savedFile} from '../bench/report/saved.js';
import {tableOf} from '../bench/report/table.js';
import {root} from './papers.js';

const cellOf = (text: string) => text.replaceAll('|', '\\|');

const table = (titles: readonly string[], rows: readonly (readonly string[])[]) =>
	[titles, titles.map(() => '---'), ...rows].map(cells => `| ${cells.map(cellOf).join(' | ')} |`).join('\n');

/** The first lines of a golden frame. */
const frame = async (name: string, lines: number) =>
	(await readFile(join(root, 'test', 'frames', 'golden', `${name}.txt`), 'utf8'))
		.split('\n')
		.slice(0, lines)
		.map(line => line.trimEnd())
		.join('\n');

/** The narrowest terminal that shows a column, in cells. */
const narrowest = (id: string) =>
	Array.from({length: 400}, (_, width) => fitColumns(columns, width)).findIndex(fitted =>
		fitted.some(({column}) => column.id === id),
	);

/** What holds of the keys that have no value by default. */
const unsaid: Readonly<Record<string, string>> = {columns: 'all that have room', isProduction: '`false`'};

/** The keys of a configuration file, with what holds where it says nothing. */
const keysTable = (
	keys: Readonly<Record<string, ConfigurationKey>>,
	values: Readonly<Record<string, {readonly value: unknown} | undefined>>,
) =>
	table(
		['key', 'takes', 'default', 'what it is'],
		Object.entries(keys).map(([name, key]) => {
			const told = values[name];
			const value = told ? `\`${valueToml(key, told.value)}\`` : (unsaid[name] ?? '');
			return [`\`${keyName(name)}\``, takes(key), value, key.help];
		}),
	);

const {confirm, isReadOnly, serviceRoles, thresholds} = inForce(noConfiguration, {hosts: []});

/** The runs of the benchmark that were saved: what the others have, too. */
const costs = Object.values(await readSaves(savedFile(root))).flatMap(saved => {
	if (!saved) return [];
	const {facts, figures} = saved;
	const compared = figures.filter(({values}) => Object.keys(values).some(name => name !== 'pgtop'));
	return [`${factsLine(facts)}:`, tableOf(compared)];
});

type Block = {
	/** Of the manual. */
	readonly page: string;
	readonly text: string;
};

/** What the program says of itself: it stands between `<!-- name -->` and `<!-- /name -->` in a page of the manual. */
export const blocks: Readonly<Record<string, Block>> = {
	usage: {page: 'usage', text: `\`\`\`text\n${usage(options)}\n\`\`\``},
	keys: {
		page: 'screen',
		text: table(
			['key', 'does'],
			keyRows.map(({key, does}) => [
				key
					.split(' ')
					.map(name => `\`${name}\``)
					.join(' '),
				does,
			]),
		),
	},
	rights: {page: 'privileges', text: `\`\`\`text\n${await frame('unprivileged-80x24', 9)}\n\`\`\``},
	filter: {
		page: 'filter',
		text: table(
			['word', 'matches'],
			filterHelp.map(({name, value}) => [`\`${name}\``, value]),
		),
	},
	alerts: {
		page: 'screen',
		text: table(
			['alert', 'says'],
			alerts.map(({name, help}) => [`\`${name}\``, help]),
		),
	},
	variables: {
		page: 'connecting',
		text: keywords
			.flatMap(keyword => parameterOf(keyword).variable ?? [])
			.map(variable => `\`${variable}\``)
			.join(' '),
	},
	parameters: {
		page: 'connecting',
		text: table(
			['parameter', 'variable', 'pgtop', 'because'],
			keywords.flatMap(keyword => {
				const {variable = '', ignored, refused} = parameterOf(keyword);
				const name = [`\`${keyword}\``, variable === '' ? '' : `\`${variable}\``];
				if (refused) return [[...name, `refuses ${refused.named}`, refused.why]];
				return ignored === undefined ? [] : [[...name, 'takes it, and nothing changes', ignored]];
			}),
		),
	},
	configuration: {
		page: 'configuration',
		text: keysTable(configurationKeys, {...usually, confirm, isReadOnly, serviceRoles}),
	},
	thresholds: {page: 'configuration', text: keysTable(thresholdKeys, thresholds)},
	costs: {page: 'server', text: costs.join('\n\n')},
	columns: {
		page: 'screen',
		text: table(
			['column', 'shows', 'in a terminal'],
			columns.map(({id, title, help}) => {
				const from = narrowest(id);
				return [title, help, from === 0 ? 'of any width' : `from ${from} wide`];
			}),
		),
	},
};
