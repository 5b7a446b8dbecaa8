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

/** The number of PostgreSQL's type. */
const boolean = 16;

export type Started =
	| {readonly type: 'started'; readonly client: Client}
	| {
			readonly type: 'failed';
			readonly fault: Fault;
			/** The server said so before it let us in: with or without TLS it may say something else. */
			readonly isTurnedAway: boolean;
	  };

/**
Logs in over an open connection. Queries are pipelined: written at once, answered in order.

Everything is said explicitly, because node-postgres fills gaps from the environment in its own way.
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
		// The types don't know it.
		...{scramMaxIterations: longestScram},
		// A number is read as strictly as a text, whatever type a server calls it.
		types: {getTypeParser: (type: number) => (text: string) => (type === boolean ? text === 't' : text)},
	});
	// node-postgres would add PGREPLICATION and others; a pooler refuses what it does not know.
	sendBytes(client, {
		user,
		database,
		...(applicationName && {application_name: applicationName}),
		...(options && {options}),
		// The server names the role in its welcome, and in an SQL_ASCII database ends the session where that is no UTF-8.
		client_encoding: isRaw(user) ? 'SQL_ASCII' : 'UTF8',
	});
	let isIn = false;
	// What goes wrong before is to end the login: node-postgres goes on waiting.
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
		// Said again without TLS it would be refused again, and read by others; some servers lock the account.
		const refused = asRefusal(fault);
		return failed(attempt.passwordOf ? refused : withPasswordWanted(refused));
	}
}
