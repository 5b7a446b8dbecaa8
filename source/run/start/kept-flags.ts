import {flagIn, type OptionTable} from '../../tables/option.js';

/** The flags of a run, by the name of their option. */
type Typed = Readonly<Record<string, string | number | boolean | undefined>>;

/**
The other flags that were typed, each as one word. An advised command must not do more than the one that failed.

A secret has a placeholder: a sentence on standard error gets into logs.
*/
export function keptFlags(flags: Typed, table: OptionTable): readonly string[] {
	return Object.entries(table).flatMap(([name, option]) => {
		const value = flags[name];
		if (option.isKept === false || value === undefined || value === false) return [];
		if ('default' in option && !option.isConfigured && value === option.default) return [];
		const flag = flagIn(table, name);
		if (value === true) return [flag];
		return [`${flag}=${option.type === 'text' && option.isSecret ? option.value : value}`];
	});
}
