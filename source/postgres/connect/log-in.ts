import {clean} from '../../domain/text/clean.js';
import type {Ask, Cancelled} from '../../ports/ask.js';
import {type Connected, connect, type Failed} from './connect.js';
import type {Bad} from './connect-settings.js';
import {type ConnectTarget, describeAttempt, withPassword} from './connect-target.js';
import {withPasswords} from './password/password-file.js';

export type LoggedIn = (Connected | Failed | Cancelled | Bad) & {
	/** The target with the passwords that were found or typed, so that a reconnect asks for nothing. */
	readonly target: ConnectTarget;
	/** A sentence for stderr. */
	readonly warning?: string;
};

const withPassphrase = (target: ConnectTarget, keyPassword: string): ConnectTarget => ({
	...target,
	tls: {...target.tls, keyPassword},
});

/** Connects. When the certificate's key is encrypted, asks a person for its passphrase. */
async function connectWithKey(target: ConnectTarget, ask: Ask): Promise<LoggedIn> {
	const first = await connect(target);
	if (first.type === 'connected' || first.fault.kind !== 'need-passphrase') return {...first, target};
	const answer = await ask(`Passphrase for ${clean(target.tls.keyFile ?? '')}: `);
	if (answer.type === 'cancelled' || answer.type === 'bad') return {...answer, target};
	const opened = withPassphrase(target, answer.type === 'password' ? answer.password : '');
	return {...(await connect(opened)), target: opened};
}

/**
Connects with the password that is known or in the password file.

When the server asks for a password and there is none, asks a person once, as psql does.
*/
export async function logIn(given: ConnectTarget, ask: Ask, askPassphrase = ask): Promise<LoggedIn> {
	const {target, ...warned} = await withPasswords(given);
	const first = {...(await connectWithKey(target, askPassphrase)), ...warned};
	if (first.type !== 'failed' || first.fault.kind !== 'need-password') return first;

	const answer = await ask(`Password for ${describeAttempt(first.attempt)}: `);
	if (answer.type === 'no terminal' || (answer.type === 'password' && answer.password === '')) return first;
	if (answer.type !== 'password') return {...answer, ...warned, target: first.target};
	const known = withPassword(first.target, answer.password);
	return {...(await connect(known)), ...warned, target: known};
}
