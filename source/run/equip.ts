import type {Configuration} from '../domain/configuration/rules.js';
import {isIdentifier} from '../domain/configuration/server-names.js';
import type {ChosenFilter} from '../domain/list/filter/chosen-filter.js';
import {processesAt} from '../machine/processes.js';
import type {Author} from '../ports/audit.js';
import type {Connect} from '../ports/connect.js';
import type {Connected} from '../postgres/connect/connect.js';
import {type Attempt, type ConnectTarget, describeAttempt} from '../postgres/connect/connect-target.js';
import {connectTo} from '../postgres/open-server.js';
import type {RunSettings} from '../state/state.js';
import {usually} from '../tables/configuration.js';
import type {Flags} from '../tables/options.js';
import {signalsOf} from './signals-of.js';
import {senderOf} from './start/author.js';

type Named = Pick<Flags, 'readOnly' | 'dryRun' | 'withoutPassword' | 'demo'>;

type Run = {
	readonly version: string;
	readonly configuration: Configuration;
	readonly filter?: ChosenFilter | undefined;
	readonly author: Author;
	/** It prints one picture, and sends no signal. */
	readonly isPlain: boolean;
	/** The terminal draws no sign that is not ASCII. */
	readonly isAscii: boolean;
	/** Whether the terminal can draw a text. */
	readonly isDrawable: (text: string) => boolean;
};

/** How a run shows itself, and what it may send, over a login that is there. */
export function equip(
	flags: Named,
	login: Connected & {readonly target: ConnectTarget},
	{version, configuration, filter, author, isPlain, isAscii, isDrawable}: Run,
): {readonly settings: RunSettings; readonly connect: Connect} {
	const nameOf = (attempt: Attempt) => (flags.demo ? 'demo' : describeAttempt(attempt));
	// One picture waits for a second one only for who has typed that.
	const {value: interval} = (isPlain ? configuration.typed.interval : undefined) ?? usually.interval;
	return {
		settings: {
			target: nameOf(login.attempt),
			version,
			isDryRun: flags.dryRun,
			interval,
			isAscii,
			configuration,
			...(filter && {filter}),
		},
		connect: connectTo(login.target, login, {
			signals: signalsOf(flags, isPlain),
			sender: senderOf(author),
			nameOf,
			isDrawable,
			// One picture has no rates.
			...(!isPlain && {processesAt}),
			wantsIdentifier: configuration.sections.some(({name}) => isIdentifier(name)),
			mayAsk: !flags.withoutPassword,
		}),
	};
}
