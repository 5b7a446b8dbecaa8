import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fromBytes, isRaw} from '../../domain/text/raw-text.js';
import {flagIn, type Option, type OptionTable} from '../../tables/option.js';
import {type Arguments, badArguments} from './arguments.js';

/** What the program was called with. */
export type Given = {
	readonly words: readonly string[];
	readonly environment: Readonly<NodeJS.ProcessEnv>;
	/** What was understood of the words; or one sentence, where nobody can tell the bytes of a part of them. */
	told<Table extends OptionTable>(parsed: Arguments<Table>, table: Table): Arguments<Table>;
};

/** What Node.js makes of each byte that is not UTF-8. A person may also have typed this character. */
const lost = '\uFFFD';

const isLost = (text: string | undefined) => text?.includes(lost) ?? false;

/** Whether pgtop itself reads a variable. */
const isOurs = (name: string) =>
	/^(?:PG\w*|HOME|XDG_STATE_HOME|XDG_CONFIG_HOME|SSL_CERT_FILE|SSL_CERT_DIR)$/.test(name);

type TextOption = Extract<Option, {type: 'text'}>;

/** A flag that was typed with a text. */
type TypedText = {readonly flag: string; readonly option: TextOption; readonly text: string};

function textsIn(flags: object, table: OptionTable): readonly TypedText[] {
	const values: Readonly<Record<string, unknown>> = {...flags};
	return Object.entries(table).flatMap(([name, option]) => {
		const text = values[name];
		return option.type === 'text' && typeof text === 'string'
			? [{flag: flagIn(table, name), option, text}]
			: [];
	});
}

/** How a sentence names a flag. What comes first without a flag is most often named so. */
const nameOf = ({flag, option: {bare, value, short}}: TypedText) =>
	bare?.place === 1 ? value : short === undefined ? flag : `-${short}`;

/** The entries of one of the kernel's lists, each of which ends with a zero byte. */
function entriesOf(file: string): readonly string[] | undefined {
	try {
		return readFileSync(file, 'latin1').split('\0').slice(0, -1);
	} catch {
		return undefined;
	}
}

const textOf = (bytes: string) => fromBytes(Buffer.from(bytes, 'latin1'));

/** Undefined where the kernel does not tell. */
function wordsIn(folder: string, count: number): readonly string[] | undefined {
	const entries = entriesOf(join(folder, 'cmdline')) ?? [];
	return entries.length > count ? entries.slice(-count).map(textOf) : undefined;
}

/** The first of two variables with the same name counts, as for getenv. */
function variablesIn(folder: string, names: readonly string[]): Readonly<NodeJS.ProcessEnv> {
	const entries = (names.length > 0 && entriesOf(join(folder, 'environ'))) || [];
	const found = names.flatMap(name => {
		const entry = entries.find(one => one.startsWith(`${name}=`));
		return entry === undefined ? [] : [[name, textOf(entry.slice(name.length + 1))]];
	});
	return Object.fromEntries(found);
}

/**
Arguments and environment with all their bytes: the kernel still knows those that Node.js has lost.

`folder` is where the kernel tells them. Without it, text that is not UTF-8 is refused: it would name another role or file.
*/
export function readGiven(
	argv: readonly string[],
	environment: Readonly<NodeJS.ProcessEnv>,
	folder = '/proc/self',
): Given {
	const typed = argv.slice(2);
	const words = typed.some(isLost) ? wordsIn(folder, typed.length) : typed;
	const names = Object.keys(environment).filter(name => isOurs(name) && isLost(environment[name]));
	const variables = variablesIn(folder, names);
	return {
		words: words ?? typed,
		environment: names.length > 0 ? {...environment, ...variables} : environment,
		told(parsed, table) {
			if (parsed.type !== 'run') return parsed;
			const texts = textsIn(parsed.flags, table);
			const [anyBytes, onlyUtf8] = [
				texts.filter(({option}) => !option.isUtf8),
				texts.filter(({option}) => option.isUtf8),
			];
			const raw = onlyUtf8.find(({text}) => isRaw(text));
			if (raw) return badArguments(`${raw.flag} takes ${raw.option.needs ?? raw.option.value} in UTF-8`);
			const typedLost = words ? undefined : [...anyBytes, ...onlyUtf8].find(({text}) => isLost(text));
			const name = typedLost ? nameOf(typedLost) : names.find(one => variables[one] === undefined);
			if (name === undefined) return parsed;
			return badArguments(
				`${name} is not UTF-8: its bytes are known on Linux only, where there is ${folder}`,
			);
		},
	};
}
