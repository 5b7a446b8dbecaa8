import type {Socket} from 'node:net';
import {Client} from 'pg';
import {isRaw} from '../../../domain/text/raw-text.js';
import {longestScram} from '../../failures/client-side.js';
import {type Fault, faultOf, isServers} from '../../failures/errors.js';
import {withOptionsNamed} from '../../failures/option-fault.js';
import type {Attempt} from '../connect-target.js';
import {forPg} from '../wire/for-pg.js';
import {givePassword} from './give-password.js';
import {guardLogin} from './login-guard.js';
import {passwordForPg, sendBytes} from './raw-login.js';
import {asRefusal, withPasswordWanted} from './refusal.js';

/** The oid of PostgreSQL's type. */
const boolean = 16;
// Made once: node-postgres calls one of these for each cell, which is faster where it is the same one.
const isTrue = (text: string) => text === 't';
const asText = (text: string) => text;

export type Started =
	| {readonly type: 'started'; readonly client: Client}
	| {
			readonly type: 'failed';
			readonly fault: Fault;
			/** The server said so before it let us in: with TLS, or without, it may say something else. */
			readonly isTurnedAway: boolean;
	  };

/**
Logs in over an open connection. Queries of the client are pipelined: written at once, answered in order.

Every option is given, because node-postgres fills gaps from the environment in its own way.
Whoever uses the client adds an `error` listener; until then a lost connection shows with the first query.
*/
export async function startSession(
	socket: Socket,
	attempt: Attempt,
	isEncrypted: boolean,
	signal: AbortSignal,
): Promise<Started> {
	const {user, database, applicationName, options, channelBinding} = attempt;
	const giver = givePassword(attempt, signal);
	const client = new Client({
		host: attempt.host || attempt.hostaddr || 'localhost',
		port: attempt.port,
		user,
		database,
		// A function, or node-postgres reads the password file and prints that it will stop doing so.
		password: async () => {
			if (guard.refusal()) throw new Error('refused');
			return passwordForPg(await giver.give());
		},
		ssl: false,
		sslnegotiation: 'postgres',
		enableChannelBinding: isEncrypted && channelBinding !== 'disable',
		stream: () => forPg(socket),
		pipeline: true,
		// The types leave this option out.
		...{scramMaxIterations: longestScram},
		// A number is read as strictly as a text, whatever type a server calls it.
		types: {getTypeParser: (type: number) => (type === boolean ? isTrue : asText)},
	});
	// node-postgres would add PGREPLICATION and other settings; a pooler refuses those that it does not know.
	sendBytes(client, {
		user,
		database,
		...(applicationName && {application_name: applicationName}),
		...(options && {options}),
		// The server names the role in its welcome. In an SQL_ASCII database it ends the session where that name is not UTF-8.
		client_encoding: isRaw(user) ? 'SQL_ASCII' : 'UTF8',
	});
	let isIn = false;
	// An error during the login must end it: node-postgres would go on waiting.
	client.on('error', error => {
		if (!isIn) socket.destroy(error);
	});
	const guard = guardLogin(client, attempt, isEncrypted);
	const failed = (fault: Fault, isTurnedAway = false) => {
		socket.destroy();
		return {type: 'failed', fault, isTurnedAway} as const;
	};

	try {
		await client.connect();
		isIn = true;
		const refusal = guard.refusal();
		return refusal ? failed(refusal) : {type: 'started', client};
	} catch (error) {
		giver.end();
		const refusal = guard.refusal();
		if (refusal) return failed(refusal);
		const notGiven = giver.fault();
		if (notGiven) return failed(notGiven);
		const said = faultOf(error, attempt);
		const fault = isServers(error) ? withOptionsNamed(said, error, attempt) : said;
		const isTurnedAway = isServers(error) && !guard.isWelcome();
		if (!isTurnedAway || !giver.hasGiven()) return failed(fault, isTurnedAway);
		// Sent again without TLS, the password would be refused again, and others could read it; some servers lock the account.
		const refused = asRefusal(fault);
		return failed(attempt.passwordOf ? refused : withPasswordWanted(refused));
	}
}
