import {flagIn, longName, type OptionTable} from '../../tables/option.js';
import {type Arguments, badArguments} from './arguments.js';
import {settle, type Values} from './settle.js';
import {unknownFlag} from './unknown-flag.js';

/** The flag that a word begins with, and the value glued to it: `-hdb1`, `--host=db1`. */
function head(word: string): {readonly typed: string; readonly glued?: string} {
	const length = word.startsWith('--') ? word.indexOf('=') : [...word].slice(0, 2).join('').length;
	if (length < 0 || length === word.length) return {typed: word};
	return {typed: word.slice(0, length), glued: word.slice(word.startsWith('--') ? length + 1 : length)};
}

const findIn = (table: OptionTable, typed: string) =>
	Object.entries(table).find(([name, {short}]) => typed === flagIn(table, name) || typed === `-${short}`);

/** A flag that was typed, by the name of its option; a switch is true. */
type TypedFlag = {readonly name: string; readonly value: string | true};

type Split =
	| {readonly type: 'words'; readonly flags: readonly TypedFlag[]; readonly names: readonly string[]}
	| ReturnType<typeof badArguments>;

/** Takes the words apart as psql does, glued short flags too: `--host db1 -p5433 shop`. */
function split(argv: readonly string[], table: OptionTable): Split {
	const find = (typed: string) => findIn(table, typed);
	let flags: readonly TypedFlag[] = [];
	const names: string[] = [];
	const queue = [...argv];
	for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
		if (word === '--') {
			names.push(...queue);
			break;
		}

		if (!word.startsWith('-') || word === '-') {
			names.push(word);
			continue;
		}

		const {typed, glued} = head(word);
		const found = find(typed);
		if (!found) return badArguments(unknownFlag(typed, argv, table));
		const [name, option] = found;
		if (option.type === 'switch') {
			if (glued !== undefined && typed.startsWith('--')) return badArguments(`${typed} takes no value`);
			// The sentence on an unknown flag would name the first letter of a password.
			if (glued && option.asksFor !== undefined && !find(head(`-${glued}`).typed))
				return badArguments(`${typed} takes no value: it asks for ${option.asksFor}`);
			if (glued !== undefined) queue.unshift(`-${glued}`);
			flags = [...flags.filter(flag => flag.name !== option.undoes), {name, value: true}];
			continue;
		}

		const next = queue[0];
		const isFlag = next === '--' || (next?.startsWith('-') && find(head(next).typed));
		const value = glued ?? (isFlag ? undefined : queue.shift());
		if (value === undefined)
			return badArguments(
				`${typed} needs a value: ${typed} ${option.type === 'choice' ? option.choices.join('|') : option.value}`,
			);
		flags = [...flags, {name, value}];
	}

	return {type: 'words', flags, names};
}

const valuesOf = (flags: readonly TypedFlag[]): Values =>
	Object.fromEntries(
		flags.map(({name}) => [name, flags.filter(flag => flag.name === name).map(({value}) => value)]),
	);

/** Reads the command line. Every mistake is one sentence that names the flag and what is allowed. */
export async function parseArguments<Table extends OptionTable>(
	argv: readonly string[],
	table: Table,
): Promise<Arguments<Table>> {
	// Each value is of the kind that its row says, and so is its type.
	return (await parse(argv, table)) as Arguments<Table>;
}

async function parse(argv: readonly string[], table: OptionTable): Promise<Arguments<OptionTable>> {
	const parts = split(argv, table);
	if (parts.type === 'bad') return parts;
	const {flags, names} = parts;
	// Loading meow takes longer than all the rest, and most calls have no flag that psql hasn't.
	if (flags.every(({name}) => table[name]?.isPsqls)) return settle(valuesOf(flags), names, table);

	const {readFlags} = await import('./read-flags.js');
	const read = readFlags(
		wordsFor(flags, names),
		flags.map(({name, value}) => [name, value === true ? 'boolean' : 'string']),
	);
	return settle(read.flags as Values, read.input, table);
}

/** Leaves meow nothing to guess. It would take `--no-once` for a flag. It strips a pair of quotes, so each value gets one to strip. */
const wordsFor = (flags: readonly TypedFlag[], names: readonly string[]): readonly string[] => [
	...flags.map(({name, value}) => (value === true ? longName(name) : `${longName(name)}="${value}"`)),
	'--',
	...names,
];
