import type {Client} from 'pg';
import {demandFault, type Fault} from '../../failures/errors.js';
import type {Attempt} from '../connect-target.js';
import type {Method} from '../settings/login-rules.js';

export type LoginGuard = {
	/** Why this server gets no password, or may not welcome us. */
	refusal(): Fault | undefined;
	/** The server has let us in: what it says from now on is not about the login. */
	isWelcome(): boolean;
};

const plus = 'SCRAM-SHA-256-PLUS';

/** How far a login is. What was asked for is answered by a password, or by SCRAM's two messages, after which the server proves that it knows the password. */
type Progress = 'nothing' | 'asked' | 'begun' | 'challenged' | 'answered' | 'proven' | 'welcome';

/** The functions by which node-postgres sends the parts of a login; its types leave them out. */
type Sender = Record<
	'password' | 'sendSASLInitialResponseMessage' | 'sendSCRAMClientFinalMessage',
	(...data: readonly string[]) => void
>;

/** SASL's name for OAuth is OAUTHBEARER. */
const unknownLogin = ([name]: readonly string[]) =>
	name === undefined
		? "wants a kind of login that pgtop can't do"
		: `wants a login by ${name === 'OAUTHBEARER' ? 'OAuth' : name}, which pgtop can't do`;

/**
Checks what the server asks for before node-postgres answers: against `channel_binding` and `require_auth`. The server must also ask only once, step by step, and not after it let us in: node-postgres would answer all the same.

A refusal ends the connection at once, so that nothing more is sent to such a server.
*/
export function guardLogin({connection}: Client, attempt: Attempt, isEncrypted: boolean): LoginGuard {
	const {methods, channelBinding} = attempt;
	let asked: Method | undefined;
	let progress: Progress = 'nothing';
	let refusal: Fault | undefined;
	const refuse = (what: string) => {
		refusal ??= demandFault('auth', what, attempt);
		connection.stream.destroy();
	};

	const look = (method: Method) => {
		if (progress === 'welcome') refuse('asks for a password after it let us in');
		else if (asked !== undefined) refuse('asks for a password twice');
		else progress = 'asked';
		asked ??= method;
		if (methods && !methods.includes(method))
			refuse(`asks for ${method}, and require_auth allows ${methods.join(', ') || 'nothing'}`);
		if (channelBinding === 'require' && method !== 'scram-sha-256')
			refuse(`asks for ${method}, which has no channel binding, and channel_binding requires it`);
	};

	/** A step of the server in SCRAM, which must come after one of ours. */
	const step = (after: Progress, next: Progress) => {
		if (asked !== 'scram-sha-256' || progress !== after)
			refuse('does not keep to the order of SCRAM-SHA-256');
		else progress = next;
	};

	/** A step of ours. While a password is fetched and hashed, the server may go on to something else: then nothing more is sent. */
	const guardSending = (name: keyof Sender, after: Progress, next: Progress) => {
		const sender = connection as unknown as Sender;
		const send = sender[name].bind(connection);
		sender[name] = (...data) => {
			if (progress !== after) return;
			progress = next;
			send(...data);
		};
	};

	guardSending('password', 'asked', 'answered');
	guardSending('sendSASLInitialResponseMessage', 'asked', 'begun');
	guardSending('sendSCRAMClientFinalMessage', 'challenged', 'answered');
	connection.on('authenticationCleartextPassword', () => look('password'));
	connection.on('authenticationMD5Password', () => look('md5'));
	connection.on('authenticationSASL', ({mechanisms}: {readonly mechanisms: readonly string[]}) => {
		const offers = mechanisms.includes(plus);
		if (!offers && !mechanisms.includes('SCRAM-SHA-256')) return refuse(unknownLogin(mechanisms));
		look('scram-sha-256');
		if (offers && !isEncrypted) refuse('offers channel binding without TLS');
		if (channelBinding === 'require' && !isEncrypted)
			refuse('is reached without TLS, and channel_binding requires it');
		if (channelBinding === 'require' && !offers)
			refuse('offers no channel binding, and channel_binding requires it');
	});
	connection.on('authenticationSASLContinue', () => step('begun', 'challenged'));
	connection.on('authenticationSASLFinal', () => step('answered', 'proven'));
	connection.on('authenticationOk', () => {
		const before = progress;
		progress = 'welcome';
		if (before === 'welcome') refuse('lets us in twice');
		else if (asked === 'scram-sha-256') {
			if (before !== 'proven') refuse('does not prove that it knows the password');
		} else if (asked !== undefined && before !== 'answered') {
			refuse('lets us in without the password that it asks for');
		} else if (asked === undefined && methods && !methods.includes('none')) {
			refuse(`asks for no login, and require_auth allows ${methods.join(', ') || 'nothing'}`);
		} else if (channelBinding === 'require') {
			refuse('lets in without channel binding, and channel_binding requires it');
		}
	});
	return {refusal: () => refusal, isWelcome: () => progress === 'welcome'};
}
