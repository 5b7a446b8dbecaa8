import type {Configuration, Told} from '../../domain/configuration/rules.js';
import {configurationPath} from '../../files/configuration/configuration-path.js';
import {thisMachine} from '../../postgres/connect/machine.js';
import {type Theme, usually} from '../../tables/configuration.js';
import {type Flags, optionFlag} from '../../tables/options.js';
import {readConfiguration} from './read-configuration.js';
import {type RuleFlags, typedRules} from './typed-rules.js';

/** What file and flags say together. */
export type Configured = {
	readonly type: 'configured';
	readonly configuration: Configuration;
	readonly theme: Told<Theme>;
	/** Which file was read, as a sentence names it; absent where there is none. */
	readonly file?: string;
};

type Bad = {readonly type: 'bad'; readonly sentence: string};

/** Reads the configuration file, unless the flags say not to, and adds what was typed. */
export async function configure(
	flags: RuleFlags & Pick<Flags, 'theme' | 'withoutConfig' | 'demo'>,
	environment: Readonly<NodeJS.ProcessEnv>,
): Promise<Configured | Bad> {
	const typed = typedRules(flags);
	if (typed.type === 'bad') return typed;
	const place = flags.withoutConfig ? undefined : configurationPath(environment, thisMachine());
	const read = place ? await readConfiguration(place) : undefined;
	if (read?.type === 'bad') return read;
	const {rules = {}, sections = [], theme} = read?.type === 'said' ? read.said : {};
	return {
		type: 'configured',
		configuration: {
			rules,
			// The demo's server has an address on this machine, as one of the user's may have.
			sections: flags.demo ? [] : sections,
			typed: typed.rules,
		},
		theme: flags.theme ? {value: flags.theme, from: optionFlag('theme')} : (theme ?? usually.theme),
		...(place && read?.type === 'said' && {file: place.shown}),
	};
}
