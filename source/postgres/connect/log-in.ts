import {type Connected, connect} from './connect.js';
import {passwordFromFile} from './password-file.js';
import type {Answer, Cancelled} from './prompt.js';
import {describeTarget, type Target} from './target.js';

export type LoggedIn = (Connected | Cancelled) & {
	/** With the password that was found or typed, so that a reconnect asks for nothing. */
	readonly target: Target;
	/** A sentence for stderr. */
	readonly warning?: string;
};

/**
Connects with the password that is known or in the password file.

When the server asks and there is none, asks the person, once, as psql does.
*/
export async function logIn(given: Target, ask: (question: string) => Promise<Answer>): Promise<LoggedIn> {
	const {warning, ...found} = given.password === undefined ? await passwordFromFile(given) : {};
	const target = {...given, ...found};
	const said = {target, ...(warning !== undefined && {warning})};

	const first = await connect(target);
	if (first.type === 'connected' || first.fault.kind !== 'need-password') return {...first, ...said};

	const answer = await ask(`Password for ${describeTarget(target)}: `);
	if (answer.type === 'no terminal') return {...first, ...said};
	if (answer.type === 'cancelled') return {...answer, ...said};
	const withPassword = {...target, password: answer.password};
	return {...(await connect(withPassword)), ...said, target: withPassword};
}
