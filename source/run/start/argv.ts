import {clean} from '../../domain/text/clean.js';
import {notThis} from '../../domain/text/secrets/not-this.js';
import {
	type Flags,
	longName,
	type Option,
	type OptionName,
	optionFlag,
	optionNames,
	options,
	usage,
} from '../../tables/options.js';
import {unknownFlag} from './unknown-flag.js';

type Bad = {readonly type: 'bad'; readonly sentence: string};

export type Arguments =
	| {readonly type: 'run'; readonly flags: Omit<Flags, 'help' | 'version'>}
	| {readonly type: 'help'; readonly text: string}
	| {readonly type: 'version'}
	| Bad;

/** All values of a flag, in the order they were given. */
type Given = Readonly<Record<string, readonly unknown[] | undefined>>;

const bad = (sentence: string): Bad => ({type: 'bad', sentence: clean(sentence)});

/** The flag that a word begins with, and the value glued to it: `-hdb1`, `--host=db1`. */
function head(word: string): {readonly typed: string; readonly glued?: string} {
	const length = word.startsWith('--') ? word.indexOf('=') : [...word].slice(0, 2).join('').length;
	if (length < 0 || length === word.length) return {typed: word};
	return {typed: word.slice(0, length), glued: word.slice(word.startsWith('--') ? length + 1 : length)};
}

function find(typed: string): OptionName | undefined {
	return optionNames.find(name => {
		const {short}: Option = options[name];
		return typed === optionFlag(name) || typed === `-${short}`;
	});
}

/**
Takes apart what meow can't: glued short flags. `--host db1 -p5433 shop` → `--host="db1" --port="5433" -- shop`.

Leaves meow nothing to guess. It would take `--no-once` for a flag. It strips a pair of quotes, so each value gets one to strip.
*/
function split(argv: readonly string[]): {readonly type: 'words'; readonly words: readonly string[]} | Bad {
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
		const name = find(typed);
		if (name === undefined) return bad(unknownFlag(typed, argv));
		const option: Option = options[name];
		if (option.type === 'switch') {
			if (glued !== undefined && typed.startsWith('--')) return bad(`${typed} takes no value`);
			// The sentence on an unknown flag would name the first letter of a password.
			if (glued && name === 'withPassword' && find(head(`-${glued}`).typed) === undefined)
				return bad(`${typed} takes no value: it asks for the password`);
			if (glued !== undefined) queue.unshift(`-${glued}`);
			const undone = optionNames.find(other => other === option.undoes);
			flags = flags.filter(flag => undone === undefined || flag !== longName(undone));
			flags.push(longName(name));
			continue;
		}

		const next = queue[0];
		const isFlag = next === '--' || (next?.startsWith('-') && find(head(next).typed) !== undefined);
		const value = glued ?? (isFlag ? undefined : queue.shift());
		if (value === undefined)
			return bad(
				`${typed} needs a value: ${typed} ${option.type === 'choice' ? option.choices.join('|') : option.value}`,
			);
		flags.push(`${longName(name)}="${value}"`);
	}

	return {type: 'words', words: [...flags, '--', ...names]};
}

/** As with psql, the last of several values counts. */
const lastText = (given: Given, name: OptionName) => given[name]?.at(-1) as string | undefined;
const isOn = (given: Given, name: OptionName) => given[name]?.at(-1) === true;

function interval(given: Given): number | Bad {
	const {range, default: usual, value: unit} = options.interval;
	const text = lastText(given, 'interval');
	if (text === undefined) return usual;
	const seconds = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
	if (seconds >= range[0] && seconds <= range[1]) return seconds;
	return bad(`${optionFlag('interval')} takes ${range.join(' to ')} ${unit.toLowerCase()}${notThis(text)}`);
}

function confirmation(given: Given): Flags['confirm'] | Bad {
	const {choices, default: usual} = options.confirm;
	const text = lastText(given, 'confirm') ?? usual;
	return (
		choices.find(choice => choice === text) ??
		bad(`${optionFlag('confirm')} takes ${choices.join(', ')}${notThis(text)}`)
	);
}

/** A URI here was meant for another flag. It would be named as a missing file, password and all. */
function whyNothing(given: Given, name: OptionName, needed: string): Bad | undefined {
	const text = lastText(given, name);
	if (text === '') return bad(`${optionFlag(name)} needs ${needed}`);
	return text && /^\s*postgres(?:ql)?:\/\//.test(text)
		? bad(`${optionFlag(name)} needs ${needed}, and this reads like a URI`)
		: undefined;
}

function settle(given: Given, names: readonly string[]): Arguments {
	if (isOn(given, 'help')) return {type: 'help', text: usage()};
	if (isOn(given, 'version')) return {type: 'version'};

	const rest = [...names];
	const dbname = lastText(given, 'dbname') ?? rest.shift();
	const username = lastText(given, 'username') ?? rest.shift();
	if (rest[0] !== undefined)
		// The name is not quoted: it may be the rest of a password, or of a connection string without its quotes.
		return bad('there is one name too many: pgtop takes a database and a role');

	const nothing =
		whyNothing(given, 'auditLog', 'the name of a file') ?? whyNothing(given, 'passwordCommand', 'a command');
	if (nothing) return nothing;

	const passwordCommand = lastText(given, 'passwordCommand');
	if (passwordCommand !== undefined && isOn(given, 'withPassword'))
		return bad(
			`${optionFlag('withPassword')} and ${optionFlag('passwordCommand')} are two ways to a password: name one`,
		);

	const confirm = confirmation(given);
	if (typeof confirm === 'object') return confirm;

	const seconds = interval(given);
	if (typeof seconds === 'object') return seconds;
	return {
		type: 'run',
		flags: {
			host: lastText(given, 'host'),
			port: lastText(given, 'port'),
			username,
			dbname,
			withPassword: isOn(given, 'withPassword'),
			withoutPassword: isOn(given, 'withoutPassword'),
			passwordCommand,
			interval: seconds,
			once: isOn(given, 'once'),
			confirm,
			dryRun: isOn(given, 'dryRun'),
			auditLog: lastText(given, 'auditLog'),
			withoutAuditLog: isOn(given, 'withoutAuditLog'),
			signals: isOn(given, 'signals'),
			readOnly: isOn(given, 'readOnly'),
			demo: isOn(given, 'demo'),
		},
	};
}

/** Reads the command line. Every mistake is one sentence that names the flag and what is allowed. */
export async function parseArguments(argv: readonly string[]): Promise<Arguments> {
	// Most calls have no arguments, and loading meow takes longer than all the rest.
	if (argv.length === 0) return settle({}, []);
	const parts = split(argv);
	if (parts.type === 'bad') return parts;

	const {default: meow} = await import('meow');
	// By default, meow prints and ends the process on --help, --version and flags that it does not know.
	const {flags, input} = meow({
		importMeta: import.meta,
		argv: parts.words,
		pkg: {name: 'pgtop'},
		description: false,
		autoHelp: false,
		autoVersion: false,
		flags: Object.fromEntries(
			optionNames.map(name => [
				name,
				{type: options[name].type === 'switch' ? 'boolean' : 'string', isMultiple: true} as const,
			]),
		),
	});
	return settle(flags as Given, input);
}
