import {bareIn, flagIn, type Option, type OptionTable} from './option.js';

const longForm = (flag: string, option: Option) =>
	option.type === 'switch' ? flag : `${flag}=${option.value}`;

const helpOf = (option: Option) =>
	option.type === 'number'
		? `${option.help} (${option.range.join(' to ')}, default ${option.default})`
		: option.help;

/** `[DBNAME [USERNAME]]`: the second may follow the first only. */
const bareNames = (table: OptionTable) =>
	bareIn(table).reduceRight(
		(after, {value, called = value}) => `[${[called, after].filter(Boolean).join(' ')}]`,
		'',
	);

const connecting = `DBNAME may be a URI, postgresql://USER@HOST:PORT/DBNAME?sslmode=require, or a
connection string, 'host=HOST dbname=DBNAME'. PGHOST, PGSERVICE, PGSSLMODE and
the other variables of libpq, its service file, its password file and its
certificates mean what they mean to psql.`;

const widestFlags = 26;

/** The text of `--help`, 80 columns wide. */
export function usage(table: OptionTable): string {
	const rows = Object.entries(table).map(([name, option]) => {
		const short = option.short === undefined ? '   ' : `-${option.short},`;
		return [`  ${short} ${longForm(flagIn(table, name), option)}`, helpOf(option)] as const;
	});
	const width = Math.max(...rows.map(([flags]) => flags.length).filter(length => length <= widestFlags));
	// A longer flag has a line of its own, as in the help of psql.
	const lines = rows.map(([flags, help]) =>
		flags.length > width ? `${flags}\n${' '.repeat(width)}  ${help}` : `${flags.padEnd(width)}  ${help}`,
	);
	return [
		`Usage: pgtop [OPTION]... ${bareNames(table)}`,
		'See every PostgreSQL backend live; c cancels its query, k ends its session.',
		lines.join('\n'),
		connecting,
	].join('\n\n');
}
