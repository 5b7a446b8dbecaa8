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

type Split = {readonly type: 'words'; readonly words: readonly string[]} | ReturnType<typeof badArguments>;

/**
Takes apart what meow can't: glued short flags. `--host db1 -p5433 shop` → `--host="db1" --port="5433" -- shop`.

Leaves meow nothing to guess. It would take `--no-once` for a flag. It strips a pair of quotes, so each value gets one to strip.
*/
function split(argv: readonly string[], table: OptionTable): Split {
	const find = (typed: string) => findIn(table, typed);
	let flags: string[] = [];
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
			const {undoes} = option;
			flags = flags.filter(flag => undoes === undefined || flag !== longName(undoes));
			flags.push(longName(name));
			continue;
		}

		const next = queue[0];
		const isFlag = next === '--' || (next?.startsWith('-') && find(head(next).typed));
		const value = glued ?? (isFlag ? undefined : queue.shift());
		if (value === undefined)
			return badArguments(
				`${typed} needs a value: ${typed} ${option.type === 'choice' ? option.choices.join('|') : option.value}`,
			);
		flags.push(`${longName(name)}="${value}"`);
	}

	return {type: 'words', words: [...flags, '--', ...names]};
}

/** Reads the command line. Every mistake is one sentence that names the flag and what is allowed. */
export async function parseArguments<Table extends OptionTable>(
	argv: readonly string[],
	table: Table,
): Promise<Arguments<Table>> {
	// Each value is of the kind that its row says, and so is its type.
	return (await parse(argv, table)) as Arguments<Table>;
}

async function parse(argv: readonly string[], table: OptionTable): Promise<Arguments<OptionTable>> {
	// Most calls have no arguments, and loading meow takes longer than all the rest.
	if (argv.length === 0) return settle({}, [], table);
	const parts = split(argv, table);
	if (parts.type === 'bad') return parts;

	const {default: meow} = await import('meow');
	// By default, meow prints and ends the process on --help, --version and flags that it does not know.
	const {flags, input} = meow({
		importMeta: import.meta,
		argv: parts.words,
		// It calls the process as the command.
		pkg: {name: 'pgtop', bin: {pgtop: ''}},
		description: false,
		autoHelp: false,
		autoVersion: false,
		flags: Object.fromEntries(
			Object.entries(table).map(([name, {type}]) => [
				name,
				{type: type === 'switch' ? 'boolean' : 'string', isMultiple: true} as const,
			]),
		),
	});
	return settle(flags as Values, input, table);
}
