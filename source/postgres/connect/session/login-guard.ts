import type {Client} from 'pg';
import {demandFault, type Fault} from '../../errors.js';
import type {Method} from '../settings/login-rules.js';
import type {Attempt} from '../target.js';

export type LoginGuard = {
	/** Why this server gets no password, or may not welcome us. */
	refusal(): Fault | undefined;
	/** The server has let us in: what it says from now on has nothing to do with the way of login. */
	isWelcome(): boolean;
};

const plus = 'SCRAM-SHA-256-PLUS';

/**
Looks at what the server asks for, before node-postgres answers it: `channel_binding` and `require_auth`, and that it asks once and not after it let us in, which node-postgres would answer, too.

What is refused ends the connection there and then, so that nothing is sent to such a server any more.
*/
export function guardLogin({connection}: Client, attempt: Attempt, isEncrypted: boolean): LoginGuard {
	const {methods, channelBinding} = attempt;
	let asked: Method | undefined;
	let isProven = false;
	let isWelcome = false;
	let refusal: Fault | undefined;
	const refuse = (what: string) => {
		refusal ??= demandFault('auth', what, attempt);
		connection.stream.destroy();
	};

	const look = (method: Method) => {
		if (isWelcome) refuse('asks for a password after it let us in');
		else if (asked !== undefined) refuse('asks for a password twice');
		asked = method;
		if (methods && !methods.includes(method))
			refuse(`asks for ${method}, and require_auth allows ${methods.join(', ') || 'nothing'}`);
		if (channelBinding === 'require' && method !== 'scram-sha-256')
			refuse(`asks for ${method}, which has no channel binding, and channel_binding requires it`);
	};

	connection.on('authenticationCleartextPassword', () => look('password'));
	connection.on('authenticationMD5Password', () => look('md5'));
	connection.on('authenticationSASL', ({mechanisms}: {readonly mechanisms: readonly string[]}) => {
		look('scram-sha-256');
		const offers = mechanisms.includes(plus);
		if (offers && !isEncrypted) refuse('offers channel binding without TLS');
		if (channelBinding === 'require' && !isEncrypted)
			refuse('is reached without TLS, and channel_binding requires it');
		if (channelBinding === 'require' && !offers)
			refuse('offers no channel binding, and channel_binding requires it');
	});
	connection.on('authenticationSASLFinal', () => {
		isProven = true;
	});
	connection.on('authenticationOk', () => {
		if (isWelcome) refuse('lets us in twice');
		isWelcome = true;
		if (asked === 'scram-sha-256') {
			if (!isProven) refuse('does not prove that it knows the password');
			return;
		}

		if (asked === undefined && methods && !methods.includes('none'))
			refuse(`asks for no login, and require_auth allows ${methods.join(', ') || 'nothing'}`);
		if (channelBinding === 'require')
			refuse('lets in without channel binding, and channel_binding requires it');
	});
	return {refusal: () => refusal, isWelcome: () => isWelcome};
}
