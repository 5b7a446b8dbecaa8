import {
	type Flags,
	type Option,
	type OptionName,
	optionFlag,
	optionNames,
	options,
} from '../../tables/options.js';

/** Flags that an advised command says in its own way, or not again, and flags for something else than a run against a server. */
const notKept: readonly OptionName[] = [
	...(['host', 'port', 'username', 'dbname', 'withPassword'] as const),
	...(['signals', 'demo', 'help', 'version'] as const),
];

/** A command for a password may have a secret in it, and a sentence on standard error gets into logs. */
const isSecret = (name: OptionName) => name === 'passwordCommand';

/** The other flags that were typed, each as one word, with a placeholder for a password command. An advised command must not do more than the one that failed. */
export function keptFlags(flags: Partial<Flags>): readonly string[] {
	return optionNames.flatMap(name => {
		const option: Option = options[name];
		const value = flags[name];
		if (notKept.includes(name) || value === undefined || value === false) return [];
		if ('default' in option && value === option.default) return [];
		if (value === true) return [optionFlag(name)];
		return [`${optionFlag(name)}=${isSecret(name) && option.type !== 'switch' ? option.value : value}`];
	});
}
