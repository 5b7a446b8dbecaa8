import {type Connected, connect, type Failed} from './connect.js';
import {withPasswords} from './password-file.js';
import type {Answer, Cancelled} from './prompt.js';
import {describeAttempt, type Place, type Target} from './target.js';

export type LoggedIn = (Connected | Failed | Cancelled) & {
	/** With the passwords that were found or typed, so that a reconnect asks for nothing. */
	readonly target: Target;
	/** A sentence for stderr. */
	readonly warning?: string;
};

function withPassword(target: Target, password: string): Target {
	const fill = ({passwordFrom: _, ...place}: Place): Place => ({...place, password});
	const [first, ...others] = target.places;
	return {...target, places: [fill(first), ...others.map(fill)]};
}

/**
Connects with the password that is known or in the password file.

When the server asks and there is none, asks the person, once, as psql does.
*/
export async function logIn(given: Target, ask: (question: string) => Promise<Answer>): Promise<LoggedIn> {
	const found = await withPasswords(given);
	const first = await connect(found.target);
	if (first.type === 'connected' || first.fault.kind !== 'need-password') return {...first, ...found};

	const answer = await ask(`Password for ${describeAttempt(first.attempt)}: `);
	if (answer.type === 'no terminal') return {...first, ...found};
	if (answer.type === 'cancelled') return {...answer, ...found};
	const target = withPassword(found.target, answer.password);
	return {...(await connect(target)), ...found, target};
}
