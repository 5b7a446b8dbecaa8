import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fromBytes, isRaw} from '../../domain/text/raw-text.js';
import {type Option, optionFlag, options} from '../../tables/options.js';
import type {Arguments} from './argv.js';

/** What the program was called with. */
export type Given = {
	readonly words: readonly string[];
	readonly environment: Readonly<NodeJS.ProcessEnv>;
	/** What was understood of the words; or one sentence, where nobody can tell the bytes of a part of them. */
	told(parsed: Arguments): Arguments;
};

/** What Node.js makes of each byte that is not UTF-8. A person may also have typed this character. */
const lost = '\uFFFD';

const isLost = (text: string | undefined) => text?.includes(lost) ?? false;

/** Whether pgtop itself reads a variable. */
const isOurs = (name: string) => /^(?:PG\w*|HOME|XDG_STATE_HOME|SSL_CERT_FILE|SSL_CERT_DIR)$/.test(name);

/** The flags that may hold any text. */
const texts = ['host', 'port', 'username', 'dbname', 'auditLog', 'passwordCommand'] as const;

/** How a sentence names a flag. A database is most often named without its flag. */
function nameOf(flag: (typeof texts)[number]): string {
	if (flag === 'dbname') return options.dbname.value;
	const {short}: Option = options[flag];
	return short === undefined ? optionFlag(flag) : `-${short}`;
}

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
		told(parsed) {
			if (parsed.type !== 'run') return parsed;
			// Node.js passes only UTF-8 to a command.
			const {passwordCommand = ''} = parsed.flags;
			if (isRaw(passwordCommand))
				return {type: 'bad', sentence: `${optionFlag('passwordCommand')} takes a command in UTF-8`};
			const flag = words ? undefined : texts.find(one => isLost(parsed.flags[one]));
			const name = flag === undefined ? names.find(one => variables[one] === undefined) : nameOf(flag);
			if (name === undefined) return parsed;
			const sentence = `${name} is not UTF-8: its bytes are known on Linux only, where there is ${folder}`;
			return {type: 'bad', sentence};
		},
	};
}
