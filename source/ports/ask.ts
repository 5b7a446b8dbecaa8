import type {EndingSignal} from '../domain/ending-signals.js';

/** A person would rather end the program, or a signal ends it. */
export type Cancelled = {readonly type: 'cancelled'; readonly signal: EndingSignal};

export type PromptAnswer =
	/** Empty where none was given. */
	| {readonly type: 'password'; readonly password: string}
	| Cancelled
	/** What was given can't be a password. */
	| {readonly type: 'bad'; readonly sentence: string}
	/** There is nobody to ask. */
	| {readonly type: 'no terminal'};

/** Asks a person for a password or a passphrase. */
export type Ask = (question: string) => Promise<PromptAnswer>;
